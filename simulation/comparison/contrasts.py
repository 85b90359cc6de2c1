"""The tables of a comparison: endings, outcomes, falls and moves of each scenario against the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.outcomes.labels import outcome_columns
from simulation.results.folder import Results
from simulation.statistics.evidence import (
    HIGHER,
    IDENTICAL,
    LOWER,
    UNCLEAR,
    WRONG,
    clear,
)
from simulation.statistics.intervals import fall_days
from simulation.statistics.paired import Estimate
from simulation.statistics.weighted import whole_parts
from simulation.statistics.weighted_pairs import (
    Weights,
    difference_of_means,
    difference_of_shares,
    equal,
    evidence_of_means,
    evidence_of_shares,
    gain,
    means,
    superiority,
)

SHARES = ("share_reference", "share", "difference", "low", "high", "gain", "verdict")
COLUMNS = {
    "endings": ("scenario", "ending", *SHARES),
    "outcomes": (
        "scenario", "outcome", "mean_reference", "mean", "difference", "low", "high", "superiority",
        "superiority_low", "superiority_high", "gain", "verdict",
    ),
    "falls": ("scenario", "place", *SHARES),
    "moves": ("scenario", "from_ending", "to_ending", "replicates"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Histories:
    """One scenario's histories, row k the k-th of the replicates that all scenarios have.

    `endings` names how each ended; `outcomes` is f8, `fallen` bool, with named columns.
    """

    endings: pd.Series
    outcomes: pd.DataFrame
    fallen: pd.DataFrame


def common_replicates(runs: Sequence[Results]) -> np.ndarray:
    """Return the numbers of the replicates that finished in every run, in order."""
    numbers = [run.outcomes["replicate"].to_numpy() for run in runs]
    kept = [np.isin(numbers[0], other) for other in numbers[1:]]
    return np.asarray(numbers[0][np.logical_and.reduce(kept)] if kept else numbers[0])


def histories(run: Results, replicates: np.ndarray) -> Histories:
    """Return the histories of some replicates; a place counts as fallen as in `fall_days`."""
    manifest, rows = run.manifest, run.outcomes.set_index("replicate").loc[replicates]
    falls = fall_days(run.places, run.outcomes, manifest.places, manifest.dissolves).loc[replicates]
    names = outcome_columns(run.outcomes)
    return Histories(
        endings=rows["ending"].astype(str), outcomes=rows[names].astype(float), fallen=falls < np.inf
    )


def contrasts(
    name: str,
    reference: Histories,
    other: Histories,
    endings: Sequence[str],
    weights: Weights = None,
    *,
    same: bool,
) -> dict[str, pd.DataFrame]:
    """Return the tables `endings`, `outcomes` and `falls` of a scenario against the reference.

    `weights` are what the pairs count, None where they count alike. `same` says that the two differ in nothing that
    decides a history: then no interval has any width.
    Verdicts count all the contrasts of their table, and each table has a third of the error (see `evidence`).
    """
    a, b = (pd.get_dummies(each.endings).reindex(columns=list(endings), fill_value=False)
             for each in (reference, other))  # fmt: skip
    tables = {
        "endings": _shares("ending", a, b, weights),
        "outcomes": _means(reference.outcomes, other.outcomes, weights),
        "falls": _shares("place", reference.fallen, other.fallen, weights),
    }
    wrong = WRONG / len(tables)
    found = {table: with_verdicts(rows, wrong).assign(scenario=name) for table, rows in tables.items()}
    if same:
        found = {table: _without_width(rows) for table, rows in found.items()}
    return {table: rows[list(COLUMNS[table])] for table, rows in found.items()}


def moves(name: str, reference: Histories, other: Histories, weights: Weights = None) -> pd.DataFrame:
    """Return how many replicates go from which ending to which, the commonest first; none is left out.

    By weight the numbers are whole ones that add up to all replicates, so that a rare move may have none.
    """
    ends = {"from_ending": reference.endings.to_numpy(), "to_ending": other.endings.to_numpy()}
    both = pd.DataFrame(ends)
    if weights is None:
        counts = both.value_counts(sort=True).rename("replicates").reset_index()
    else:
        held = both.assign(weight=weights).groupby(list(ends), as_index=False, observed=True)["weight"].sum()
        counts = held.assign(replicates=whole_parts(held["weight"].to_numpy(), len(both)))
        counts = counts[counts["replicates"] > 0].sort_values("weight", ascending=False, kind="stable")
    return counts.assign(scenario=name)[list(COLUMNS["moves"])]


def _shares(what: str, reference: pd.DataFrame, other: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    a, b = reference.to_numpy(bool), other.to_numpy(bool)
    rows = pd.DataFrame({what: list(reference.columns), "share_reference": means(a, weights)})
    rows["share"] = means(b, weights)
    rows[["difference", "low", "high"]] = _stacked(difference_of_shares(a, b, weights))
    rows["gain"], rows["equal"] = gain(a, b, weights), equal(a, b, weights)
    rows["evidence"] = evidence_of_shares(a, b, weights)
    return rows


def _means(reference: pd.DataFrame, other: pd.DataFrame, weights: Weights) -> pd.DataFrame:
    """Return the rows of all outcomes that can be compared, in the order of the columns."""
    rows = [_of_means(*some) for some in _comparable(reference, other, weights)]
    table = pd.concat(rows).set_index("outcome")
    return table.loc[[name for name in reference.columns if name in table.index]].reset_index()


def _comparable(
    reference: pd.DataFrame, other: pd.DataFrame, weights: Weights
) -> Iterator[tuple[list[str], np.ndarray, np.ndarray, Weights]]:
    """Yield the complete outcomes together, and each that does not apply to every history by itself.

    Such an outcome (NaN in some histories) is compared over the pairs in which both have it, if any of them counts.
    """
    there = reference.notna().to_numpy() & other.notna().to_numpy()
    names = [str(name) for name in reference.columns]
    whole = [name for name, all_there in zip(names, there.all(axis=0), strict=True) if all_there]
    yield whole, reference[whole].to_numpy(), other[whole].to_numpy(), weights
    for column, name in enumerate(names):
        pairs = there[:, column] if weights is None else there[:, column] & (weights > 0)
        if name not in whole and pairs.any():
            a, b = reference.loc[pairs, [name]].to_numpy(), other.loc[pairs, [name]].to_numpy()
            yield [name], a, b, None if weights is None else weights[pairs]


def _of_means(names: list[str], a: np.ndarray, b: np.ndarray, weights: Weights) -> pd.DataFrame:
    rows = pd.DataFrame({"outcome": names, "mean_reference": means(a, weights), "mean": means(b, weights)})
    rows[["difference", "low", "high"]] = _stacked(difference_of_means(a, b, weights))
    rows[["superiority", "superiority_low", "superiority_high"]] = _stacked(superiority(a, b, weights))
    rows["gain"], rows["equal"] = gain(a, b, weights), equal(a, b, weights)
    rows["evidence"] = evidence_of_means(b - a, weights)
    return rows


def _stacked(estimate: Estimate) -> np.ndarray:
    return np.column_stack([estimate.value, estimate.low, estimate.high])


def with_verdicts(rows: pd.DataFrame, wrong: float) -> pd.DataFrame:
    """Return the rows with their verdicts; where one is clear, zero lies outside the plain interval too."""
    sure = clear(rows["evidence"].to_numpy(), wrong)
    verdict = np.full(len(rows), UNCLEAR, dtype=object)
    verdict[sure & (rows["low"] > 0)] = HIGHER
    verdict[sure & (rows["high"] < 0)] = LOWER
    verdict[rows["equal"]] = IDENTICAL
    return rows.assign(verdict=verdict)


def _without_width(rows: pd.DataFrame) -> pd.DataFrame:
    points = {"low": 0.0, "high": 0.0, "superiority_low": 0.5, "superiority_high": 0.5}
    there = {name: point for name, point in points.items() if name in rows}
    return rows.assign(**{name: rows[name].mask(rows["equal"], point) for name, point in there.items()})
