"""Two runs with the same luck history by history, where each counts its histories by weights of its own.

A point of a sweep is updated on the reports by itself, so that history k has one weight here and another there. The
difference of the two weighted means is that of one number for each pair, the linearised ratio of each mean, and the
spread of these numbers tells its error, pairing included. Source: Owen 2013, Monte Carlo theory, methods and examples,
9.2 and 8.9 (self-normalised weights; ratios under common random numbers).

Arrays are f8 (pairs, columns), weights f8 (pairs,) as in `weighted`.
"""

from __future__ import annotations

import numpy as np

from simulation.statistics import evidence, weighted
from simulation.statistics.paired import Estimate

FEWEST = 2.0
"""An effective sample size below which a difference has no interval."""


def pair_values(
    reference: np.ndarray, other: np.ndarray, of_reference: np.ndarray, of_other: np.ndarray
) -> np.ndarray:
    """Return a number for each pair, f8 (pairs, columns), with the difference of the weighted means as their mean."""
    return np.asarray(_linearised(other, of_other) - _linearised(reference, of_reference))


def difference_of_means(
    reference: np.ndarray, other: np.ndarray, of_reference: np.ndarray, of_other: np.ndarray
) -> Estimate:
    """Return the differences of weighted means with 95 % intervals, by Student's t of the smaller effective size.

    NaN for the ends where that is below `FEWEST`.
    """
    from scipy import stats

    found = pair_values(reference, other, of_reference, of_other)
    value, size = found.mean(axis=0), effective(of_reference, of_other)
    if size < FEWEST:
        nothing = np.full(len(value), np.nan)
        return Estimate(value=value, low=nothing, high=nothing)
    half = stats.t.ppf(0.975, size - 1) * found.std(axis=0) / np.sqrt(len(found)) * np.sqrt(size / (size - 1))
    return Estimate(value=value, low=value - half, high=value + half)


def evidence_of_means(
    reference: np.ndarray, other: np.ndarray, of_reference: np.ndarray, of_other: np.ndarray
) -> np.ndarray:
    """Return the logarithm of the stake against equal means once all pairs are there; none below `evidence.FEWEST`."""
    found = pair_values(reference, other, of_reference, of_other)
    if effective(of_reference, of_other) < evidence.FEWEST:
        return np.zeros(found.shape[1])
    scaled = found / np.maximum(np.abs(found).max(axis=0), np.finfo(float).tiny)
    first, square, cube = (np.mean(scaled**power, axis=0) for power in (1, 2, 3))
    return evidence.stake_on_mean(first, square, cube, np.full(len(first), float(len(found))))


def equal(
    reference: np.ndarray, other: np.ndarray, of_reference: np.ndarray, of_other: np.ndarray
) -> np.ndarray:
    """Return for each column whether both means are the same whatever luck there is.

    So they are where all pairs are equal, and either count alike or never vary.
    """
    same = (reference == other).all(axis=0)
    alike = np.array_equal(of_reference, of_other)
    return np.asarray(same & (alike | (np.ptp(reference, axis=0) == 0)))


def effective(of_reference: np.ndarray, of_other: np.ndarray) -> float:
    """Return the smaller effective sample size of the two."""
    return min(weighted.effective_size(each) for each in (of_reference, of_other))


def _linearised(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    middle = np.average(values, axis=0, weights=weights)
    return np.asarray(middle + weighted.scaled(weights)[:, None] * (values - middle))
