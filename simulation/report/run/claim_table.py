"""Claims compared with what happened in the histories."""

from __future__ import annotations

import numpy as np

from simulation.outcomes.labels import describe, spell
from simulation.report.markup import Cell, Table, figure
from simulation.report.run.report_input import ClaimRow, ReportInput
from simulation.report.run.sources import link
from simulation.statistics.intervals import share_of, spread, weights_of
from simulation.wording.phrases import NOTHING, amount, number, of_hundred, range_heading, span

FIRST_DAYS = 2
"""Days: claims are compared with what has happened by then."""


def claims_section(material: ReportInput) -> str:
    """Return the claims beside what happened in the histories."""
    if not material.claims:
        return "<p>This scenario compares no claims with its histories.</p>"
    headings = (
        "claim",
        "said by",
        "verified",
        "claimed",
        f"median ({range_heading(material.histories)})",
        "at or above the claim",
    )
    measured = [row for row in material.claims if _is_measured(material, row)]
    others = tuple(_claimed(material, row) for row in material.claims if not _is_measured(material, row))
    table = Table(headings=headings, rows=tuple(_claim(material, row) for row in measured), numbers=(3, 5))
    rest = Table(headings=headings[:3], rows=others)
    reading = (
        "How to read it: if almost all or almost no histories reach a claimed number, then the claim, the "
        "inputs or the model is off; which of them, the table cannot say. A claim is not a fact: “no” under "
        "“verified” means that nobody independent had confirmed it when the document was written."
    )
    days = material.results.manifest.days
    if days < FIRST_DAYS:
        reading += (
            f" This run ends on day {days:g}, before what is said of 48 hours: numbers are those at its end."
        )
    if not measured:
        html = "<p>No claim gives a number that the histories could be compared with.</p>"
        return html + _folded(rest)
    what = "they shape the world (who fights whom, who helps whom) or cannot be counted"
    name = f"The other claims ({len(others)}): {what}"
    return figure(table.html(), reading=reading, table=rest if others else None, table_name=name)


def _folded(table: Table) -> str:
    """Return the claims that are not compared with anything."""
    summary = f"<summary>All claims ({len(table.rows)})</summary>"
    return f'<details class="numbers">{summary}{table.html()}</details>'


def _is_measured(material: ReportInput, row: ClaimRow) -> bool:
    return row.outcome is not None and row.outcome in material.results.outcomes


def _claimed(material: ReportInput, row: ClaimRow) -> tuple[Cell, ...]:
    text = link(material, row.id, f"{row.sentence} [{row.id}]", "claims")
    return text, spell(row.said_by), "yes" if row.verified else "no"


def _claim(material: ReportInput, row: ClaimRow) -> tuple[Cell, ...]:
    head = _claimed(material, row)
    outcomes = material.results.outcomes
    assert row.outcome is not None, "only measured claims come here"
    values, weights = outcomes[row.outcome].to_numpy(dtype=float), weights_of(outcomes)
    meaning, (low, _, middle, _, high) = describe(row.outcome, material.names), spread(values, weights).marks
    told = f"{amount(middle, meaning.unit)} ({span(low, high)}) {meaning.label}"
    happened = link(material, row.outcome, told, "results")
    if row.value is None:
        return (*head, "no number", happened, NOTHING)
    known = ~np.isnan(values)
    counting = None if weights is None else weights[known]
    reached = of_hundred(share_of(values[known] >= row.value, counting)) if known.any() else NOTHING
    return (*head, number(row.value), happened, reached)
