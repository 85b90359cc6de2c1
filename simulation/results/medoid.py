"""The most typical history of an ensemble and the one farthest from it, by all outcomes at once.

Distance: outcomes have different units and long tails, so each is replaced by its rank among the histories (ties share
the mean rank); two histories are as far apart as their ranks differ over all outcomes that vary (city-block distance).
Where histories have weights, ranks and distances count each as often as its weight says, and one that counts nothing
is neither typical nor extreme.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from simulation.outcomes.labels import outcome_columns
from simulation.statistics import weighted
from simulation.statistics.intervals import weights_of

if TYPE_CHECKING:
    import pandas as pd


def doubled_ranks(outcomes: pd.DataFrame, weights: np.ndarray | None = None) -> Iterator[np.ndarray]:
    """Yield twice the ranks of every outcome that varies (histories,): i8, so that ties are exact; by weight f8."""
    for name in outcome_columns(outcomes):
        values = outcomes[name].to_numpy(float)
        if len(values) and np.ptp(values) > 0:
            if weights is None:
                _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
                yield (2 * np.cumsum(counts) - counts + 1)[which]
            else:
                yield 2 * weighted.ranks(values, weights)


def total_distances(ranks: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the total distance of each of some ranks (n,) to all others, (n,), by putting them in order once."""
    order = np.argsort(ranks, kind="stable")
    ordered = ranks[order]
    counting = np.ones(len(ranks), np.int64) if weights is None else weights[order]
    up_to, before = np.cumsum(counting), np.cumsum(counting * ordered)
    found = np.empty_like(before)
    found[order] = ordered * (2 * up_to - up_to[-1:]) + before[-1:] - 2 * before
    return found


def typical_and_extreme(outcomes: pd.DataFrame) -> tuple[int, int]:
    """Return the replicate with the least total distance to all others, and the one farthest from it.

    Ties go to the first row, which is the lowest replicate. One outcome at a time is in memory.
    """
    weights = weights_of(outcomes)
    if weights is not None:
        outcomes, weights = outcomes[weights > 0], weights[weights > 0]
    kind = np.int64 if weights is None else float
    totals, away = (np.zeros(len(outcomes), kind) for _ in range(2))
    for ranks in doubled_ranks(outcomes, weights):
        totals += total_distances(ranks, weights)
    typical = int(_told_apart(totals).argmin())
    for ranks in doubled_ranks(outcomes, weights):
        away += np.abs(ranks - ranks[typical])
    extreme = int(_told_apart(away).argmax())
    return int(outcomes["replicate"].iloc[typical]), int(outcomes["replicate"].iloc[extreme])


def _told_apart(distances: np.ndarray) -> np.ndarray:
    """Return distances of which those that differ by rounding alone are equal."""
    largest = float(distances.max(initial=0))
    return np.round(distances / largest, 12) if largest and distances.dtype == float else distances


def shortest(outcomes: pd.DataFrame) -> int:
    """Return the replicate that ends first; of several the lowest."""
    return int(outcomes["replicate"].iloc[int(outcomes["end_day"].to_numpy().argmin())])


def longest(outcomes: pd.DataFrame) -> int:
    """Return the replicate that ends last; of several the lowest."""
    return int(outcomes["replicate"].iloc[int(outcomes["end_day"].to_numpy().argmax())])
