"""The report of one run: page and sections."""
