"""Which rows of a scenario's tables are findings: what can be told from the reference, and what cannot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.reach import MEANS, reach_findings
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.outcomes.labels import columns_named
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.statistics.evidence import CLEAR, HIGHER, IDENTICAL, LOWER, UNCLEAR
from simulation.wording.plain import Row, rows_of

OTHERS = ("fighters_left_", "fighters_killed_", "people_held_", "area_km2_", "end_day", *MEANS)
"""Other outcomes worth a finding, as they are declared; the clearest of their columns make one."""
MOST_OUTCOMES = 3


def scenario_findings(tables: ScenarioTables) -> tuple[Finding, ...]:
    """Return what is found of a scenario: what is clear, what is not, how far it reaches, what is the same."""
    if tables.identical:
        return (nothing_differs(tables),)
    endings = [tables.of_share(FindingKind.ENDING, row, "ending") for row in largest_first(tables.endings)]
    found = [*endings, *clear_outcomes(tables), *clear_falls(tables)]
    if not found:
        found = [tables.finding(FindingKind.NOTHING_CLEAR)]
    elif not endings and not _of_civilians(tables):
        found = [tables.finding(FindingKind.NOTHING_ELSE_CLEAR), *found]
    return (*found, *_not_clear(tables), *reach_findings(tables), *_the_same(tables))


def nothing_differs(tables: ScenarioTables) -> Finding:
    """Return the finding on a scenario all of whose histories are the reference's."""
    return tables.finding(FindingKind.SAME_HISTORIES if tables.changes else FindingKind.SAME_SCENARIO)


def clear_outcomes(tables: ScenarioTables) -> Iterator[Finding]:
    """Yield what is clear of the outcomes: what happens to civilians, then what differs most clearly."""
    rows = clearest_first(tables.outcomes)
    civilians = [row for row in rows if row["outcome"] in CIVILIAN_OUTCOMES]
    worth = columns_named(OTHERS, (row["outcome"] for row in rows))
    others = [row for row in rows if row["outcome"] in worth]
    for row in [*civilians, *others][:MOST_OUTCOMES]:
        yield tables.of_mean(FindingKind.OUTCOME, row)


def clear_falls(tables: ScenarioTables) -> Iterator[Finding]:
    """Yield the place whose fall differs most, and how many others differ."""
    rows = largest_first(tables.falls)
    if rows:
        verdicts = [row["verdict"] for row in rows[1:]]
        others = {"more_often": verdicts.count(HIGHER), "less_often": verdicts.count(LOWER)}
        yield tables.of_share(FindingKind.FALL, rows[0], "place", **others)


def pairing_finding(pairs: int, endings: pd.DataFrame, outcomes: pd.DataFrame) -> Finding | None:
    """Return what pairing saved for the endings and for civilians, or None where no pair differs.

    It is the middle of the gains of all endings and of the outcomes that every comparison speaks of.
    """
    civilians = outcomes[outcomes["outcome"].isin(CIVILIAN_OUTCOMES)]
    gains = pd.concat([endings["gain"], civilians["gain"]]).to_numpy(dtype=float)
    gains = gains[np.isfinite(gains)]
    if not len(gains):
        return None
    histories = pairs * float(np.median(gains))
    return Finding(kind=FindingKind.PAIRING, numbers={"replicates": pairs, "histories": histories})


def clearest_first(table: pd.DataFrame) -> list[Row]:
    """Return the clear rows, the largest difference for the width of its interval first."""
    return sorted(
        _clear(table), key=lambda row: -abs(row["difference"]) / (row["high"] - row["low"] or 1e-300)
    )


def largest_first(table: pd.DataFrame) -> list[Row]:
    """Return the clear rows, the largest difference first."""
    return sorted(_clear(table), key=lambda row: -abs(row["difference"]))


def _clear(table: pd.DataFrame) -> list[Row]:
    return rows_of(table[table["verdict"].isin(CLEAR)])


def _of_civilians(tables: ScenarioTables) -> bool:
    return bool(_clear(tables.outcomes[tables.outcomes["outcome"].isin(CIVILIAN_OUTCOMES)]))


def _not_clear(tables: ScenarioTables) -> Iterator[Finding]:
    endings, outcomes = tables.endings, tables.outcomes
    for row in rows_of(endings[endings["verdict"] == UNCLEAR]):
        yield tables.of_share(FindingKind.ENDING_UNCLEAR, row, "ending")
    for row in rows_of(
        outcomes[outcomes["outcome"].isin(CIVILIAN_OUTCOMES) & (outcomes["verdict"] == UNCLEAR)]
    ):
        yield tables.of_mean(FindingKind.OUTCOME_UNCLEAR, row)


def _the_same(tables: ScenarioTables) -> Iterator[Finding]:
    endings = tables.endings
    for row in rows_of(endings[(endings["verdict"] == IDENTICAL) & (endings["share"] > 0)]):
        yield tables.of_share(FindingKind.ENDING_IDENTICAL, row, "ending")
