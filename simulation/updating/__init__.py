"""What reports change in a run: before and after, what each report is worth, and where they disagree."""
