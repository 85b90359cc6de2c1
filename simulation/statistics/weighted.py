"""Estimates on weighted values: what a history counts after reports is not what another counts.

Weights are frequency weights: a value of weight 3 stands for three values, and whole weights give what the repeated
values give. Their sum is the number of values that they stand for, so weights that are known only up to a factor are
first `scaled` to the number of values. How much they are worth is the effective sample size; no library is asked,
for libraries disagree on weighted quantiles, and some are wrong where weights add up to one.

Arrays of weights are f8 (n,), not negative, finite, with a sum above zero; ValueError otherwise. Equal weights are no
weights: `uneven` returns None for them, and what is given None takes the way of plain values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulation.statistics.related import worth_of

NINE_TENTHS_FROM = 20
"""Values from which on a range with as many left out at either end can hold 9 of 10 of them and not all."""
Z = 1.959963984540054
"""The normal deviate of a 95 % interval, as scipy.stats has it; a test compares them."""


def uneven(weights: np.ndarray | None) -> np.ndarray | None:
    """Return weights scaled to the number of values, or None where all are equal (or there are none).

    Those of values that are related are kept, for such values are worth less than as many others.
    """
    if weights is None or not len(weights):
        return None
    checked = _checked(weights)
    return None if (checked == checked[0]).all() and worth_of(checked) == 1 else scaled(checked)


def scaled(weights: np.ndarray) -> np.ndarray:
    """Return the weights times the factor that makes their sum the number of values."""
    checked = _checked(weights)
    largest = (
        checked / checked.max()
    )  # a sum of very small or very large ones would leave the range of numbers
    return np.asanyarray(largest * (len(checked) / math.fsum(largest)))


def from_logarithms(logarithms: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights of which these are logarithms, scaled, and the logarithm of their mean before that.

    Minus infinity is a weight of zero. Where all are, there are no weights: they come back as zeros, with a mean
    of minus infinity.
    """
    logs = np.asarray(logarithms, dtype=float)
    if np.isnan(logs).any() or (logs == math.inf).any():
        raise ValueError("the logarithm of a weight is a number below infinity")
    most = logs.max(initial=-math.inf)
    if most == -math.inf:
        return np.zeros(len(logs)), -math.inf
    against_most = np.exp(logs - most)
    return scaled(against_most), float(most + math.log(math.fsum(against_most) / len(logs)))


def effective_size(weights: np.ndarray) -> float:
    """Return the effective sample size, (sum w)² / sum w²: 1 to n. Source: Kish 1965, Survey Sampling, 8.2.

    Where the values are related it is smaller by what they are worth.
    """
    checked = _checked(weights)
    largest = checked / checked.max()
    return float(math.fsum(largest) ** 2 / math.fsum(largest * largest)) * worth_of(checked)


def mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the weighted mean of the values (n,)."""
    return float(np.average(values, weights=_checked(weights)))


def standard_error(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the standard error of the weighted mean: that of a ratio of means (self-normalised weights).

    sqrt(sum w² (x - m)²) / sum w, times sqrt(e / (e - 1)) with the effective size e, as one degree of freedom goes
    to the mean; equal weights give the plain one. NaN where one value has all the weight.
    Source: Owen 2013, Monte Carlo theory, methods and examples, equation 9.9.
    """
    checked = _checked(weights)
    effective = effective_size(checked)
    if not effective > 1:
        return math.nan
    away = checked / checked.sum() * (np.asarray(values, dtype=float) - mean(values, checked))
    return float(math.sqrt(math.fsum(away * away) / worth_of(checked) * effective / (effective - 1)))


def share(hits: np.ndarray, weights: np.ndarray) -> tuple[float, float, float]:
    """Return the weighted share of bool `hits` (n,) with the ends of its 95 % Wilson interval.

    The interval is that of as many histories as the effective sample size.
    """
    checked = _checked(weights)
    part = math.fsum(checked[hits]) / math.fsum(checked)
    return part, *wilson_ends(part, effective_size(checked))


def wilson_ends(part: float, number: float) -> tuple[float, float]:
    """Return the ends of the 95 % Wilson interval of a share of `number` trials, which need not be whole.

    To the last bit those of scipy.stats.binomtest, which works out a test besides: a hundred times the work.
    Source: Newcombe 1998, Statistics in Medicine 17(8) 857-872.
    """
    square = Z**2
    whole = 2 * (number + square)
    middle = (2 * number * part + square) / whole
    half = Z / whole * math.sqrt(4 * number * part * (1 - part) + square)
    low, high = middle - half, middle + half
    return (0.0 if part == 0 else max(0.0, low)), (1.0 if part == 1 else min(1.0, high))


