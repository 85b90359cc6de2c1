"""Which inputs go with the result once reports have given the histories weights: rank correlations."""

from __future__ import annotations

from html import escape

import numpy as np

from simulation.outcomes.labels import INPUT_PREFIX, describe, input_columns
from simulation.report.forest import ForestGroup, ForestRow, forest
from simulation.report.markup import Table, figure
from simulation.report.run.report_input import PEOPLE, ReportInput
from simulation.report.run.sources import link
from simulation.report.style import axis
from simulation.statistics import weighted
from simulation.statistics.evidence import HIGHER, UNCLEAR
from simulation.statistics.intervals import weights_of
from simulation.statistics.rank_correlations import Correlation, rank_correlations
from simulation.wording.phrases import sentence

FEWEST = 20
"""An effective sample size below this leaves every correlation open."""
MOST = 10
WHY = (
    "After the reports the inputs hang together: what was reported can come of a weak army or of a bold attack, so "
    "that to learn of the one is to learn of the other. Shares of variance mean nothing then. What can be said is how "
    "far an outcome goes with an input over the histories, counted by weight: Spearman's rank correlation."
)
READING = (
    "How to read it: to the right of zero, more of the input goes with more of the outcome; to the left, with less. "
    "The line is the interval of as many histories as the effective sample size, wide enough to hold for all inputs at "
    "once."
)


def weighted_drivers(material: ReportInput) -> str:
    """Return one chart for each chosen outcome that varies where there is weight."""
    outcomes = material.results.outcomes
    known = weights_of(outcomes)
    weights = np.ones(len(outcomes)) if known is None else known
    size = weighted.effective_size(weights)
    if size < FEWEST:
        return f"<p>Histories worth {size:,.0f} are too few to say which inputs matter; it takes {FEWEST} or more.</p>"
    inputs = [name for name in input_columns(outcomes) if outcomes.loc[weights > 0, name].nunique() > 1]
    names = [name for name in material.drivers or PEOPLE if name in outcomes]
    charts = [
        _chart(material, name, found)
        for name in names
        if (found := rank_correlations(outcomes, inputs, name)[:MOST])
    ]
    return f'<p class="note">{escape(WHY)}</p>{"".join(charts)}'


def _chart(material: ReportInput, name: str, found: list[Correlation]) -> str:
    label = describe(name, material.names).label
    rows = tuple(_row(material, each) for each in found)
    clear = sum(row.verdict == HIGHER for row in rows)
    plot = forest(
        f"plot-drivers-{name}",
        [ForestGroup(label=f"{clear} of the {len(rows)} strongest stand out", rows=rows)],
        axis=axis("rank correlation", range=[-1.05, 1.05], nticks=5),
        zero=0,
        told=f"Rank correlations of inputs with {label}",
    )
    cells = tuple(
        (link(material, each.column.removeprefix(INPUT_PREFIX), row.label), row.note, row.words)
        for each, row in zip(found, rows, strict=True)
    )
    table = Table(
        headings=("input", "what it means", "correlation, with its interval"), rows=cells, numbers=(2,)
    )
    return figure(plot.html(), title=f"What goes with {label}", reading=READING, table=table)


def _row(material: ReportInput, each: Correlation) -> ForestRow:
    clear = bool(np.sign(each.low) == np.sign(each.high) != 0)
    return ForestRow(
        label=sentence(material.input_label(each.column)),
        note=material.input_meaning(each.column),
        value=each.value,
        low=each.low,
        high=each.high,
        verdict=HIGHER if clear else UNCLEAR,
        words=f"{each.value:+.2f} ({each.low:+.2f} to {each.high:+.2f})",
    )
