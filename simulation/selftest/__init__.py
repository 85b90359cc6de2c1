"""Checks that the engine does what it should: known answers, counts, and a second opinion on every process.

Nothing of the model depends on it; it may look at everything below the report.
"""