def quantiles(values: np.ndarray, weights: np.ndarray, levels: Sequence[float]) -> np.ndarray:
    """Return quantiles of the values (n,), f8 (levels,), interpolated between the two repeated values next to them.

    With N the sum of the weights, the quantile p lies (N - 1) p from the first of N values in order.
    Sources: Hyndman and Fan 1996, type 7, for whole weights what numpy gives for the repeated values; for others
    as `wtd.quantile` of the R package Hmisc.
    """
    ordered, so_far = _ordered(values, weights)
    at = max(so_far[-1] - 1, 0.0) * np.asarray(levels, dtype=float)
    below, above = (_at_rank(ordered, so_far, rank) for rank in (np.floor(at), np.floor(at) + 1))
    part, apart = at - np.floor(at), above - below
    # As numpy rounds it, from the nearer of the two.
    return np.asarray(np.where(part < 0.5, below + apart * part, above - apart * (1 - part)))


def marks(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return low, lower, middle, upper and high of the values (n,), f8 (5,); see `intervals.marks_of`.

    From low to high lie at least 9 of 10 of the weight, or all where it stands for fewer than 20 values. NaN is
    left out with its weight; without any value all five are NaN.
    """
    kept = ~np.isnan(values)
    if not (weights[kept] > 0).any():
        return np.full(5, np.nan)
    rising, so_far = _ordered(values[kept], weights[kept])
    falling, from_above = rising[::-1], np.cumsum(np.diff(so_far, prepend=0.0)[::-1])
    total = so_far[-1]
    ranks = np.floor([total / NINE_TENTHS_FROM, total / 4, (total - 1) / 2])
    low, lower, below = _at_rank(rising, so_far, ranks)
    high, upper, above = _at_rank(falling, from_above, ranks)
    return np.array([low, lower, (below + above) / 2, upper, high])


def ranks(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the rank of each value (n,) among the repeated ones, equal ones sharing their mean rank."""
    _, kind = np.unique(values, return_inverse=True)
    each = np.bincount(kind, weights)
    before = np.cumsum(each) - each
    return np.asarray((before + (each + 1) / 2)[kind])


def correlation(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> float:
    """Return Pearson's coefficient of correlation of x and y (n,); both must vary where there is weight."""
    across = np.cov(x, y, aweights=_checked(weights), ddof=0)
    return float(np.clip(across[0, 1] / math.sqrt(across[0, 0] * across[1, 1]), -1, 1))


def fallen(times: np.ndarray, ends: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (times, shares): the weighted share fallen by each time at which some fall (Kaplan-Meier).

    `times` (n,) is inf for what had not fallen when it was last seen, at `ends`. Who is last seen at a time at which
    others fall was still at risk of it.
    """
    fell = np.isfinite(times)
    steps, at = np.unique(np.where(fell, times, ends), return_inverse=True)
    lost = np.bincount(at, np.where(fell, weights, 0), len(steps))
    if fell.all():
        return steps, np.cumsum(lost) / lost.sum()
    at_risk = np.cumsum(np.bincount(at, weights, len(steps))[::-1])[::-1]
    left = np.divide(at_risk - lost, at_risk, out=np.ones_like(lost), where=at_risk > 0)
    return steps, 1 - np.cumprod(left)


def systematic(weights: np.ndarray, number: int, luck: float) -> np.ndarray:
    """Return how often each is drawn when `number` are drawn by systematic resampling, i8 (n,).

    `luck` is one draw from 0 to below 1: the combs' first tooth. Each is drawn as often as its share of the weight
    says on average, and never one more or less than that rounded up or down.
    Source: Kitagawa 1996, Journal of Computational and Graphical Statistics 5(1) 1-25, appendix.
    """
    if not 0 <= luck < 1 or number < 1:
        raise ValueError(f"cannot draw {number} with luck {luck}")
    checked = _checked(weights)
    so_far = np.cumsum(checked)
    teeth = np.ceil(so_far / so_far[-1] * number - luck).astype(np.int64)
    return np.diff(np.clip(teeth, 0, number), prepend=0)


def whole_parts(weights: np.ndarray, number: int) -> np.ndarray:
    """Return whole numbers as the weights that add up to a number, i8 (n,): the largest fractions are rounded up."""
    exact = _checked(weights) / math.fsum(weights) * number
    found = np.floor(exact).astype(np.int64)
    order = np.argsort(found - exact, kind="stable")
    found[order[: number - int(found.sum())]] += 1
    return found


def _checked(weights: np.ndarray) -> np.ndarray:
    checked = np.asanyarray(weights, dtype=float)
    if not ((checked >= 0) & (checked < math.inf)).all() or not (checked > 0).any():
        raise ValueError("weights are finite, none is below zero, and one is above it")
    return checked


def _ordered(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the values that have any weight in rising order, and for each the weight up to and with it."""
    held = _checked(weights) > 0
    order = np.argsort(values[held], kind="stable")
    return np.asarray(values, dtype=float)[held][order], np.cumsum(
        np.asarray(weights, dtype=float)[held][order]
    )


def _at_rank(ordered: np.ndarray, so_far: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """Return the values at ranks counted from 0 among the repeated ones; the last beyond their end."""
    slack = 1e-9 * so_far[-1]  # a sum of weights that should be whole is not quite
    at = np.searchsorted(so_far, np.asarray(rank) + slack, side="right")
    return np.asarray(ordered[np.minimum(at, len(ordered) - 1)])
