"""Numbers and lines as readers expect them."""

from __future__ import annotations

import math

from simulation.selftest.check import CheckResult, Distance

NOTHING = 1e-12


def number(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,.0f}"


def value_text(value: float) -> str:
    """Return a value or a reference with up to seven digits; what is only rounding is zero."""
    if not math.isfinite(value):
        return "none"
    if abs(value) < NOTHING:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 1e5 or value == int(value) else f"{value:.7g}"


def distance_text(result: CheckResult) -> str:
    """Return how far a value lies from its reference."""
    if result.measured is Distance.Z:
        return f"z {result.distance:+.2f}"
    return f"error {result.distance:.0e}" if abs(result.distance) >= NOTHING else "error 0"
