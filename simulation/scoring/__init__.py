"""Scoring a finished run against what happened: files of truth, naive forecasts, scores."""
