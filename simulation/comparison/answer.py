"""The answer of a comparison: which scenario matters most for how histories end, how sure that is, and civilians."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from simulation.comparison.civilians import civilian_findings, killed_row, ratio_size
from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.comparison.selection import (
    clear_falls,
    clear_outcomes,
    clearest_first,
    largest_first,
    nothing_differs,
)
from simulation.statistics.evidence import CLEAR
from simulation.statistics.paired import resampled_sums
from simulation.statistics.related import worth_of
from simulation.statistics.weighted_pairs import apart


def answer_findings(ranked: Sequence[ScenarioTables], first_of_hundred: float) -> tuple[Finding, ...]:
    """Return the findings of the answer: how it ends, civilians, and what else where neither can be told apart.

    `ranked` has the scenario first that moves an ending furthest; `first_of_hundred` says how often it stays
    the first when all histories are played again.
    """
    if all(each.identical for each in ranked):
        return (nothing_differs(ranked[0]),)
    found = [*_endings(ranked, first_of_hundred), *civilian_findings(ranked)]
    return (*found, *([] if any(map(_is_clear, ranked)) else _something_else(ranked)))


def weight(tables: ScenarioTables) -> tuple[float, float, int]:
    """Return how much differs, to rank by: the largest clear change of an ending, then of the number killed.

    That is as drawn: a difference of shares, and a ratio in doublings; at last counts the number of clear
    outcomes.
    """
    endings, row = largest_first(tables.endings), killed_row(tables)
    killed = ratio_size(row) if row is not None and row["verdict"] in CLEAR else 0.0
    return (abs(endings[0]["difference"]) if endings else 0.0, killed, len(clearest_first(tables.outcomes)))


def stays_first(endings: Sequence[pd.Series], first: int, weights: np.ndarray | None = None) -> float:
    """Return in how many of 100 bootstrap samples a scenario moves an ending further than all others.

    `endings` gives the ending of every history, the reference's first; `first` counts from 1. `weights` are what each
    history counts, None where they count alike.
    """
    ended = [pd.get_dummies(each.reset_index(drop=True)).astype(float) for each in endings]
    moved = [other.sub(ended[0], fill_value=0.0).fillna(0.0) for other in ended[1:]]
    if weights is not None:
        moved = [each.mul(weights, axis=0) for each in moved]
    worth = 1.0 if weights is None else worth_of(weights)
    drawn = [apart(resampled_sums(each), each.sum(axis=0), worth) for each in map(np.asarray, moved)]
    furthest = np.column_stack([np.abs(each).max(axis=1) for each in drawn])
    return float(100 * (furthest.argmax(axis=1) == first - 1).mean())


def _endings(ranked: Sequence[ScenarioTables], first_of_hundred: float) -> Iterator[Finding]:
    first, *others = ranked
    if not largest_first(first.endings):
        yield from (each.finding(FindingKind.NO_ENDING_CLEAR) for each in ranked)
        return
    yield _furthest(first, FindingKind.FURTHEST_ENDING)
    if others:
        yield first.finding(FindingKind.STAYS_FIRST, of_hundred=first_of_hundred)
        if largest_first(others[0].endings):
            yield _furthest(others[0], FindingKind.NEXT_ENDING)
    for each in others:
        if not largest_first(each.endings):
            yield each.finding(FindingKind.ENDINGS_UNCLEAR)


def _furthest(tables: ScenarioTables, kind: FindingKind) -> Finding:
    return tables.of_share(kind, largest_first(tables.endings)[0], "ending")


def _is_clear(tables: ScenarioTables) -> bool:
    """Return whether an ending, or the number of civilians killed, can be told from the reference's."""
    row = killed_row(tables)
    return bool(largest_first(tables.endings)) or (row is not None and row["verdict"] in CLEAR)


def _something_else(ranked: Sequence[ScenarioTables]) -> Sequence[Finding]:
    """Return the first that is clear of anything else, or of every scenario that nothing is."""
    clear = (finding for each in ranked for finding in (*clear_outcomes(each), *clear_falls(each)))
    first = next(clear, None)
    return [first] if first else [each.finding(FindingKind.NOTHING_CLEAR) for each in ranked]
