"""When places fall: a step curve for each, labelled where it ends."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from simulation.report.markup import Cell, Plot, Table, figure
from simulation.report.run.report_input import ReportInput
from simulation.report.run.sources import link
from simulation.report.style import SEQUENCE, axis, layout
from simulation.results.summary import fallen_shares, falls, taken_shares
from simulation.statistics.intervals import FallCurve, fall_curve, weights_of
from simulation.wording.phrases import NOTHING, interval, listed, of_hundred

CURVES = 8
HEIGHT = 400
LEAST_ROOM, MOST_ROOM, LETTER = 108, 160, 7.4
"""Room for labels beside curves on a narrow screen, and for one letter [px]."""
MOST_LETTERS = 17
"""Letters of a place's name for which there is room beside the curves on any screen."""
LABEL_GAP = 5.6  # of 100 histories: one line of text at this height


def falls_section(material: ReportInput) -> str:
    """Return the curves of the places that fall most often, or of those the scenario asks about."""
    results = material.results
    shares = fallen_shares(results)
    names = _chosen(material)
    if not names:
        return "<p>No named place fell in any history.</p>"
    days = np.concatenate([days[names].to_numpy() for _, days in falls(results)])
    outcomes = results.columns("end_day")
    ends, weights = outcomes["end_day"].to_numpy(dtype=float), weights_of(outcomes)
    curves = [fall_curve(name, days[:, k], ends, weights) for k, name in enumerate(names)]
    taken = taken_shares(results)
    rows = tuple(
        (
            link(material, name, group="places"),
            _holder(material, results.manifest.places[name]),
            of_hundred(taken[name]),
            of_hundred(shares[name]),
            interval(shares[name]),
            _half_day(curve),
        )
        for name, curve in zip(names, curves, strict=True)
    )
    headings = (
        "place",
        "held by on day 0",
        "taken",
        "fallen",
        "95 % interval (fallen)",
        "fallen in half by day",
    )
    table = Table(headings=headings, rows=rows, numbers=(2, 3, 4, 5))
    plot = _plot(
        curves, [beside_curve(material.short_places.get(name, name)) for name in names], results.manifest.days
    )
    return figure(plot.html(), reading=_reading(material), table=table)


def _holder(material: ReportInput, actor: str) -> Cell:
    return link(material, actor, material.names.get(actor, actor), "actors")


def _chosen(material: ReportInput) -> list[str]:
    shares = fallen_shares(material.results)
    taken = taken_shares(material.results)
    wanted = [name for name in material.focus_places if name in shares]
    ranked = sorted(shares, key=lambda name: (-taken[name].count, -shares[name].count, name))
    return (
        wanted
        or [name for name in ranked if taken[name].count]
        or [name for name in ranked if shares[name].count]
    )[:CURVES]


def _reading(material: ReportInput) -> str:
    gone = [material.clauses.get(name, name) for name in material.results.manifest.dissolves]
    text = (
        "How to read it: follow a line to a day; its height is the number of histories, out of 100, in which "
        "that place had left the hands of its first holder by then. A line that stays low is a place that "
        "mostly holds."
    )
    if gone:
        text += (
            f" Where {listed(gone)}, the history stops, and every place its government still held counts as "
            "fallen on that day; the table gives apart how often a place was taken before."
        )
    return text


def _plot(curves: list[FallCurve], names: list[str], last: float) -> Plot:
    heights = [round(100 * float(curve.shares[-1]), 6) for curve in curves]
    labels = spaced(heights, LABEL_GAP)
    return Plot(
        id="plot-falls",
        data=[_line(curve, row, last) for row, curve in enumerate(curves)],
        layout=layout(
            margin={"l": 50, "r": 150, "t": 10, "b": 46},
            xaxis=axis("day", range=[0, last]),
            yaxis=axis("histories out of 100", range=[0, max(102.0, max(labels) + 3)]),
            annotations=[
                _label(name, row, last, height, at)
                for row, (name, height, at) in enumerate(zip(names, heights, labels, strict=True))
            ],
        ),
        narrow={"margin": {"l": 46, "r": _room(names), "t": 10, "b": 46}},
        height=HEIGHT,
        alternative="Step curves of the share of histories in which a place has fallen; by the end: "
        + listed(
            [f"{curve.place} {height:.0f} of 100" for curve, height in zip(curves, heights, strict=True)]
        ),
    )


def _line(curve: FallCurve, row: int, last: float) -> dict[str, Any]:
    inside = curve.days <= last
    days = [0.0, *curve.days[inside].tolist(), last]
    shares = [0.0, *(100 * curve.shares[inside]).tolist()]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escape(curve.place),
        "x": days,
        "y": [*shares, shares[-1]],
        "line": {"shape": "hv", "color": SEQUENCE[row], "width": 2.4},
        "hovertemplate": f"{escape(curve.place)}: %{{y:.0f}} of 100 by day %{{x:.1f}}<extra></extra>",
    }


def _room(names: list[str]) -> int:
    """Return the px that the longest label beside the curves takes on a narrow screen."""
    longest = max(map(len, names), default=0)
    return min(MOST_ROOM, max(LEAST_ROOM, round(LETTER * (longest + len(": 100")))))


def beside_curve(name: str) -> str:
    """Return a place's short name, cut where the room beside a curve ends."""
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def _label(name: str, row: int, last: float, height: float, at: float) -> dict[str, Any]:
    return {
        "text": f"{escape(name)}: {height:.0f}",
        "x": 1,
        "xref": "paper",
        "y": at,
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 6,
        "showarrow": False,
        "font": {"color": SEQUENCE[row], "size": 13},
    }


def spaced(heights: list[float], gap: float) -> list[float]:
    """Return positions for labels near their heights, at least `gap` apart, none below 0, in their order."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = [0.0] * len(heights)
    floor = 0.0
    for index in order:
        placed[index] = max(heights[index], floor)
        floor = placed[index] + gap
    return placed


def _half_day(curve: FallCurve) -> str:
    reached = np.flatnonzero(curve.shares >= 0.5)
    return f"{curve.days[reached[0]]:.1f}" if len(reached) else NOTHING
