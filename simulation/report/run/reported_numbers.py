"""The numbers that were reported, beside what the histories would have had the speakers say before and after."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PALE, axis, layout
from simulation.updating.change import Update
from simulation.updating.evidence import Pull
from simulation.updating.sentences import said_words
from simulation.wording.phrases import number, span

ROW, FOOT = 30, 56
LEAST, MOST = 1 / 64, 64.0
"""Ends of the scale; what lies beyond is drawn at its end."""
READING = (
    "How to read it: the bar holds 9 of 10 histories, with a mark at the median, of what the speaker would have said: "
    "pale before the reports, dark after them. The cross is what was said. Every number is divided by what was said, "
    "so that all fit one scale; from one mark of the scale to the next it is four times as much."
)


def reported_numbers(update: Update) -> str:
    """Return what speakers would have said beside what they said, for reports that are counts."""
    counts = [pull for pull in update.evidence.pulls if (_said(pull) or 0) > 0]
    if not counts:
        return ""
    headings = ("report", "what was said", "before the reports", "after them")
    rows = tuple(
        (pull.report.id, said_words(pull.report), _range(pull, after=False), _range(pull, after=True))
        for pull in counts
    )
    return figure(
        _predicted_plot(counts).html(),
        title="What was said, and what the histories would have had said",
        reading=READING,
        table=Table(headings=headings, rows=rows, numbers=(1, 2, 3)),
    )


def _said(pull: Pull) -> float | None:
    return pull.report.low if pull.report.low is not None else pull.report.high


def _range(pull: Pull, *, after: bool) -> str:
    low, _, middle, _, high = (pull.after if after else pull.before).marks
    return f"{number(middle)} ({span(low, high)})"


def _predicted_plot(pulls: Sequence[Pull]) -> Plot:
    data = []
    for shift, colour, name in ((-0.13, PALE, "before"), (0.13, ACCENT, "after")):
        for row, pull in enumerate(pulls):
            spread = pull.before if name == "before" else pull.after
            scaled = [min(max(mark / (_said(pull) or 1.0), LEAST), MOST) for mark in spread.marks]
            data.append(_bar(scaled, row + shift, colour, f"{pull.report.id} {name}"))
    rows = list(range(len(pulls)))
    ticks = [2.0**k for k in range(-6, 7, 2)]
    return Plot(
        id="plot-updated-said",
        data=[*data, _crosses(rows)],
        layout=layout(
            margin={"l": 52, "r": 16, "t": 4, "b": 46},
            xaxis=axis("times what was said", type="log", range=[-1.85, 1.85])
            | {
                "tickvals": ticks,
                "ticktext": [f"{tick:g}" if tick >= 1 else f"1/{1 / tick:g}" for tick in ticks],
            },
            yaxis={
                "tickvals": rows,
                "ticktext": [pull.report.id for pull in pulls],
                "range": [len(pulls) - 0.4, -0.6],
                "fixedrange": True,
            },
        ),
        height=ROW * len(pulls) + FOOT,
        alternative="Bars of what speakers would have said, before and after the reports: "
        + "; ".join(
            f"{p.report.id} said {said_words(p.report)}, after {_range(p, after=True)}" for p in pulls
        ),
    )


def _bar(marks: Sequence[float], row: float, colour: str, name: str) -> dict[str, Any]:
    low, _, middle, _, high = marks
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [low, middle, high],
        "y": [row, row, row],
        "line": {"color": colour, "width": 5},
        "marker": {"size": [1, 9, 1], "color": colour},
        "hovertemplate": f"{escape(name)}: %{{x:.2g}} times what was said<extra></extra>",
    }


def _crosses(rows: Sequence[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [1.0] * len(rows),
        "y": list(rows),
        "marker": {"symbol": "x", "color": INK, "size": 9},
        "hoverinfo": "skip",
    }
