"""The rows of the table of points where the histories of each point have weights of their own, after reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.errors import RunError
from simulation.outcomes.targets import Target
from simulation.results.folder import Results
from simulation.statistics import own_weights, weighted, weighted_pairs
from simulation.statistics.intervals import WEIGHT
from simulation.statistics.paired import Estimate

EFFECTIVE = "effective"
"""The column that says what the histories of a point that have the outcome are worth."""


def weights_at(runs: Sequence[Results], replicates: np.ndarray) -> list[np.ndarray] | None:
    """Return what some histories count at each point, f8 (histories,); None where all count alike everywhere.

    RunError where no history of a point agrees with the reports.
    """
    if not any(run.manifest.reports for run in runs):
        return None
    found = [
        run.outcomes.set_index("replicate").loc[replicates, WEIGHT].to_numpy(dtype=float) for run in runs
    ]
    for k, weights in enumerate(found, start=1):
        if not weights.any():
            raise RunError(
                f"at point {k} none of {len(weights):,} histories agrees with all reports: play more, or doubt one"
            )
    return None if all((each == each[0]).all() for each in found) else found


def rows_by_weight(
    values: Sequence[np.ndarray], weights: Sequence[np.ndarray], k: int, target: Target
) -> pd.DataFrame:
    """Return the rows of all points for target k; `values` are those of each point, f8 (histories, targets)."""
    columns = [each[:, k] for each in values]
    return pd.DataFrame(
        {"point": at, "outcome": target.text}
        | _alone(column, counting, target)
        | _against(columns[0], column, weights[0], counting)
        for at, (column, counting) in enumerate(zip(columns, weights, strict=True), start=1)
    )


def _alone(column: np.ndarray, weights: np.ndarray, target: Target) -> dict[str, float]:
    """Return how many histories have it, what they are worth, and its value with its interval."""
    there = ~np.isnan(column) & (weights > 0)
    number, size = int((~np.isnan(column)).sum()), _size(weights[there])
    if not there.any():
        return {"number": 0, EFFECTIVE: 0.0, "value": np.nan, "low": np.nan, "high": np.nan}
    held, counting = column[there], weights[there]
    if target.is_share:
        value, low, high = weighted.share(held.astype(bool), counting)
    else:
        mean = weighted_pairs.difference_of_means(
            np.zeros((len(held), 1)), held[:, None], weighted.uneven(counting)
        )
        value, low, high = (float(each[0]) for each in (mean.value, mean.low, mean.high))
    return {"number": number, EFFECTIVE: size, "value": value, "low": low, "high": high}


def _against(
    reference: np.ndarray, column: np.ndarray, of_reference: np.ndarray, weights: np.ndarray
) -> dict[str, float | bool]:
    """Return the difference from the first point, over the pairs in which both have it."""
    both = ~np.isnan(reference) & ~np.isnan(column)
    if not (of_reference[both] > 0).any() or not (weights[both] > 0).any():
        nothing = Estimate(value=np.array([np.nan]), low=np.array([np.nan]), high=np.array([np.nan]))
        return _told(nothing, 0.0, same=False)
    pair = reference[both, None], column[both, None], of_reference[both], weights[both]
    stake = float(own_weights.evidence_of_means(*pair)[0])
    return _told(own_weights.difference_of_means(*pair), stake, same=bool(own_weights.equal(*pair)[0]))


def _told(difference: Estimate, stake: float, *, same: bool) -> dict[str, float | bool]:
    ends = {
        "difference": difference.value,
        "difference_low": difference.low,
        "difference_high": difference.high,
    }
    return {name: float(each[0]) for name, each in ends.items()} | {"evidence": stake, "equal": same}


def _size(weights: np.ndarray) -> float:
    return weighted.effective_size(weights) if weights.any() else 0.0
