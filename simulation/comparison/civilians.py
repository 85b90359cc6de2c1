"""What a comparison finds of civilians: under which scenario the number killed changes most, as a ratio."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.statistics.evidence import CLEAR
from simulation.wording.plain import Row, rows_of

CIVILIANS_KILLED = "civilians_killed"


def ratio_size(row: Mapping[str, float]) -> float:
    """Return how far a mean lies from the reference's, in doublings or halvings; inf from or to nothing."""
    before, after = float(row["mean_reference"]), float(row["mean"])
    if before == after:
        return 0.0
    return abs(math.log2(after / before)) if before > 0 and after > 0 else math.inf


def ranked_by_ratio(rows: Sequence[Row]) -> list[Row]:
    """Return the clear rows, the one whose mean changes most as a ratio first."""
    clear = [row for row in rows if row["verdict"] in CLEAR]
    return sorted(clear, key=ratio_size, reverse=True)


def killed_row(tables: ScenarioTables) -> Row | None:
    """Return the row on civilians killed, or None where none is killed in any history."""
    rows = rows_of(tables.outcomes[tables.outcomes["outcome"] == CIVILIANS_KILLED])
    return rows[0] if rows and max(rows[0]["mean_reference"], rows[0]["mean"]) > 0 else None


def civilian_findings(ranked: Sequence[ScenarioTables]) -> Iterator[Finding]:
    """Yield under which scenario who is killed more or less, the largest ratio first, then what is not clear."""
    rows = [(each, row) for each in ranked if (row := killed_row(each)) is not None]
    clear = [(each, row) for each, row in rows if row["verdict"] in CLEAR]
    for each, row in sorted(clear, key=lambda pair: ratio_size(pair[1]), reverse=True):
        yield each.of_mean(FindingKind.KILLED, row)
    for each, row in rows:
        if row["verdict"] not in CLEAR:
            yield each.of_mean(FindingKind.KILLED_UNCLEAR, row)
