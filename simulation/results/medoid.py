"""The most typical history of an ensemble and the one farthest from it, by all outcomes at once.

Distance: outcomes have different units and long tails, so each is replaced by its rank among the histories
(ties share the mean rank), divided by their number; two histories are as far apart as their scaled ranks
differ on average over all outcomes that vary (city-block distance). Where histories have weights, ranks and distances
count each as often as its weight says, and one that counts nothing is neither typical nor extreme.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist
from scipy.stats import rankdata

from simulation.outcomes.labels import outcome_columns
from simulation.statistics import weighted
from simulation.statistics.intervals import weights_of

BLOCK = 256
"""Histories whose distances to all others are held at once: 20 MB for 10,000 histories, not 800."""


def scaled_ranks(outcomes: pd.DataFrame, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the scaled ranks of every outcome that varies, f8 (histories, outcomes), each in 0..1."""
    measured = outcomes[outcome_columns(outcomes)].to_numpy(float)
    varying = measured[:, np.ptp(measured, axis=0) > 0]
    if varying.size == 0:
        return np.zeros((len(measured), 1))
    if weights is None:
        return np.asarray(rankdata(varying, axis=0)) / len(varying)
    return np.asarray(np.column_stack([weighted.ranks(each, weights) for each in varying.T]) / weights.sum())


def total_distances(points: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return each point's total city-block distance to all others, f8 (n,); memory grows with n, not n²."""
    counting = np.ones(len(points)) if weights is None else weights
    blocks = [points[first : first + BLOCK] for first in range(0, len(points), BLOCK)]
    return np.concatenate([(cdist(block, points, "cityblock") * counting).sum(axis=1) for block in blocks])


def typical_and_extreme(outcomes: pd.DataFrame) -> tuple[int, int]:
    """Return the replicate with the least total distance to all others, and the one farthest from it.

    Ties go to the first row, which is the lowest replicate.
    """
    weights = weights_of(outcomes)
    if weights is not None:
        outcomes, weights = outcomes[weights > 0], weights[weights > 0]
    points = scaled_ranks(outcomes, weights)
    typical = int(np.round(total_distances(points, weights), 9).argmin())
    away = np.round(cdist(points[typical : typical + 1], points, "cityblock")[0], 9)
    return int(outcomes["replicate"].iloc[typical]), int(outcomes["replicate"].iloc[away.argmax()])


def shortest(outcomes: pd.DataFrame) -> int:
    """Return the replicate that ends first; of several the lowest."""
    return int(outcomes["replicate"].iloc[int(outcomes["end_day"].to_numpy().argmin())])


def longest(outcomes: pd.DataFrame) -> int:
    """Return the replicate that ends last; of several the lowest."""
    return int(outcomes["replicate"].iloc[int(outcomes["end_day"].to_numpy().argmax())])
