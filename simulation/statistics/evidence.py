"""When a difference is called clear: a rule that allows for many looks and many contrasts.

Replicates come in order, and a run of 1,000 holds the run of 500. Evidence is measured by betting against "no
difference" along that order; under no difference, the highest stake ever reached is above 1/p with a chance
of at most p, however often one looks (Ville's inequality). So more replicates can only add to it, and what
was called clear stays clear.
"""

from __future__ import annotations

import numpy as np

HIGHER, LOWER, UNCLEAR, IDENTICAL = "higher", "lower", "not distinguishable", "identical"
CLEAR = (HIGHER, LOWER)
"""Verdicts of differences that can be told from none."""
WRONG = 0.05
"""The chance that a scenario which changes nothing is given any verdict at all."""
FEWEST = 30
"""Pairs before which no difference of means is called clear: their spread is not known well enough."""
FLAT = 1e-9
"""A variance below this part of the mean square is rounding."""
WIDTH = 25.0
"""A typical effect that the bets on means look for, as 1 / its square in standard deviations of a pair."""


def evidence_of_shares(reference: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the logarithms of the highest stakes against equal shares; entries 0 or 1, (pairs, columns).

    If shares are equal, each pair that differs is a fair coin. The bet spreads evenly over all biased coins.
    """
    more = np.cumsum(other.astype(np.int64) > reference, axis=0)
    less = np.cumsum(other.astype(np.int64) < reference, axis=0)
    return np.asarray(stake_on_share(more, less).max(axis=0))


def evidence_of_means(differences: np.ndarray) -> np.ndarray:
    """Return the logarithms of the highest stakes against a mean of zero; f8 (pairs, columns).

    The t-test that may be looked at any time, with a normal mixture over the effect in standard deviations:
    exact for normal differences of unknown spread, on the safe side for symmetric ones with long tails. Skewed
    differences would deceive it before their long tail has shown, so that at each look the smaller stake
    counts, with the correction of t for skewness or without. Sources: Wang and Ramdas 2024, arXiv:2310.03722;
    Hall 1992, Journal of the Royal Statistical Society B 54(1) 221-228.
    """
    pairs = np.arange(1, len(differences) + 1)[:, None]
    scaled = differences / np.maximum(np.abs(differences).max(axis=0), np.finfo(float).tiny)
    mean, square, cube = (np.cumsum(scaled**power, axis=0) / pairs for power in (1, 2, 3))
    stakes = stake_on_mean(mean, square, cube, pairs)
    return np.asarray(stakes[FEWEST - 1 :].max(axis=0, initial=0.0))


def stake_on_mean(mean: np.ndarray, square: np.ndarray, cube: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return the logarithm of the stake against a mean of zero after so many pairs, by their moments about zero."""
    explained = np.divide(mean**2, square, out=np.zeros_like(mean), where=square > 0)
    corrected = _without_skewness(mean, square, cube, pairs)
    share = np.minimum(explained, corrected) * pairs / (pairs + WIDTH)
    return np.asarray(np.log(WIDTH / (pairs + WIDTH)) / 2 - pairs / 2 * np.log1p(-share))


def clear(evidence: np.ndarray, wrong: float) -> np.ndarray:
    """Return which contrasts are clear; bool (contrasts,).

    If nothing differs, the chance that any of them is called clear is at most `wrong` (Holm 1979).
    """
    order = np.argsort(-evidence, kind="stable")
    needed = np.log(np.arange(len(evidence), 0, -1) / wrong)
    found = np.empty(len(evidence), bool)
    found[order] = np.cumprod(evidence[order] >= needed)
    return found


def stake_on_share(more: np.ndarray, less: np.ndarray) -> np.ndarray:
    """Return the logarithm of the stake against a fair coin after so many pairs to either side."""
    from scipy import special

    return np.asarray((more + less) * np.log(2) + special.betaln(more + 1, less + 1))


def _without_skewness(
    mean: np.ndarray, square: np.ndarray, cube: np.ndarray, pairs: np.ndarray
) -> np.ndarray:
    """Return the part of the squares that the mean explains, 0 to 1, after Hall's transformation of t.

    Arguments are the first three moments about zero of the first so many pairs; without spread it is 1.
    """
    spread = square - mean**2
    varied = spread > FLAT * square
    deviation = np.sqrt(np.where(varied, spread, 1.0))
    skewness = (cube - 3 * mean * square + 2 * mean**3) / deviation**3
    t = mean / deviation
    straight = t + skewness * t**2 / 3 + skewness**2 * t**3 / 27 + skewness / (6 * pairs)
    return np.where(varied, straight**2 / (1 + straight**2), 1.0)
