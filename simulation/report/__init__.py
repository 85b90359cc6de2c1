"""The report: one HTML file that explains a run to someone who has never seen a fan chart."""
