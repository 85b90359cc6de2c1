"""Compares duels fought by the engine with their exact answers."""

import math

from simulation.selftest.check import LARGEST_Z


def z_of(values, expected):
    """Return how many standard errors the mean of some values lies from what it should be."""
    return (values.mean() - expected.mean) * math.sqrt(len(values)) / expected.deviation


def assert_agree(fought, exact):
    """Compare all four numbers of a duel."""
    names = ("wins", "duration", "first_left", "second_left")
    found = {name: round(z_of(getattr(fought, name), getattr(exact, name)), 2) for name in names}
    assert max(abs(z) for z in found.values()) <= LARGEST_Z, found
