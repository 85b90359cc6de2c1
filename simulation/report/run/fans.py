"""Fan charts: how a quantity spreads over the histories, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any

import numpy as np

from simulation.outcomes.labels import describe_series
from simulation.report.markup import Cell, Plot, Table, figure, package_text
from simulation.report.page_data import ActorStyle
from simulation.report.run.report_input import FANS, ReportInput
from simulation.report.run.sources import link
from simulation.report.style import ACCENT, axis, layout, readable, rgba
from simulation.results.daily_fans import Fan
from simulation.statistics.intervals import NINE_TENTHS_FROM, spread, weights_of
from simulation.wording.phrases import amount, between, listed, range_heading, span

EVERYBODY = ActorStyle(id="", name="All", short="All", colour=ACCENT)
HEIGHT = 250
TABLE_DAYS = 6
MILLION = 1_000_000
LOW = 0.12
FIGHTERS = "fighters"
ONE_DAY = "every history is over when it begins, so there is nothing to draw day by day."
WITHOUT_MAP = ("civilians_killed", "killed")
"""Those of the series that are drawn of which a page without a map has fans too."""
LOSSES = {
    "killed": "killed",
    "wounded": "wounded, not returned by the end",
    "captured": "captured",
    "deserted": "deserted",
}
"""The fates of fighters in the table, with their headings."""


def territory_section(material: ReportInput) -> str:
    """Return the fans of land held, one for each actor whose land changes in some history."""
    reading = (
        "How to read it: land held by each actor, in square kilometres; every panel has its own scale and "
        "begins at zero. A history that ends early keeps its last value to the right edge."
    )
    return _fans(material, "area_km2", "Land held, by actor", reading)


def losses_section(material: ReportInput) -> str:
    """Return the fans of fighters and civilians killed, and all losses at the end as a table."""
    reading = "How to read it: fighters killed since day 0, counted up; every panel has its own scale."
    civilians = "How to read it: civilians killed since day 0, counted up, over the whole map."
    fighters = _fans(material, "killed", "Fighters killed, by actor", reading, table=_losses_table(material))
    return _fans(material, "civilians_killed", "Civilians killed", civilians) + fighters


def _key(material: ReportInput, series: str) -> str:
    """Return how to read a fan, before the first that is drawn: its pale band holds 9 of 10 histories, of few all."""
    before = FANS[: FANS.index(series)]
    shown = before if material.grid is not None else tuple(name for name in before if name in WITHOUT_MAP)
    if any(each.opens for name in shown for each in material.fans[name].values()):
        return ""
    few = material.histories < NINE_TENTHS_FROM
    return Template(package_text("fan_key.html")).substitute(share="all" if few else "9 of 10")


def displacement_section(material: ReportInput) -> str:
    """Return the fan of people displaced since day 0."""
    reading = (
        "How to read it: people who have fled their homes since day 0 and have not returned, on each day. "
        "People displaced before day 0 are not in this count."
    )
    return _fans(material, "displaced", "People displaced", reading)


def _fans(material: ReportInput, series: str, title: str, reading: str, table: Table | None = None) -> str:
    fans = material.fans[series]
    if fans and all(each.marks.shape[1] < 2 for each in fans.values()):
        return f"<p>{escape(title)}: {ONE_DAY}</p>" + (_folded(table) if table and table.rows else "")
    styles = {actor.id: actor for actor in material.actors} | {"": EVERYBODY}
    known = {styles[name]: fans[name] for name in styles if name in fans}
    moving = {actor: each for actor, each in known.items() if each.opens}
    note = _still({actor: each for actor, each in known.items() if actor not in moving})
    if not moving:
        return f"<p>{escape(title)}: {escape(note or 'nothing was counted.')}</p>" + (
            _folded(table) if table and table.rows else ""
        )
    days, alone = material.results.days.tolist(), len(moving) == 1
    cards = "".join(_card(series, actor, each, days, alone=alone) for actor, each in moving.items())
    size = "alone" if alone else "several"
    return _key(material, series) + figure(
        f'<div class="cards {size}">{cards}</div>',
        title=title,
        reading=f"{reading} {note}".strip(),
        table=table or _table(moving, days, describe_series(series).unit),
    )


def _folded(table: Table) -> str:
    """Return the numbers of fans that are not drawn."""
    return f'<details class="numbers"><summary>The numbers as a table</summary>{table.html()}</details>'


def _still(fans: Mapping[ActorStyle, Fan]) -> str:
    """Return in a sentence each who has no fan, and in how many histories something changes all the same."""
    never, rarely = [], []
    for actor, each in fans.items():
        who = actor.name if actor.id else "anybody"
        if each.changing:
            rarely.append(f"{who} ({each.changing:,} of {each.histories:,})")
        else:
            never.append(who)
    told = [f"Nothing changes in any history for {listed(never)}."] if never else []
    told += [f"In too few histories for a fan something changes for {listed(rarely)}."] if rarely else []
    return " ".join(told)


def _card(series: str, actor: ActorStyle, its: Fan, days: list[float], *, alone: bool) -> str:
    name = "" if not actor.id else f'<h3 style="color:{readable(actor.colour)}">{escape(actor.name)}</h3>'
    plot = _plot(series, actor, its, days, height=HEIGHT + 70 if alone else HEIGHT)
    return f'<div class="card">{name}{plot.html()}</div>'


def _plot(series: str, actor: ActorStyle, its: Fan, days: list[float], *, height: int) -> Plot:
    marks, meaning = its.marks, describe_series(series)
    low, _, middle, _, high = marks[:, -1]
    return Plot(
        id=f"plot-{series}-{actor.id or 'all'}",
        data=[
            *_band(days, marks[0], marks[4], actor, 0.2),
            *_band(days, marks[1], marks[3], actor, 0.3),
            _median(days, marks, actor, meaning.unit, its.histories),
        ],
        layout=layout(
            margin={"l": 72 if _top(marks) < MILLION else 92, "r": 74, "t": 8, "b": 42},
            xaxis=axis("day", range=[0, days[-1]]),
            yaxis=axis(meaning.unit, range=[0, _top(marks)], nticks=6),
            annotations=[_end_label(middle, actor, meaning.unit, low=middle < LOW * _top(marks))],
        ),
        height=height,
        alternative=f"Fan chart, {meaning.label}, {actor.name}: at the end the median is "
        f"{amount(middle, meaning.unit)} {meaning.unit}, and {between(low, high, its.histories)}.",
    )


def _top(marks: np.ndarray) -> float:
    return 1.06 * max(float(np.nanmax(marks)), 1e-9)


def _band(
    days: list[float], low: np.ndarray, high: np.ndarray, actor: ActorStyle, alpha: float
) -> list[dict[str, Any]]:
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": days}
    return [
        edge | {"y": low.tolist()},
        edge | {"y": high.tolist(), "fill": "tonexty", "fillcolor": rgba(readable(actor.colour), alpha)},
    ]


def _median(
    days: list[float], marks: np.ndarray, actor: ActorStyle, unit: str, histories: int
) -> dict[str, Any]:
    texts = [
        [amount(middle, unit), span(lower, upper), span(low, high)]
        for low, lower, middle, upper, high in marks.T
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": marks[2].tolist(),
        "line": {"color": readable(actor.colour), "width": 2.6},
        "customdata": texts,
        "hovertemplate": f"day %{{x}}<br>median %{{customdata[0]}} {escape(unit)}<br>"
        "half of histories %{customdata[1]}<br>"
        f"{range_heading(histories)} %{{customdata[2]}}<extra></extra>",
    }


def _end_label(middle: float, actor: ActorStyle, unit: str, *, low: bool) -> dict[str, Any]:
    """Return the words at a median's end; a low one has them above it, clear of the numbers of the axis."""
    return {
        "text": f"median<br><b>{amount(middle, unit)}</b>",
        "x": 1,
        "xref": "paper",
        "y": middle,
        "xanchor": "left",
        "yanchor": "bottom" if low else "middle",
        "xshift": 5,
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": readable(actor.colour)},
    }


