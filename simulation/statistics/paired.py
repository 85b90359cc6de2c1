"""Two scenarios history by history: differences with 95 % intervals, superiority, and the gain from pairing.

Arrays are (pairs, columns), row k of both from the same replicate. Differences are other minus reference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEVEL = 0.95
RESAMPLES = 9999
SEED = 20241127
"""Of the bootstrap: the same numbers give the same interval."""
_AT_ONCE = 4_000_000
_HALVINGS = 60
_BELOW_ONE = 1 - 1e-12
_Z = 1.959963984540054
"""The normal deviate of `LEVEL`, as scipy.stats has it; a test compares them."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """Estimates with the low and high ends of their 95 % intervals, f8 (columns,) each."""

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def difference_of_shares(reference: np.ndarray, other: np.ndarray) -> Estimate:
    """Return the differences of shares; entries are 0 or 1.

    Source: the score interval for paired proportions, Tango 1998, Statistics in Medicine 17(8) 891-908.
    """
    return _of_signs(other.astype(np.int64) - reference.astype(np.int64))


def superiority(reference: np.ndarray, other: np.ndarray) -> Estimate:
    """Return the chance that the other scenario has more in a pair, equal counting half; 0 to 1.

    One half plus half the difference of two paired shares, "more" and "less", and so has their interval.
    """
    signs = _of_signs(np.sign(other - reference).astype(np.int64))
    return Estimate(value=(1 + signs.value) / 2, low=(1 + signs.low) / 2, high=(1 + signs.high) / 2)


def difference_of_means(reference: np.ndarray, other: np.ndarray) -> Estimate:
    """Return the differences of means, with the BCa interval of 9,999 bootstrap samples of the pairs.

    It is widened as Student's t is against the normal, for the bootstrap's own intervals are too narrow with
    few pairs. Where all pairs differ by the same amount, the interval is that amount; one pair has none (NaN).
    Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Hesterberg 2015, doi:10.1080/00031305.2015.1089789.
    But for the widening `scipy.stats.bootstrap` gives the same interval; its jackknife takes time with the
    square of the number of pairs, while for a mean the acceleration is known.
    """
    differences = np.asarray(other, dtype=float) - reference
    pairs, value = len(differences), differences.mean(axis=0)
    if pairs < 2:
        return Estimate(value=value, low=np.full(len(value), np.nan), high=np.full(len(value), np.nan))
    sums, total = resampled_sums(differences), differences.sum(axis=0)
    ends = bootstrap_interval(sums, total, differences - value, pairs)
    low, high = (end / pairs for end in ends)
    flat = np.ptp(differences, axis=0) == 0
    return Estimate(value=value, low=np.where(flat, value, low), high=np.where(flat, value, high))


def gain(reference: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return (Var A + Var B) / Var(A - B): how many times as many unpaired histories would be needed.

    inf where the pairs all differ by the same amount although histories vary; NaN where nothing varies.
    """
    apart = np.var(reference, axis=0, dtype=float) + np.var(other, axis=0, dtype=float)
    differences = np.asarray(other, dtype=float) - reference
    paired = np.where(np.ptp(differences, axis=0) == 0, 0.0, differences.var(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(apart / paired)


def _of_signs(signs: np.ndarray) -> Estimate:
    """Return the means of i8 entries -1, 0 and 1 with their score intervals."""
    return score_interval((signs > 0).sum(axis=0), (signs < 0).sum(axis=0), len(signs))


def score_interval(more: np.ndarray, less: np.ndarray, total: float) -> Estimate:
    """Return (more - less) / total with its score interval, of counts (columns,) that need not be whole."""
    value = (more - less) / total
    return Estimate(
        value=value, low=-_score_end(less, more, total, -value), high=_score_end(more, less, total, value)
    )


def _score_end(more: np.ndarray, less: np.ndarray, total: float, value: np.ndarray) -> np.ndarray:
    """Return the upper end: the largest difference that the score test does not reject, by halving."""
    inside, outside = value.astype(float), np.ones(len(value))
    for _ in range(_HALVINGS):
        middle = np.minimum((inside + outside) / 2, _BELOW_ONE)
        kept = _score(more, less, total, middle) <= _Z
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    return outside


def _score(more: np.ndarray, less: np.ndarray, total: float, shift: np.ndarray) -> np.ndarray:
    """Return how many standard errors the counts lie below a difference `shift`, -1 < shift < 1."""
    b = (2 * total - more + less) * shift - more - less
    likely_less = (np.sqrt(b * b + 8 * total * less * shift * (1 - shift)) - b) / (4 * total)
    spread = np.sqrt(total * (2 * likely_less + shift * (1 - shift)))
    return np.asarray((total * shift - more + less) / spread)


def resampled_sums(differences: np.ndarray) -> np.ndarray:
    """Return the sums of bootstrap samples of the pairs, f8 (9999, columns).

    All columns share their samples, and so do calls with as many pairs.
    """
    draw, pairs = np.random.default_rng(SEED), len(differences)
    even, size = np.full(pairs, 1 / pairs), max(1, _AT_ONCE // pairs)
    counts = [min(size, RESAMPLES - first) for first in range(0, RESAMPLES, size)]
    return np.concatenate([draw.multinomial(pairs, even, size=k).astype(float) @ differences for k in counts])


def bootstrap_interval(
    drawn: np.ndarray, value: np.ndarray, influence: np.ndarray, size: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the BCa interval of estimates `value` (columns,), `drawn` (samples, columns) of them.

    `influence` (pairs, columns) is how far each pair draws an estimate, up to a factor; `size` how many pairs they are
    worth, above 1.
    """
    z = _wider(size)
    low, high = (_corrected_ends(drawn, value, influence, end) for end in (-z, z))
    return low, high


def _wider(size: float) -> float:
    """Return the deviate in place of 1.96 that gives a bootstrap interval the width of Student's t."""
    from scipy import stats

    return float(stats.t.ppf((1 + LEVEL) / 2, size - 1) * np.sqrt(size / (size - 1)))


def _corrected_ends(drawn: np.ndarray, value: np.ndarray, influence: np.ndarray, z: float) -> np.ndarray:
    """Return the bootstrap quantiles at normal deviate z, corrected for bias and skewness."""
    from scipy import stats

    below = ((drawn < value).mean(axis=0) + (drawn <= value).mean(axis=0)) / 2
    bias = stats.norm.ppf(np.clip(below, 1 / RESAMPLES, 1 - 1 / RESAMPLES))
    cubes, squares = (influence**3).sum(axis=0), (influence**2).sum(axis=0)
    acceleration = np.divide(cubes, 6 * squares**1.5, out=np.zeros_like(cubes), where=squares > 0)
    levels = stats.norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))
    return np.array([np.quantile(column, level) for column, level in zip(drawn.T, levels, strict=True)])
