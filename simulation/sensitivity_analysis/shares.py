"""Shares of variance in words: parts of 100 with their 95 % intervals."""

from __future__ import annotations

import math

from simulation.wording.phrases import NOTHING

FINEST = 1
"""The most decimals of a part of 100."""


def share_words(value: float, low: float, high: float) -> str:
    """Return a share as parts of 100 with its interval, such as "32 (27 to 36)" or "2.9 (2.0 to 3.9)"."""
    if not math.isfinite(value):
        return NOTHING
    digits = 0 if _parts(value) >= 10 else FINEST
    return f"{_parts(value):.{digits}f}{in_brackets(low, high, digits)}"


def in_brackets(low: float, high: float, digits: int = 0) -> str:
    """Return an interval of a share to follow it, such as " (27 to 36)", or nothing where it is a single point.

    One that so few digits would make a point has a decimal: " (99.6 to 100.0)".
    """
    for places in range(digits, FINEST + 1):
        start, end = (f"{_parts(each):.{places}f}" for each in (low, high))
        if start != end:
            return f" ({start} to {end})"
    return ""


def _parts(share: float) -> float:
    """Return a share as parts of 100, one out of bounds by chance as the nearest bound."""
    return 100 * min(1.0, max(0.0, share))
