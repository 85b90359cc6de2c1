"""How far an outcome goes with an input over the cases of a run: rank correlations with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.statistics import weighted
from simulation.statistics.intervals import WEIGHT, weights_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """Spearman's rank correlation of an input with an outcome, with its 95 % interval."""

    column: str
    value: float
    low: float
    high: float


def rank_correlations(outcomes: pd.DataFrame, inputs: Sequence[str], outcome: str) -> list[Correlation]:
    """Return each input's rank correlation with the outcome, strongest first.

    Replicates of one case share their inputs, so cases are averaged first; the interval is Fisher's, on the
    ranks. Inputs that do not vary are left out; with fewer than 4 cases, or a constant outcome, the list is
    empty. The intervals hold for all inputs together (Bonferroni): looking at many, some would stand out by
    chance.
    """
    cases, weights = _cases(outcomes, [*inputs, outcome])
    varying = [name for name in inputs if cases[name].nunique() > 1]
    if len(cases) < 4 or cases[outcome].nunique() < 2:
        return []
    level = 1 - 0.05 / max(1, len(varying))
    if weights is None:
        ranks = cases.rank()
        target = ranks[outcome].to_numpy()
        found = [_correlation(name, ranks[name].to_numpy(), target, level) for name in varying]
    else:
        target = cases[outcome].to_numpy(dtype=float)
        found = [
            _weighted_correlation(name, cases[name].to_numpy(dtype=float), target, weights, level)
            for name in varying
        ]
    return sorted(found, key=lambda item: (-abs(item.value), item.column))


def _cases(outcomes: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, np.ndarray | None]:
    """Return the means of the cases that have any weight, and the weights of the cases, scaled; None if equal."""
    weights = weights_of(outcomes)
    if weights is None:
        return outcomes.groupby("case")[columns].mean().dropna(), None
    counting = outcomes.assign(**{WEIGHT: weights})[weights > 0].dropna(subset=columns)
    total = counting.groupby("case")[WEIGHT].sum()
    sums = counting[columns].mul(counting[WEIGHT], axis=0).groupby(counting["case"]).sum()
    return sums.div(total, axis=0), weighted.scaled(total.to_numpy())


def _correlation(column: str, x: np.ndarray, y: np.ndarray, level: float) -> Correlation:
    value = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))  # of ranks: Spearman's
    return _with_interval(column, value, len(x), level)


def _weighted_correlation(
    column: str, x: np.ndarray, y: np.ndarray, weights: np.ndarray, level: float
) -> Correlation:
    """Return the correlation of the ranks, with Fisher's interval for as many cases as the effective sample size."""
    value = weighted.correlation(weighted.ranks(x, weights), weighted.ranks(y, weights), weights)
    return _with_interval(column, value, weighted.effective_size(weights), level)


def _with_interval(column: str, value: float, cases: float, level: float) -> Correlation:
    """Return a correlation over so many cases with Fisher's interval; over three or fewer that says nothing."""
    from scipy.special import ndtri  # scipy.stats, which has all of this, takes longer to import than to use

    if not cases > 3:
        return Correlation(column=column, value=value, low=-1.0, high=1.0)
    half = float(ndtri((1 + level) / 2)) / np.sqrt(cases - 3)
    with np.errstate(divide="ignore"):
        low, high = np.tanh(np.arctanh(value) + np.array([-half, half]))
    return Correlation(column=column, value=value, low=float(low), high=float(high))
