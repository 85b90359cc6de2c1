"""Weights of values that are related to each other, and what such values are worth.

Histories that descend from a common first draw share what has not changed since, and say less than as many that share
nothing.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np


class Related(np.ndarray):
    """Weights of values that are related to each other: `worth` (0 to 1) is what one counts of an independent one."""

    worth = 1.0

    def __array_finalize__(self, other: Any) -> None:
        """Keep what they are worth when a part of them is taken, or a multiple."""
        self.worth = getattr(other, "worth", 1.0)


def related(weights: np.ndarray, worth: float) -> np.ndarray:
    """Return weights of which every effective size is smaller by a factor, 0 to 1."""
    if not 0 < worth <= 1:
        raise ValueError(f"a value is worth more than nothing and at most one, not {worth}")
    found = np.array(weights, dtype=float).view(Related)
    found.worth = worth
    return found


def worth_of(weights: np.ndarray) -> float:
    """Return what a value of these weights counts of an independent one: 1 for all but `related` ones."""
    return float(getattr(weights, "worth", 1.0))


def worth_in_groups(values: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> float:
    """Return what a value in groups counts of an independent one, 0 to 1, on average over the columns of `values`.

    `values` is f8 (n, columns), `groups` (n,) tells apart the groups within which values may be related. It is the
    variance of a weighted mean if all were independent, over that if only groups are (a design effect), the mean over
    the columns that vary; one group alone says nothing, and all its values are worth one.
    Sources: Kish 1965, 5.4; for groups that descend from one first draw, Lee and Whiteley 2018, Biometrika 105(3).
    """
    share = np.asarray(weights, dtype=float) / math.fsum(weights)
    _, group = np.unique(groups, return_inverse=True)
    number = group.max() + 1
    away = values - share @ values
    apart = np.einsum("n,nc->c", share * share, away * away)
    away, apart = away[:, apart > 0], apart[apart > 0]
    if number < 2:
        return 1 / len(values)
    if not len(apart):
        return 1.0
    sums = np.zeros((number, away.shape[1]))
    np.add.at(sums, group, share[:, None] * away)
    together = (sums * sums).sum(axis=0) * number / (number - 1)
    return float(np.clip(1 / np.mean(together / apart), 1 / len(values), 1.0))
