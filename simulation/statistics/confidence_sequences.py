"""Intervals that stay valid however often one looks: confidence sequences.

A plain 95 % interval holds for one number of histories fixed beforehand. Who looks again and again, and stops
when the interval pleases, meets one that misses sooner or later. A confidence sequence covers the true value
at every look at once with a chance of at least 95 %, so the interval at which one stops covers it too. The
price is width: about 3 standard errors to either side instead of 2.

As in `evidence`, candidates are bet against along the order of the histories; a candidate against which the
stake was multiplied by 20 is left out, and if it is the true one that has a chance of at most 1 in 20, however
often one looks (Ville's inequality).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from simulation.statistics.evidence import FEWEST
from simulation.statistics.paired import Estimate

ERROR = 0.05
SHARE = (0.0, 1.0)
"""What a history can count for a share."""
DIFFERENCE = (-1.0, 0.0, 1.0)
"""What a pair of histories can count for a difference of shares."""
Aim = Callable[[np.ndarray], np.ndarray]
"""From the variance of one history to the fraction of the stake to bet for each unit of it."""

_TIMES = 2.0 ** np.arange(6)
_WEIGHTS = np.array([0.5, *[0.1] * 5])
"""Half the money is on the largest variance there can be and the number of histories that one would need then;
the rest is on variances, or numbers of histories, that are 2 to 32 and 4 to 1,024 times smaller."""
_BOLDEST = 0.9
"""No bet risks more than this part of the stake on one history."""
_HALVINGS = 30
_EDGE = 1e-9
_SURE = math.log(1 / ERROR)
_BEST = 2 * math.log(4 / ERROR)
"""Histories needed, times the square of the width in standard deviations, where half the money is well bet."""


def by_width(width: float) -> Aim:
    """Return the bets that reach a half-width soonest; `width` in the unit of a history's value."""
    return lambda variance: width / variance


def by_number(histories: int) -> Aim:
    """Return the bets that give the narrowest interval at that many histories."""
    return lambda variance: np.sqrt(_BEST / (histories * variance))


def mean_of_few(values: tuple[float, ...], counts: np.ndarray, aim: Aim) -> Estimate:
    """Return the means of values of which there are few kinds, with their confidence sequences.

    `values` ascend; `counts` (..., kinds) says how many histories had each, at least one in all. Exact for
    independent histories, whatever the shares. Source: Waudby-Smith and Ramdas 2024, Estimating means of
    bounded random variables by betting, JRSS-B 86(1) 1-27, doi:10.1093/jrsssb/qkad009.
    """
    kinds, counts = np.asarray(values), np.asarray(counts, dtype=float)
    mean = counts @ kinds / counts.sum(axis=-1)
    low, high = (_end(mean, side, kinds, counts, aim) for side in (kinds[0], kinds[-1]))
    return Estimate(value=mean, low=low, high=high)


def mean_of_any(number: np.ndarray, mean: np.ndarray, variance: np.ndarray, width: float) -> Estimate:
    """Return means of numbers without known bounds, with their confidence sequences, from sums over them.

    `number` of values, their `mean` and (population) `variance`, f8 (...); `width` is what one asks for.
    The bets are those of `evidence.evidence_of_means`, on effects of about `width`: exact for normal values of
    unknown spread, for others as nearly as the central limit theorem holds at the first look.
    Source: Wang and Ramdas 2024, arXiv:2310.03722; for other than normal values Waudby-Smith et al. 2024, Annals
    of Statistics 52(6) 2613-2640, arXiv:2103.06476.
    """
    rare = variance / width**2
    with np.errstate(divide="ignore", invalid="ignore"):
        explained = -np.expm1((np.log(rare / (number + rare)) - 2 * _SURE) / number)
        room = number / (number + rare) - explained
        half = np.where(room > 0, np.sqrt(explained * variance / room), np.inf)
    return Estimate(value=mean, low=mean - half, high=mean + half)


def mean_of_values(values: np.ndarray, width: float) -> Estimate:
    """Return the mean of the values (n,); NaN means "does not apply to this history" and is left out.

    Until 30 of them differ from the commonest value their spread is not known, and the interval is endless.
    """
    kept = values[~np.isnan(values)]
    counts = np.unique(kept, return_counts=True)[1]
    if len(kept) - counts.max(initial=0) < FEWEST:
        return Estimate(
            value=np.asarray(kept.mean() if len(kept) else np.nan),
            low=np.asarray(-np.inf),
            high=np.asarray(np.inf),
        )
    return mean_of_any(np.asarray(float(len(kept))), np.asarray(kept.mean()), np.asarray(kept.var()), width)


def _end(mean: np.ndarray, side: float, kinds: np.ndarray, counts: np.ndarray, aim: Aim) -> np.ndarray:
    """Return the candidate between the mean and a side beyond which all are bet down, by halving."""
    inside, outside = mean, np.full(mean.shape, side)
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        kept = _log_stakes(middle, kinds, counts, aim) < _SURE
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    return outside


def _log_stakes(candidate: np.ndarray, kinds: np.ndarray, counts: np.ndarray, aim: Aim) -> np.ndarray:
    """Return the logarithm of what a stake of 1 against each candidate mean has become."""
    least, most = kinds[0], kinds[-1]
    m = np.clip(candidate, least + _EDGE, most - _EDGE)[..., None]
    bold = aim((most - m) * (m - least)) * _TIMES
    bets = np.concatenate(
        [np.minimum(bold, _BOLDEST / (m - least)), -np.minimum(bold, _BOLDEST / (most - m))], axis=-1
    )
    won = sum(counts[..., k, None] * np.log1p(bets * (kind - m)) for k, kind in enumerate(kinds)) + np.log(
        np.concatenate([_WEIGHTS, _WEIGHTS]) / 2
    )
    return np.asarray(np.logaddexp.reduce(won, axis=-1))
