"""Numbers and lines as readers expect them."""

from __future__ import annotations

import math

from simulation.selftest.result import Measured, Result


def number(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,.0f}"


def value_text(value: float) -> str:
    """Return a value or a reference with up to seven digits."""
    if not math.isfinite(value):
        return "none"
    return f"{value:,.0f}" if abs(value) >= 1e5 or value == int(value) else f"{value:.7g}"


def distance_text(result: Result) -> str:
    """Return how far a value lies from its reference, and how far it may."""
    if result.measured is Measured.Z:
        return f"z {result.distance:+.2f}"
    return f"error {result.distance:.1e} of {result.allowed:.0e}"


def verdict_line(result: Result) -> str:
    """Return one line of the table for a terminal."""
    numbers = (
        f"{value_text(result.value):>14} {value_text(result.reference):>14}  {distance_text(result):<24}"
    )
    word = "pass" if result.passed else "FAIL"
    return f"  {word}  {result.check:<62.62} {numbers}{result.tried}"
