"""Where the lines of a difference end in a figure, in step with its verdict."""

from __future__ import annotations

from simulation.results.contrasts import HIGHER, IDENTICAL, LOWER
from simulation.results.telling import CLEAR, Row

PARTS = 3
"""Tables that share the error of a comparison."""
LEAST = 0.5
"""How much of its distance from none a clear difference keeps at least."""


def ends(row: Row) -> tuple[float, float, float]:
    """Return the difference and the ends of its plain interval, which is a point where no history differs."""
    value = float(row["difference"])
    if row["verdict"] == IDENTICAL:
        return value, value, value
    return value, float(row["low"]), float(row["high"])


def widened(row: Row, factor: float) -> tuple[float, float] | None:
    """Return the plain interval made `factor` times as wide, or None where no history differs.

    Its reach towards none is that of the verdict itself: it leaves none out exactly where the difference is
    called clear.
    """
    if row["verdict"] == IDENTICAL:
        return None
    value, low, high = ends(row)
    far_low, far_high = value - factor * (value - low), value + factor * (high - value)
    if row["verdict"] not in CLEAR:
        return min(far_low, 0.0), max(far_high, 0.0)
    least = far_low if row["verdict"] == LOWER else max(far_low, LEAST * low)
    most = far_high if row["verdict"] == HIGHER else min(far_high, LEAST * high)
    return least, most
