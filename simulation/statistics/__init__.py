"""Estimates, intervals, tests and scores on plain arrays: nothing here knows of a scenario."""
