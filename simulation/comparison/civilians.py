"""What a comparison says of civilians: under which scenario the number killed changes most, as a ratio."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.comparison.sentences import CLEAR, Told, count_span
from simulation.wording.phrases import amount, listed, number, under
from simulation.wording.plain import Row, rows_of

KILLED = "civilians_killed"


def ratio_size(row: Row) -> float:
    """Return how far a mean lies from the reference's, in doublings or halvings; inf from or to nothing."""
    before, after = float(row["mean_reference"]), float(row["mean"])
    if before == after:
        return 0.0
    return abs(math.log2(after / before)) if before > 0 and after > 0 else math.inf


def ranked_by_ratio(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with a verdict, the one whose mean changes most as a ratio first."""
    clear = [row for row in rows if row["verdict"] in CLEAR]
    return sorted(clear, key=ratio_size, reverse=True)


def killed_row(told: Told) -> Row | None:
    """Return the row on civilians killed, or None where none is killed in any history."""
    rows = rows_of(told.outcomes[told.outcomes["outcome"] == KILLED])
    return rows[0] if rows and max(rows[0]["mean_reference"], rows[0]["mean"]) > 0 else None


def civilians_words(ranked: Sequence[Told]) -> str:
    """Return who is killed more or less under which scenario, the largest ratio first; "" without any killed."""
    named = [{"name": each.name} | dict(row) for each in ranked if (row := killed_row(each)) is not None]
    clear = ranked_by_ratio(named)
    told = [_scenario(row, first=row is clear[0]) for row in clear]
    silent = [str(row["name"]) for row in named if row not in clear]
    if silent:
        told.append(f"{under(listed(silent))} the number killed cannot be told from {ranked[0].reference}.")
    return " ".join(told)


def _scenario(row: Row, *, first: bool) -> str:
    here, there = (amount(float(row[name]), "people") for name in ("mean", "mean_reference"))
    who = "civilians are killed on average" if first else "are killed"
    return f"{under(row['name'])}, {here} instead of {there} {who}{_times(row)} (95 %: {count_span(row)})."


def _times(row: Row) -> str:
    """Return ", 1.9 times as many" where both means are above nothing."""
    if not math.isfinite(ratio_size(row)):
        return ""
    return f", {number(float(row['mean']) / float(row['mean_reference']))} times as many"
