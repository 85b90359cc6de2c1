"""Each condition as a picture: how often it happens along the input, and where the condition lies."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np

from simulation.report.discovery.subject import DiscoverySubject
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PALE, PAPER, axis, layout, rgba
from simulation.scenario_discovery.condition import FEW_VALUES, Condition, share_worth, shown
from simulation.wording.phrases import number, sentence

HEIGHT, PARTS = 240, 8
READING = (
    "How to read it: the histories are parted into equal numbers along the input, from few to much. A bar says in how "
    "many of 100 of them it happened, the line is the 95 % interval. The shaded stretch is the condition, and the bars "
    "in it are dark. Here all histories are counted, with whatever the other inputs were."
)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Histories that lie next to each other along an input: its lowest and highest value, and how often it happened."""

    low: float
    high: float
    count: int
    total: int


def bars_figure(subject: DiscoverySubject) -> str:
    """Return a panel for each condition."""
    several = [(each, _bars(subject, each)) for each in subject.found.conditions]
    cards = "".join(_card(subject, each, bars, k) for k, (each, bars) in enumerate(several))
    return figure(f'<div class="cards wide top">{cards}</div>', reading=READING, table=_table(several))


def _bars(subject: DiscoverySubject, condition: Condition) -> list[Bar]:
    """Return the bars along an input: of few values one each, else as many parts of equal number."""
    values = subject.inputs[condition.name].to_numpy(dtype=float)
    known = np.unique(values)
    if len(known) <= FEW_VALUES:
        parts = [np.flatnonzero(values == each) for each in known]
    else:
        parts = [part for part in np.array_split(np.argsort(values, kind="stable"), PARTS) if len(part)]
    return [
        Bar(
            low=float(values[part].min()),
            high=float(values[part].max()),
            count=int(subject.happened[part].sum()),
            total=len(part),
        )
        for part in parts
    ]


def _card(subject: DiscoverySubject, condition: Condition, bars: list[Bar], at: int) -> str:
    head = f"<h3>{escape(sentence(condition.words))}</h3>"
    meaning = (
        subject.scenario.inputs[condition.name].meaning if condition.name in subject.scenario.inputs else ""
    )
    plot = _plot(condition, bars, at, subject.worth).html()
    return f'<div class="card">{head}<p class="told">{escape(meaning)}</p>{plot}</div>'


def _plot(condition: Condition, bars: list[Bar], at: int, worth: float) -> Plot:
    shares = [share_worth(bar.count, bar.total, worth) for bar in bars]
    places, widths, ticks = _places(bars)
    colours = [ACCENT if _is_inside(condition, bar) else PALE for bar in bars]
    heights = [100 * share.share for share in shares]
    unit = "" if condition.unit == "1" else condition.unit
    told = "; ".join(
        f"{_span(bar)} {round(height)} of 100" for bar, height in zip(bars, heights, strict=True)
    )
    return Plot(
        id=f"plot-condition-{at}",
        data=[
            {
                "type": "bar", "x": places, "y": heights, "width": widths,
                "marker": {"color": colours, "line": {"width": 1, "color": PAPER}},
                "error_y": {
                    "type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 3,
                    "array": [100 * share.high - height for share, height in zip(shares, heights, strict=True)],
                    "arrayminus": [height - 100 * share.low for share, height in zip(shares, heights, strict=True)],
                },
                "hovertemplate": [
                    f"{escape(_span(bar))}: {bar.count} of {bar.total} histories<extra></extra>" for bar in bars
                ],
            }
        ],
        layout=layout(
            margin={"l": 56, "r": 14, "t": 8, "b": 46},
            xaxis=axis(f"{condition.label} ({unit})" if unit and unit not in condition.label else condition.label,
                       **ticks),
            yaxis=axis("of 100 histories", rangemode="tozero", nticks=5),
            shapes=_shading(condition, places, widths, single=all(bar.low == bar.high for bar in bars)),
        ),
        height=HEIGHT,
        alternative=f"{sentence(condition.label)}, in how many of 100 histories it happens: {told}.",
    )  # fmt: skip


def _places(bars: list[Bar]) -> tuple[list[float], list[float], dict[str, Any]]:
    """Return the middles and widths of the bars, and the ticks: of single values those, else what plotly chooses."""
    if all(bar.low == bar.high for bar in bars):
        values = [bar.low for bar in bars]
        gap = min(np.diff(values), default=1.0)
        return (
            values,
            [0.8 * float(gap)] * len(values),
            {"tickvals": values, "ticktext": [shown(v) for v in values]},
        )
    edges = [
        bars[0].low,
        *((a.high + b.low) / 2 for a, b in pairwise(bars)),
        bars[-1].high,
    ]
    widths = np.diff(edges)
    middles = [float(edge + width / 2) for edge, width in zip(edges, widths, strict=False)]
    return middles, widths.tolist(), {"nticks": 5, "tickangle": 0}


def _is_inside(condition: Condition, bar: Bar) -> bool:
    """Return whether the middle of a bar lies within the condition."""
    middle = (bar.low + bar.high) / 2
    return (condition.low is None or middle >= condition.low) and (
        condition.high is None or middle <= condition.high
    )


def _shading(
    condition: Condition, places: list[float], widths: list[float], *, single: bool
) -> list[dict[str, Any]]:
    first, last = places[0] - widths[0] / 2, places[-1] + widths[-1] / 2
    half = widths[0] / 2 if single else 0.0
    low = first if condition.low is None else max(first, condition.low - half)
    high = last if condition.high is None else min(last, condition.high + half)
    return [
        {"type": "rect", "yref": "paper", "x0": low, "x1": high, "y0": 0, "y1": 1, "layer": "below",
         "fillcolor": rgba(ACCENT, 0.1), "line": {"width": 0}}
    ]  # fmt: skip


def _span(bar: Bar) -> str:
    return number(bar.low) if bar.low == bar.high else f"{number(bar.low)} to {number(bar.high)}"


def _table(several: list[tuple[Condition, list[Bar]]]) -> Table:
    rows = tuple(
        (sentence(condition.label), _span(bar), f"{bar.count:,} of {bar.total:,}")
        for condition, bars in several
        for bar in bars
    )
    return Table(headings=("input", "values", "it happened in"), rows=rows, numbers=(1, 2))
