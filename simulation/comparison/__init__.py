"""Scenarios compared with the first of them: paired differences, verdicts, and the sentences that say so."""
