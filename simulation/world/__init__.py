"""The world of a scenario: the arrays from which every history starts."""
