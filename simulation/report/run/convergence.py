"""How the estimate settled: the running share or mean against the number of histories, one panel each."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from simulation.report.markup import Plot, Table, figure
from simulation.report.run.report_input import ReportInput
from simulation.report.style import ACCENT, axis, layout, rgba
from simulation.results.convergence import RunningEstimate, running_endings, running_targets
from simulation.wording.phrases import counted, number, sentence

HEIGHT = 220
CALM = 30
"""The panel's height shows the band from this many histories on; before, it is about everything."""
TABLE_ROWS = 6
READING = (
    "How to read it: from left to right more and more histories are counted. The line is the estimate after so "
    "many, and the true value of the model (what endless histories would give) lies within the pale band along "
    "its whole length in at least 95 of 100 runs. A line that has become flat in a narrow band says that more "
    "histories would change little; it does not say that the model is right."
)


def settling_section(material: ReportInput) -> str:
    """Return why the run stopped, and one panel for each target, or else for each ending."""
    results, stopping = material.results, material.results.manifest.stopping
    panels = running_endings(results) if stopping is None else running_targets(results, stopping)
    told = "" if stopping is None else f"<p>This run {escape(stopping.reason())}.</p>"
    if not any(len(panel.numbers) > 1 for panel in panels):
        return f"{told}<p>With {counted(material.histories, 'history')} there is no estimate to settle.</p>"
    labels = [_label(material, panel) for panel in panels]
    cards = "".join(
        _card(label, row, panel) for row, (label, panel) in enumerate(zip(labels, panels, strict=True))
    )
    return told + figure(
        f'<div class="cards several">{cards}</div>', reading=READING, table=_table(panels, labels)
    )


def _label(material: ReportInput, panel: RunningEstimate) -> str:
    """Return what a panel is called: an ending as the scenario calls it, anything else in words."""
    called = {ending.id: sentence(ending.label) for ending in material.endings}
    if panel.kind == "ending" and panel.name in called:
        return called[panel.name]
    return panel.words(material.names)


def _card(label: str, row: int, panel: RunningEstimate) -> str:
    return f'<div class="card"><h3>{escape(label)}</h3>{_plot(label, row, panel).html()}</div>'


def _plot(label: str, row: int, panel: RunningEstimate) -> Plot:
    last = int(panel.numbers[-1])
    value, low, high = (float(each[-1]) for each in (panel.value, panel.low, panel.high))
    floor, ceiling = _range(panel)
    return Plot(
        id=f"plot-settling-{row}",
        data=[*_band(panel, floor, ceiling), _line(panel)],
        layout=layout(
            margin={"l": 56, "r": 46, "t": 8, "b": 42},
            xaxis=axis("histories", range=[0, last], nticks=5),
            yaxis=axis(panel.unit, range=[floor, ceiling], nticks=5),
            annotations=[_end_label(value)],
        ),
        height=HEIGHT,
        alternative=f"Line with a band, {label}: {number(value)} {panel.unit} after {last:,} histories, band "
        f"from {_end(low)} to {_end(high)}.",
    )


def _range(panel: RunningEstimate) -> tuple[float, float]:
    """Return the ends of the vertical axis: the band from 30 histories on, or all of it in a shorter run."""
    calm = panel.numbers >= min(CALM, panel.numbers[-1])
    shown = np.concatenate([panel.low[calm], panel.high[calm], panel.value[calm]])
    shown = shown[np.isfinite(shown)]
    if not len(shown):
        return 0.0, 1.0
    top, bottom = float(shown.max()), float(shown.min())
    room = 0.04 * max(top - bottom, 1e-9)
    return (bottom if bottom == 0 else bottom - room), top + room


def _band(panel: RunningEstimate, floor: float, ceiling: float) -> list[dict[str, Any]]:
    """Return the band, cut to what is shown, so that an endless end can be drawn."""
    numbers = panel.numbers.tolist()
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": numbers}
    return [
        edge | {"y": np.maximum(panel.low, floor).tolist()},
        edge
        | {"y": np.minimum(panel.high, ceiling).tolist(), "fill": "tonexty", "fillcolor": rgba(ACCENT, 0.2)},
    ]


def _line(panel: RunningEstimate) -> dict[str, Any]:
    known = zip(panel.value, panel.low, panel.high, strict=True)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": panel.numbers.tolist(),
        "y": panel.value.tolist(),
        "line": {"color": ACCENT, "width": 2.2},
        "customdata": [[number(value), _end(low), _end(high)] for value, low, high in known],
        "hovertemplate": f"after %{{x:,}} histories: %{{customdata[0]}} {escape(panel.unit)}<br>"
        "band %{customdata[1]} to %{customdata[2]}<extra></extra>",
    }


def _end_label(value: float) -> dict[str, Any]:
    return {
        "text": f"<b>{number(value)}</b>",
        "x": 1,
        "xref": "paper",
        "y": value,
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 4,
        "showarrow": False,
        "font": {"size": 13, "color": ACCENT},
    }


def _end(value: float) -> str:
    return number(value) if np.isfinite(value) else "unknown"


def _table(panels: list[RunningEstimate], labels: list[str]) -> Table:
    rows = []
    for name, panel in zip(labels, panels, strict=True):
        last = len(panel.numbers) - 1
        for at in sorted({round(each) for each in np.linspace(0, last, TABLE_ROWS)}):
            band = f"{_end(panel.low[at])} to {_end(panel.high[at])}"
            rows.append((name, f"{panel.numbers[at]:,}", number(float(panel.value[at])), band, panel.unit))
    headings = ("what", "histories", "estimate", "band", "unit")
    return Table(headings=headings, rows=tuple(rows), numbers=(1, 2, 3))
