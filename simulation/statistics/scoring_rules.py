"""Scores of a forecast, given as equally likely draws, against what happened: smaller is better in all of them.

A score looks at the whole distribution, never only at its middle, and is proper: nobody can expect to gain by
stating another distribution than the one believed in (Gneiting & Raftery 2007, doi:10.1198/016214506000001437).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

OUTSIDE = 0.1
"""The chance that a 90 % interval leaves out what happens."""


@dataclass(frozen=True, kw_only=True)
class Crps:
    """A score in the unit of the draws, and the standard error it has because there are only so many draws."""

    value: float
    error: float


@dataclass(frozen=True, kw_only=True)
class SkillOverRows:
    """The middle skill (median) over `rows` rows, None of no row; `left_out` rows have a reference of zero."""

    middle: float | None
    rows: int
    left_out: int


def crps(draws: np.ndarray, truth: float) -> Crps:
    """Return the continuous ranked probability score: mean |x - y| - mean |x - x'| / 2.

    `draws` is f8 (n,), n at least 1, finite. For a single draw it is the distance to the truth. Where both are
    cut off at the length of a run, min(x, h) and min(y, h), it is the threshold-weighted score that looks at
    the days before h only. Sources: Gneiting & Raftery 2007, equation 21; Gneiting & Ranjan 2011,
    doi:10.1198/jbes.2010.08110. The error is that of a mean of first-order terms (Hoeffding 1948).
    """
    x = np.asarray(draws, dtype=float)
    apart, away = np.abs(x - truth), _mean_distances(x)
    terms = apart - away
    terms -= terms[0]  # so that equal draws have an error of exactly zero
    error = float(terms.std(ddof=1)) / math.sqrt(len(x)) if len(x) > 1 else 0.0
    return Crps(value=max(0.0, float(apart.mean() - away.mean() / 2)), error=error)


def _mean_distances(x: np.ndarray) -> np.ndarray:
    """Return the mean distance of each draw to all draws, itself included, in the order given."""
    n, order = len(x), np.argsort(x, kind="stable")
    ranked = x[order] - x[order[0]]  # so that equal draws are exactly zero apart
    before = np.cumsum(ranked) - ranked
    below = np.arange(n)
    sums = ranked * below - before + (ranked.sum() - before - ranked) - ranked * (n - 1 - below)
    distances = np.empty(n)
    distances[order] = sums / n
    return distances


def interval_score(draws: np.ndarray, truth: float) -> float:
    """Return the score of the 90 % interval: its width, and 20 times the distance by which it misses.

    The interval runs from the 5 to the 95 % quantile. Source: Gneiting & Raftery 2007, equation 43.
    """
    low, high = np.quantile(draws, (OUTSIDE / 2, 1 - OUTSIDE / 2))
    missed = max(low - truth, 0.0) + max(truth - high, 0.0)
    return float(high - low + 2 / OUTSIDE * missed)


def log_score(hits: int, total: int) -> float:
    """Return minus the natural logarithm of the chance that the draws gave to what happened.

    `hits` of `total` draws agree with it. The chance is taken as (hits + 1/2) / (total + 1), so that none of
    1,000 draws counts as 1 in 2,002 and never as impossible: so few draws cannot tell rare from impossible.
    Source: Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x; the half is Jeffreys' prior.
    """
    if not 0 <= hits <= total or total < 1:
        raise ValueError(f"{hits} of {total} draws is not a count of draws")
    return -math.log((hits + 0.5) / (total + 1))


def day_hits(days: np.ndarray, truth: float, horizon: float) -> int:
    """Return how many calendar days agree with the truth; `horizon` stands for "not in the run".

    A truth on a half lies between two days, and either agrees: the likelihood of an observation known to an
    interval. From the horizon on, only "not in the run" agrees.
    """
    if truth >= horizon:
        return int((days >= horizon).sum())
    return int(((days >= math.floor(truth)) & (days <= math.ceil(truth)) & (days < horizon)).sum())


def mid_rank(draws: np.ndarray, truth: float) -> float:
    """Return the share of draws below the truth, those equal to it counting half: 0 to 1.

    Over many events a reliable forecast spreads these evenly (probability integral transform, Dawid 1984).
    """
    x = np.asarray(draws)
    return float((x < truth).mean() + (x == truth).mean() / 2)


def skill(score: float, reference: float) -> float:
    """Return 1 - score/reference: 1 is perfect, 0 no better than the reference, below 0 worse.

    ValueError unless the reference is above 0: one that scores 0 hit exactly and leaves nothing to gain, so the ratio
    has no meaning.
    """
    if not reference > 0:
        raise ValueError(f"there is no skill against a reference that scores {reference:g}")
    return 1 - score / reference


def skill_over_rows(scores: Sequence[float], references: Sequence[float]) -> SkillOverRows:
    """Return the middle skill over rows of a score and its reference, without the rows whose reference is zero."""
    skills = [skill(s, r) for s, r in zip(scores, references, strict=True) if r != 0]
    middle = float(np.median(skills)) if skills else None
    return SkillOverRows(middle=middle, rows=len(skills), left_out=len(scores) - len(skills))
