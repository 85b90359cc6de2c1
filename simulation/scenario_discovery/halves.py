"""The two halves of the histories: one in which conditions are searched, one in which they are counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.statistics import weighted

MIDDLE = 0.5
"""The luck of systematic resampling: the comb stands in the middle, so that whole weights repeat each so often."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Half:
    """Numbers of histories, i8 (n,), in order; `worth` is what one counts of an independent one, 0 to 1.

    A history that has a weight is there as often as that says.
    """

    rows: np.ndarray
    worth: float = 1.0


def halves_of(
    number: int, weights: np.ndarray | None = None, origins: np.ndarray | None = None
) -> tuple[Half, Half]:
    """Return every other one of so many histories, and the others.

    By `weights`, f8 (number,), each half has its histories drawn by systematic resampling, as many as it has. Those of
    one of the `origins` (number,) resemble each other and lie in one half, so that nothing searched is counted.
    """
    side = np.arange(number) if origins is None else np.unique(origins, return_inverse=True)[1]
    return _half(np.flatnonzero(side % 2 == 0), weights), _half(np.flatnonzero(side % 2 == 1), weights)


def _half(rows: np.ndarray, weights: np.ndarray | None) -> Half:
    if weights is None:
        return Half(rows=rows)
    counting = weights[rows]
    if not counting.any():
        return Half(rows=rows[:0])
    times = weighted.systematic(counting, len(rows), MIDDLE)
    return Half(rows=np.repeat(rows, times), worth=weighted.effective_size(counting) / len(rows))
