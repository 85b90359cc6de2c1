"""How outcomes are distributed over the histories: one histogram each."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pandas as pd

from simulation.outcomes.labels import columns_named, describe
from simulation.outcomes.variables import IN_REPORT, SURVIVORS
from simulation.report.markup import Cell, Plot, Table, figure
from simulation.report.run.report_input import ReportInput
from simulation.report.run.sources import link
from simulation.report.style import INK, PALE, axis, bins, layout
from simulation.statistics.intervals import Spread, spread, weights_of
from simulation.wording.phrases import amount, between, frequency_words, number, range_heading, sentence, span

ALIKE = 0.95
"""Where this share of histories has one and the same value, a sentence says it better than a histogram."""
HEIGHT = 240


def distributions_section(material: ReportInput) -> str:
    """Return histograms of the chosen outcomes that vary."""
    outcomes = material.results.outcomes
    left = () if material.grid is not None else columns_named([SURVIVORS], map(str, outcomes))
    known = [name for name in material.distributions or (*IN_REPORT, *left) if name in outcomes]
    names = [name for name in known if _most_alike(outcomes[name])[1] < ALIKE * len(outcomes)]
    same = "".join(_same(material, name) for name in known if name not in names)
    if not names:
        much = "" if all(outcomes[name].nunique() <= 1 for name in known) else " much"
        return f"<p>None of these outcomes differs{much} between the histories.</p>{same}"
    weights = weights_of(outcomes)
    spreads = {name: spread(outcomes[name].to_numpy(), weights) for name in names}
    cards = "".join(
        _card(material, name, outcomes[name].to_numpy(dtype=float), weights, spreads[name]) for name in names
    )
    reading = (
        "How to read it: the height of a bar is the number of histories, out of 100, whose outcome lies in "
        "the bar's range. The vertical line marks the median: half of the histories lie to its left, half to "
        "its right."
    )
    drawn = figure(
        f'<div class="cards several">{cards}</div>',
        reading=reading,
        table=_table(material, spreads),
    )
    return drawn + same


def _most_alike(values: pd.Series) -> tuple[float, int]:
    """Return the value that most histories have, and how many have it."""
    counts = values.value_counts()
    return float(counts.index[0]), int(counts.iloc[0])


def _same(material: ReportInput, name: str) -> str:
    """Return in a sentence the outcome that nearly all histories share."""
    meaning, (value, count) = (
        describe(name, material.names),
        _most_alike(material.results.outcomes[name]),
    )
    told = f"{sentence(meaning.label)}: {amount(value, meaning.unit)} {meaning.unit}".strip()
    return f'<p class="quiet">{escape(told)} in {frequency_words((count, material.histories))}.</p>'


def _card(
    material: ReportInput, name: str, values: np.ndarray, weights: np.ndarray | None, found: Spread
) -> str:
    meaning = describe(name, material.names)
    known = ~np.isnan(values)
    counting = None if weights is None else weights[known]
    plot = _plot(name, meaning.label, meaning.unit, values[known], counting, found)
    return f'<div class="card"><h3>{escape(sentence(meaning.label))}</h3>{plot.html()}</div>'


def _plot(
    name: str, label: str, unit: str, values: np.ndarray, weights: np.ndarray | None, found: Spread
) -> Plot:
    edges = bins(values)
    counts = np.histogram(values, edges, weights=weights)[0]
    shares = 100 * counts / (len(values) if weights is None else weights.sum())
    middle, top = found.marks[2], float(shares.max())
    line = {
        "type": "line",
        "x0": middle,
        "x1": middle,
        "y0": 0,
        "y1": 1.06 * top,
        "line": {"color": INK, "width": 2},
    }
    return Plot(
        id=f"plot-spread-{name}",
        data=[_bars(edges, shares, unit)],
        layout=layout(
            margin={"l": 50, "r": 14, "t": 8, "b": 44},
            bargap=0.08,
            xaxis=axis(unit, nticks=4),
            yaxis=axis("histories out of 100", range=[0, 1.25 * top], nticks=5),
            shapes=[line],
            annotations=[
                _median_label(amount(middle, unit), middle, top, right=middle > (edges[0] + edges[-1]) / 2)
            ],
        ),
        height=HEIGHT,
        alternative=f"Histogram of {label}: median {amount(middle, unit)} {unit}, "
        f"{between(found.marks[0], found.marks[4], found.number)}.",
    )


def _bars(edges: np.ndarray, shares: np.ndarray, unit: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": ((edges[1:] + edges[:-1]) / 2).tolist(),
        "y": shares.tolist(),
        "width": np.diff(edges).tolist(),
        "marker": {"color": PALE, "line": {"color": "#ffffff", "width": 1}},
        "hovertemplate": [
            f"{number(low)} to {number(high)} {escape(unit)}<br>{share:.1f} of 100<extra></extra>"
            for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
        ],
    }


def _median_label(words: str, middle: float, top: float, *, right: bool) -> dict[str, Any]:
    return {
        "text": f"median <b>{words}</b>",
        "x": middle,
        "y": 1.14 * top,
        "xanchor": "right" if right else "left",
        "xshift": -4 if right else 4,
        "showarrow": False,
        "font": {"size": 13},
    }


def _table(material: ReportInput, spreads: dict[str, Spread]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, found in spreads.items():
        meaning = describe(name, material.names)
        low, lower, middle, upper, high = found.marks
        mean = f"{number(found.mean)} ± {number(found.standard_error)}"
        label = link(material, name, sentence(meaning.label), "results")
        told = (mean, amount(middle, meaning.unit), span(lower, upper), span(low, high))
        rows.append((label, meaning.unit, *told))
    headings = (
        "outcome",
        "unit",
        "mean ± standard error",
        "median",
        "half of histories",
        range_heading(material.histories),
    )
    return Table(headings=headings, rows=tuple(rows), numbers=(2, 3, 4, 5))
