"""Claims compared with the histories, and how to repeat the run."""

from __future__ import annotations

from html import escape

import numpy as np

from simulation.outcomes.labels import describe, spell
from simulation.report.markup import Cell, Table, figure, items
from simulation.report.run.report_input import ClaimRow, ReportInput
from simulation.report.run.sources import link
from simulation.statistics.intervals import spread, wilson
from simulation.wording.phrases import NOTHING, amount, number, of_hundred


def claims_section(material: ReportInput) -> str:
    """Return the claims beside what happened in the histories."""
    if not material.claims:
        return "<p>This scenario compares no claims with its histories.</p>"
    headings = (
        "claim",
        "said by",
        "verified",
        "claimed",
        "histories: median (9 of 10)",
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


def repeat_section(material: ReportInput) -> str:
    """Return the exact command, what it was run with, and the licences of the data."""
    manifest = material.results.manifest
    packages = ", ".join(f"{name} {version}" for name, version in manifest.packages.items())
    facts = Table(
        headings=("", ""),
        rows=(
            ("scenario", f"{manifest.scenario} ({manifest.scenario_digest})"),
            ("seed", str(manifest.seed)),
            ("histories", _count(material)),
            ("days", number(manifest.days)),
            ("engine", manifest.engine_version),
            ("packages", packages),
            ("platform", f"Python {manifest.python}, {manifest.platform}"),
            ("run", f"{manifest.started} to {manifest.finished or 'not finished'}"),
        ),
    )
    text = (
        "Type it in the folder of this page, where scenario.yaml lies beside it. The same command with the "
        "same versions gives the same histories, with any number of workers."
    )
    licences = f"<h3>Data and licences</h3>{items(material.licences)}" if material.licences else ""
    return (
        f'<pre class="command" tabindex="0"><code>{escape(material.command)}</code></pre>'
        f"<p>{escape(text)}</p>"
        f'<div class="facts">{facts.html()}</div>{licences}'
    )


def _count(material: ReportInput) -> str:
    manifest = material.results.manifest
    text = f"{material.histories:,}, {manifest.per_case:,} for each draw of the inputs"
    return f"{text}; {len(manifest.failed):,} failed and are left out" if manifest.failed else text


def _claimed(material: ReportInput, row: ClaimRow) -> tuple[Cell, ...]:
    text = link(material, row.id, f"{row.sentence} [{row.id}]", "claims")
    return text, spell(row.said_by), "yes" if row.verified else "no"


def _claim(material: ReportInput, row: ClaimRow) -> tuple[Cell, ...]:
    head = _claimed(material, row)
    outcomes = material.results.outcomes
    assert row.outcome is not None, "only measured claims come here"
    values = outcomes[row.outcome].to_numpy(dtype=float)
    meaning, (low, _, middle, _, high) = describe(row.outcome, material.names), spread(values).quantiles
    unit = meaning.unit
    told = f"{amount(middle, unit)} ({amount(low, unit)} to {amount(high, unit)}) {meaning.label}"
    happened = link(material, row.outcome, told, "results")
    if row.value is None:
        return (*head, "no number", happened, NOTHING)
    kept = values[~np.isnan(values)]
    reached = of_hundred(wilson(int((kept >= row.value).sum()), len(kept))) if len(kept) else NOTHING
    return (*head, number(row.value), happened, reached)
