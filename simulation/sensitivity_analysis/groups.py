"""Ranking only as far as the intervals allow: what can be told apart, and what cannot."""

from __future__ import annotations

import numpy as np

from simulation.sensitivity_analysis.estimates import IndexEstimate


def groups(estimate: IndexEstimate, kept: np.ndarray) -> list[list[int]]:
    """Return the kept entries in groups, the largest first, so that order holds between groups and not within.

    `estimate` is of one outcome, (entries,); `kept` (entries,) bool. Two groups part where every interval of
    the one lies wholly above every interval of the next: entries of equal worth part so in about 6 of 1,000
    studies, because 95 % intervals that do not overlap are rarer than one that misses.
    """
    order = [k for k in np.argsort(-estimate.value, kind="stable") if kept[k]]
    found: list[list[int]] = []
    floor = np.inf
    for position, entry in enumerate(order):
        ceiling = max(estimate.high[k] for k in order[position:])
        if not found or ceiling < floor:
            found.append([])
        found[-1].append(int(entry))
        floor = min(floor, estimate.low[entry])
    return found


def rank_ranges(estimate: IndexEstimate, kept: np.ndarray) -> dict[int, tuple[int, int]]:
    """Return for each kept entry the best and the worst rank that its interval leaves open, from 1."""
    entries = np.flatnonzero(kept)
    low, high = estimate.low[entries], estimate.high[entries]
    above = (low[None, :] > high[:, None]).sum(axis=1)
    below = (high[None, :] < low[:, None]).sum(axis=1)
    best, worst = 1 + above, len(entries) - below
    return {int(entry): (int(a), int(b)) for entry, a, b in zip(entries, best, worst, strict=True)}