def _table(fans: Mapping[ActorStyle, Fan], days: list[float], unit: str) -> Table:
    rows = []
    for actor, each in fans.items():
        marks = each.marks
        for at in sorted({round(at) for at in np.linspace(0, len(days) - 1, TABLE_DAYS)}):
            low, lower, middle, upper, high = marks[:, at]
            told = (amount(middle, unit), span(lower, upper), span(low, high))
            rows.append((actor.name, f"{days[at]:g}", *told))
    most = range_heading(max((each.histories for each in fans.values()), default=0))
    headings = ("who", "day", "median", "half of histories", most)
    return Table(headings=headings, rows=tuple(rows), numbers=(1, 2, 3, 4))


def _losses_table(material: ReportInput) -> Table:
    rows: list[tuple[Cell, ...]] = []
    outcomes = material.results.outcomes
    for actor in material.actors:
        columns = [f"fighters_{kind}_{actor.id}" for kind in LOSSES]
        if all(name in outcomes for name in columns) and outcomes[columns].to_numpy().any():
            rows.append(
                (
                    link(material, actor.id, actor.name, "actors"),
                    *(_range(outcomes[name].to_numpy(), weights_of(outcomes)) for name in columns),
                )
            )
    heading = f"median ({range_heading(material.histories)})"
    return Table(headings=(heading, *LOSSES.values()), rows=tuple(rows), numbers=(1, 2, 3, 4))


def _range(values: np.ndarray, weights: np.ndarray | None) -> str:
    low, _, middle, _, high = spread(values, weights).marks
    return f"{amount(middle, FIGHTERS)} ({span(low, high)})"
