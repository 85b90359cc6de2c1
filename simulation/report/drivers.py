"""Which inputs drive the result: rank correlations of inputs with outcomes."""

from __future__ import annotations

from html import escape
from textwrap import shorten, wrap
from typing import Any

from simulation.report.markup import Plot, Table, figure
from simulation.report.material import ReportInput
from simulation.report.sources import link
from simulation.report.style import ACCENT, INK, PAPER, axis, layout
from simulation.results.outcomes import INPUT_PREFIX, describe, input_columns, spell
from simulation.results.statistics import Correlation, rank_correlations
from simulation.results.words import sentence

TOP = 10
ROW = 40
LONGEST, LINE = 46, 34
READING = (
    "How to read it: a dot to the right means that histories with more of this input tend to have more of "
    "the outcome; to the left, less. 0 means no connection, 1 and \u22121 perfect order. The line is the 95 "
    "% interval, widened because so many inputs are looked at together; a hollow dot cannot be told from 0. "
    "What each input means, and where it comes from, is behind the links in the table of the figure."
)
SHORT = "How to read it: as the figure before."
USUAL = ("area_km2_government", "displaced_peak", "civilians_killed")


def drivers_section(material: ReportInput) -> str:
    """Return one chart for each chosen outcome that varies."""
    outcomes = material.results.outcomes
    names = [name for name in material.drivers or USUAL if name in outcomes]
    found = {name: rank_correlations(outcomes, input_columns(outcomes), name)[:TOP] for name in names}
    shown = {name: items for name, items in found.items() if items}
    charts = [_chart(material, name, items, first=not row) for row, (name, items) in enumerate(shown.items())]
    if not charts:
        return "<p>No input varies in this run, or there are too few cases: all differences are chance.</p>"
    warning = (
        "A correlation is not the whole story: it sees one input at a time and only whether more of it goes "
        "with more of the outcome. An input that matters through others, or whose effect turns round "
        "half-way, can stand near zero here; and what correlates inside the model need not be a cause in the "
        "world."
    )
    return f'<p class="note">{escape(warning)}</p>{"".join(charts)}'


def _chart(material: ReportInput, outcome: str, items: list[Correlation], *, first: bool) -> str:
    meaning = describe(outcome, material.names)
    labels = [sentence(spell(item.column.removeprefix(INPUT_PREFIX))) for item in items]
    names = [item.column.removeprefix(INPUT_PREFIX) for item in items]
    rows = tuple(
        (link(material, name, label), f"{item.value:+.2f}", f"{item.low:+.2f} to {item.high:+.2f}")
        for name, label, item in zip(names, labels, items, strict=True)
    )
    table = Table(headings=("input", "rank correlation", "95 % interval"), rows=rows, numbers=(1, 2))
    title = f"What goes with {meaning.label}"
    return figure(
        _plot(outcome, labels, items).html(), title=title, reading=READING if first else SHORT, table=table
    )


def _plot(outcome: str, labels: list[str], items: list[Correlation]) -> Plot:
    count = len(items)
    zero = {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": -0.8,
        "y1": count - 0.4,
        "line": {"color": INK, "width": 1},
    }
    return Plot(
        id=f"plot-drivers-{outcome}",
        data=[_dots(items)],
        layout=layout(
            margin={"l": 250, "r": 16, "t": 4, "b": 46},
            xaxis=axis("rank correlation, \u22121 to 1", range=[-1, 1], dtick=0.5),
            yaxis={"visible": False, "range": [count - 0.4, -0.8], "fixedrange": True},
            shapes=[zero],
            annotations=[_beside(row, text) for row, text in enumerate(labels)],
        ),
        narrow={
            "margin": {"l": 10, "r": 14, "t": 4, "b": 46},
            "annotations": [_above(*row) for row in enumerate(labels)],
        },
        height=ROW * count + 56,
        alternative="Dots with intervals: "
        + "; ".join(f"{text} {item.value:+.2f}" for text, item in zip(labels, items, strict=True)),
    )


def _dots(items: list[Correlation]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "y": list(range(len(items))),
        "x": [item.value for item in items],
        "marker": {
            "size": 10,
            "color": [PAPER if item.low <= 0 <= item.high else ACCENT for item in items],
            "line": {"color": ACCENT, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [item.high - item.value for item in items],
            "arrayminus": [item.value - item.low for item in items],
            "color": ACCENT,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertemplate": [
            f"{item.value:+.2f}, interval {item.low:+.2f} to {item.high:+.2f}<extra></extra>"
            for item in items
        ],
    }


def _beside(row: int, text: str) -> dict[str, Any]:
    lines = wrap(shorten(text, 2 * LINE, placeholder=" …"), LINE)
    return {
        "text": "<br>".join(escape(line) for line in lines),
        "x": 0,
        "xref": "paper",
        "y": row,
        "xanchor": "right",
        "yanchor": "middle",
        "xshift": -10,
        "align": "right",
        "showarrow": False,
        "font": {"size": 13},
    }


def _above(row: int, text: str) -> dict[str, Any]:
    return {
        "text": escape(shorten(text, LONGEST, placeholder=" …")),
        "x": 0,
        "xref": "paper",
        "y": row - 0.42,
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": 12},
        "bgcolor": PAPER,
        "borderpad": 0,
    }
