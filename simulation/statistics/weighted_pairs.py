"""Two scenarios history by history where a pair of histories counts by weight: as `paired`, and when it is clear.

Arrays are (pairs, columns), weights f8 (pairs,) as in `weighted`, or None where all pairs count alike: then all is as
in `paired` and `evidence`. A pair has one weight, that of the history of the reference.

Pairs that are `related` are worth less than their weights say; all that depends on their number counts them so.
"""

from __future__ import annotations

import numpy as np

from simulation.statistics import evidence, paired, weighted
from simulation.statistics.paired import Estimate
from simulation.statistics.related import worth_of

Weights = np.ndarray | None
FEWEST_PAIRS = 2.0
"""An effective sample size below this has no interval of a mean: a single pair with nearly all the weight has none."""


def means(values: np.ndarray, weights: Weights) -> np.ndarray:
    """Return the mean of each column."""
    if weights is None:
        return np.asarray(values.mean(axis=0))
    found = np.average(values, axis=0, weights=weights)
    return np.clip(found, values.min(axis=0), values.max(axis=0))  # not 1.0000000000000002 of all histories


def equal(reference: np.ndarray, other: np.ndarray, weights: Weights) -> np.ndarray:
    """Return for each column whether all pairs that count are equal to the last digit."""
    same = reference == other
    return np.asarray((same if weights is None else same[weights > 0]).all(axis=0))


def difference_of_shares(reference: np.ndarray, other: np.ndarray, weights: Weights) -> Estimate:
    """Return the differences of shares by weight; entries are 0 or 1.

    The score interval of as many pairs as the effective sample size, which need not be whole.
    """
    if weights is None:
        return paired.difference_of_shares(reference, other)
    return _of_signs(other.astype(np.int64) - reference.astype(np.int64), weights)


def superiority(reference: np.ndarray, other: np.ndarray, weights: Weights) -> Estimate:
    """Return the chance by weight that the other scenario has more in a pair, equal counting half."""
    if weights is None:
        return paired.superiority(reference, other)
    signs = _of_signs(np.sign(other - reference).astype(np.int64), weights)
    return Estimate(value=(1 + signs.value) / 2, low=(1 + signs.low) / 2, high=(1 + signs.high) / 2)


def difference_of_means(reference: np.ndarray, other: np.ndarray, weights: Weights) -> Estimate:
    """Return the differences of means by weight, with the BCa interval of bootstrap samples of the weighted pairs.

    A sample draws pairs with their weights, so that its mean is a ratio. The interval is widened by the effective
    sample size; where that is below 2 there is none (NaN). Samples of pairs that resemble each other lie as far
    `apart` as those of fewer independent ones.
    """
    if weights is None:
        return paired.difference_of_means(reference, other)
    differences = np.asarray(other, dtype=float) - reference
    scaled, size = weighted.scaled(weights), weighted.effective_size(weights)
    value = np.average(differences, axis=0, weights=scaled)
    if size < FEWEST_PAIRS:
        return Estimate(value=value, low=np.full(len(value), np.nan), high=np.full(len(value), np.nan))
    sums = paired.resampled_sums(np.column_stack([scaled[:, None] * differences, scaled]))
    with np.errstate(invalid="ignore", divide="ignore"):
        means = sums[:, :-1] / sums[:, -1:]  # a sample without any weight says nothing
    drawn = apart(np.where(np.isfinite(means), means, value), value, worth_of(scaled))
    influence = scaled[:, None] * (differences - value)
    low, high = paired.bootstrap_interval(drawn, value, influence, size)
    flat = np.ptp(differences[scaled > 0], axis=0) == 0
    return Estimate(value=value, low=np.where(flat, value, low), high=np.where(flat, value, high))


def apart(drawn: np.ndarray, value: np.ndarray, worth: float) -> np.ndarray:
    """Return bootstrap estimates (samples, columns) as far from `value` (columns,) as pairs of a worth have them."""
    return np.asarray(drawn if worth == 1 else value + (drawn - value) / np.sqrt(worth))


def gain(reference: np.ndarray, other: np.ndarray, weights: Weights) -> np.ndarray:
    """Return (Var A + Var B) / Var(A - B), all by weight; as `paired.gain`."""
    if weights is None:
        return paired.gain(reference, other)
    differences = np.asarray(other, dtype=float) - reference
    apart = _variance(reference, weights) + _variance(other, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(apart / _variance(differences, weights))


def evidence_of_shares(reference: np.ndarray, other: np.ndarray, weights: Weights) -> np.ndarray:
    """Return the logarithm of the stake against equal shares once all pairs are there; entries 0 or 1.

    Pairs that differ count as many as their own weights are worth. For weighted shares no stake is known that may be
    looked at on the way, so that of the end counts.
    """
    if weights is None:
        return evidence.evidence_of_shares(reference, other)
    signs = other.astype(np.int64) - reference.astype(np.int64)
    worth = np.array([_worth(weights[column != 0]) for column in signs.T])
    more = np.array([_share(weights, column > 0, column != 0) for column in signs.T])
    return evidence.stake_on_share(worth * more, worth * (1 - more))


def evidence_of_means(differences: np.ndarray, weights: Weights) -> np.ndarray:
    """Return the logarithm of the stake against a mean of zero by weight, once all pairs are there.

    Each column counts as many pairs as give a plain mean the standard error of the weighted one; none is clear below
    `FEWEST`.
    """
    if weights is None:
        return evidence.evidence_of_means(differences)
    scaled = weighted.scaled(weights)
    largest = np.maximum(np.abs(differences).max(axis=0), np.finfo(float).tiny)
    first, square, cube = (
        np.average((differences / largest) ** power, axis=0, weights=scaled) for power in (1, 2, 3)
    )
    away = (differences / largest - first) ** 2
    spread = np.average(away, axis=0, weights=scaled)
    error = (scaled[:, None] ** 2 * away).sum(axis=0) / scaled.sum() ** 2 / worth_of(scaled)
    whole = weighted.effective_size(weights)
    pairs = np.divide(spread, error, out=np.full_like(error, whole), where=error > 0)
    return np.where(
        pairs >= evidence.FEWEST, evidence.stake_on_mean(first, square, cube, np.maximum(pairs, 1.0)), 0.0
    )


def _of_signs(signs: np.ndarray, weights: np.ndarray) -> Estimate:
    size = weighted.effective_size(weights)
    more, less = (np.average(signs * way > 0, axis=0, weights=weights) * size for way in (1, -1))
    return paired.score_interval(more, less, size)


def _worth(weights: np.ndarray) -> float:
    return weighted.effective_size(weights) if weights.any() else 0.0


def _share(weights: np.ndarray, some: np.ndarray, whole: np.ndarray) -> float:
    total = weights[whole].sum()
    return float(weights[some].sum() / total) if total > 0 else 0.5


def _variance(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    held = np.asarray(values, dtype=float)[weights > 0]
    counting = weights[weights > 0]
    middle = np.average(held, axis=0, weights=counting)
    found = np.average((held - middle) ** 2, axis=0, weights=counting)
    return np.asarray(np.where(np.ptp(held, axis=0) == 0, 0.0, found))
