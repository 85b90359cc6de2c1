"""Histories drawn given the reports, where plain weights fail: sequential Monte Carlo over the days of the reports."""
