"""The table of points: every outcome at every point with its interval, and its paired difference from the first point.

The points are played with the same cases and the same luck (common random numbers), so that history k at one point
belongs to history k at any other, and only the interval of the paired difference says how sure a difference is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.comparison.contrasts import with_verdicts
from simulation.outcomes.targets import Target
from simulation.parameter_study.weighted_estimates import EFFECTIVE, rows_by_weight
from simulation.results.folder import Results
from simulation.statistics.evidence import WRONG, evidence_of_means, evidence_of_shares
from simulation.statistics.intervals import fall_days, wilson
from simulation.statistics.paired import Estimate, difference_of_means, difference_of_shares

COLUMNS = (
    "point", "outcome", "number", "value", "low", "high", "difference", "difference_low", "difference_high", "verdict",
)  # fmt: skip
DIFFERENCE = ("difference", "difference_low", "difference_high", "evidence", "equal")
NO_DIFFERENCE = (np.nan, np.nan, np.nan, 0.0, False)
REFERENCE = "first point"
"""Stands in place of the verdict at the point with which the others are compared."""


def values_at(run: Results, targets: Sequence[Target], replicates: np.ndarray) -> np.ndarray:
    """Return the targets in some histories of a run, f8 (replicates, targets): 0 or 1, or the outcome (NaN: none)."""
    rows = run.outcomes.set_index("replicate").loc[replicates]
    manifest = run.manifest
    endings = rows["ending"].astype(str).to_numpy()
    falls = pd.DataFrame()
    if any(target.kind == "place" for target in targets):
        falls = fall_days(run.places, run.outcomes, manifest.places, manifest.dissolves).loc[replicates]

    def of(target: Target) -> np.ndarray:
        if target.kind == "outcome":
            return rows[target.name].to_numpy(dtype=float)
        happened = (
            endings == target.name if target.kind == "ending" else falls[target.name].to_numpy() < np.inf
        )
        return np.asarray(happened, dtype=float)

    return np.stack([of(each) for each in targets], axis=1)


def point_table(
    values: Sequence[np.ndarray], targets: Sequence[Target], weights: Sequence[np.ndarray] | None = None
) -> pd.DataFrame:
    """Return the rows of all points and outcomes; `values` are those of each point, f8 (histories, targets).

    `point` counts from 1; `number` is how many histories have the outcome. Shares have Wilson's interval and Tango's
    of the paired difference, means those of the bootstrap of histories and of pairs. The verdict allows for all
    points and outcomes together (see `evidence`).

    With `weights`, f8 (histories,) for each point, all is by weight, and `effective` says what the histories of a row
    are worth.
    """
    tables = [
        rows_by_weight(values, weights, k, target)
        if weights is not None
        else _shares(values, k, target)
        if target.is_share
        else _means(values, k, target)
        for k, target in enumerate(targets)
    ]
    rows = pd.concat(tables, ignore_index=True)
    later = rows["point"] > 1
    judged = rows[later].drop(columns=["low", "high"])
    judged = judged.rename(columns={"difference_low": "low", "difference_high": "high"})
    rows.loc[~later, ["difference", "difference_low", "difference_high"]] = np.nan
    rows["verdict"] = REFERENCE
    rows.loc[later, "verdict"] = with_verdicts(judged, WRONG)["verdict"]
    columns = [*COLUMNS] if weights is None else [*COLUMNS[:3], EFFECTIVE, *COLUMNS[3:]]
    return rows.sort_values(["point"], kind="stable", ignore_index=True)[columns]


def _shares(values: Sequence[np.ndarray], k: int, target: Target) -> pd.DataFrame:
    every = np.stack([each[:, k] for each in values], axis=1).astype(bool)
    first = np.repeat(every[:, :1], every.shape[1], axis=1)
    shares = [wilson(int(count), len(every)) for count in every.sum(axis=0)]
    table = _rows(target, np.full(len(shares), len(every)), [each.share for each in shares])
    table["low"], table["high"] = [each.low for each in shares], [each.high for each in shares]
    return _with_differences(
        table,
        difference_of_shares(first, every),
        evidence_of_shares(first, every),
        (first == every).all(axis=0),
    )


def _means(values: Sequence[np.ndarray], k: int, target: Target) -> pd.DataFrame:
    every = np.stack([each[:, k] for each in values], axis=1)
    there = ~np.isnan(every)
    if there.all():
        return _of_means(target, every, every[:, :1])
    # One that does not apply to every history is compared over the pairs in which both have it.
    rows = []
    for at in range(every.shape[1]):
        pairs, column = there[:, 0] & there[:, at], every[:, at : at + 1]
        alone = _of_means(target, column[there[:, at]])
        together = _of_means(target, column[pairs], every[pairs, :1])
        rows.append(alone.assign(point=at + 1, **{name: together[name] for name in DIFFERENCE}))
    return pd.concat(rows, ignore_index=True)


def _of_means(target: Target, every: np.ndarray, first: np.ndarray | None = None) -> pd.DataFrame:
    """Return the rows of the means of columns, with their differences from a `first` one, (histories, 1)."""
    number, columns = every.shape
    if not number:
        nothing = _rows(target, np.zeros(columns, dtype=np.int64), np.full(columns, np.nan))
        return nothing.assign(low=np.nan, high=np.nan, **dict(zip(DIFFERENCE, NO_DIFFERENCE, strict=True)))
    mean = difference_of_means(np.zeros_like(every), every)
    table = _rows(target, np.full(columns, number), mean.value).assign(low=mean.low, high=mean.high)
    if first is None:
        return table.assign(**dict(zip(DIFFERENCE, NO_DIFFERENCE, strict=True)))
    first = np.repeat(first, columns, axis=1)
    difference = difference_of_means(first, every)
    return _with_differences(
        table, difference, evidence_of_means(every - first), (first == every).all(axis=0)
    )


def _rows(target: Target, number: np.ndarray, value: Sequence[float] | np.ndarray) -> pd.DataFrame:
    points = range(1, len(number) + 1)
    return pd.DataFrame({"point": points, "outcome": target.text, "number": number, "value": value})


def _with_differences(
    table: pd.DataFrame, difference: Estimate, evidence: np.ndarray, equal: np.ndarray
) -> pd.DataFrame:
    found = (difference.value, difference.low, difference.high, evidence, equal)
    return table.assign(**dict(zip(DIFFERENCE, found, strict=True)))
