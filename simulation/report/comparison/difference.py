"""The difference map: where the side that gains holds more or less than in the reference, by day."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from simulation.report.comparison.sides import held_by
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.control_map import FRAMES, base64_of, day_words, nearest, squares
from simulation.report.markup import Table, data_island, figure
from simulation.report.page_data import Grid
from simulation.wording.phrases import listed

NAME = "difference"
STEPS = (10, 20, 40)
MORE = ("#fdd9ab", "#f9b25c", "#dd7d12", "#a34f06")
FEWER = ("#d5cfe8", "#aea3d3", "#7d6bb0", "#4d2a86")
"""Orange for more and violet for less, darker with size: told apart by all common kinds of colour sight."""
TABLE_PLACES = 14
CHANCE = 2.0
"""Standard errors up to which chance alone could make a difference."""


def difference_section(subject: ComparisonSubject) -> str:
    """Return one small map a scenario, all turned by one slider, and the last day as a table of places."""
    if subject.grid is None or not subject.cells:
        return "<p>These runs kept no map.</p>"
    if not subject.gainers:
        return "<p>No side gains ground in any history, so no map can differ.</p>"
    fields = {name: held_by(found, subject.grid, subject.gainers) for name, found in subject.cells.items()}
    days = _days(fields)
    panels = {name: _panel(found, days) for name, found in fields.items()}
    drawn = [name for name in subject.others if _differs(subject, panels, name)]
    if not drawn:
        return f"<p>{escape(_empty(subject, subject.others))}</p>"
    side = side_words(subject)
    reading = (
        f"How to read it: an orange square is held by {side} in more histories than in the reference on that "
        "day, a violet one in fewer; the darker, the larger the difference. A square stays white where there is "
        "no difference, or none larger than chance makes in unpaired histories (two standard errors). The thin "
        "line is the edge of what the side holds on day 0. Move the slider, or use the arrow keys once it is "
        "selected."
    )
    return figure(
        _widget(subject, days, drawn)
        + data_island(NAME, _packed(subject, subject.grid, days, panels, drawn)),
        title=f"Held by {side}, compared with the reference",
        reading=reading,
        table=_table(subject, subject.grid, days, panels),
        table_name=f"Day {days[-1]:g} as a table of places",
    )


def _differs(subject: ComparisonSubject, panels: dict[str, np.ndarray], name: str) -> bool:
    """Return whether any square on any day would be coloured; the rule is that of the page's script."""
    n = subject.worth
    p, q = ((n * (panels[each] / 100) + 1) / (n + 2) for each in (name, subject.reference))
    chance = CHANCE**2 * (p * (1 - p) + q * (1 - q)) / (n + 2)
    return bool(((panels[name] != panels[subject.reference]) & ((p - q) ** 2 > chance)).any())


def _empty(subject: ComparisonSubject, names: Sequence[str]) -> str:
    """Return in a sentence which scenarios have no map, for it would be white on every day."""
    told = listed([subject.labels[name] for name in names])
    return f"No map is drawn for {told}: on no day does any square clearly differ from the reference."


def side_words(subject: ComparisonSubject) -> str:
    """Return what the side that gains is called, after the actor that leads it."""
    leader = subject.blocs[subject.gainers[0]]
    short = {actor.id: actor.short for actor in subject.actors}
    name = short.get(leader, short.get(subject.gainers[0], leader))
    return f"{name} and its side" if len(subject.gainers) > 1 else name


def _days(fields: dict[str, dict[float, np.ndarray]]) -> list[float]:
    """Return the days to draw: all on which some scenario has news, thinned out for very long runs."""
    days = sorted({day for found in fields.values() for day in found})
    return [days[round(at)] for at in np.linspace(0, len(days) - 1, min(len(days), FRAMES))]


def _panel(found: dict[float, np.ndarray], days: list[float]) -> np.ndarray:
    """Return the percentage by day and cell, u1 (days, cells); a day without news is as day 0."""
    first = found[min(found)]
    fields = np.array([found.get(day, first) for day in days])
    return np.clip(np.round(100 * fields), 0, 100).astype("u1")


def _widget(subject: ComparisonSubject, days: list[float], drawn: Sequence[str]) -> str:
    last = len(days) - 1
    cards = "".join(
        f'<div class="card"><h4>{escape(subject.labels[name])}</h4><div class="map-picture"><canvas role="img" '
        f'aria-label="{escape(_alternative(subject, name))}" aria-describedby="{NAME}-now"></canvas></div>'
        '<p class="told map-count"></p></div>'
        for name in drawn
    )
    empty = [name for name in subject.others if name not in drawn]
    note = f"<p>{escape(_empty(subject, empty))}</p>" if empty else ""
    return (
        f'{note}<div class="maps" id="{NAME}"><p class="map-day" id="{NAME}-now" aria-live="polite"></p>'
        '<div class="map-controls"><button type="button" class="map-play" aria-label="Play the days">▶</button>'
        f'<input type="range" min="0" max="{last}" value="{last}" step="1" aria-label="Day"></div>'
        f'{_scale()}<div class="cards small">{cards}</div>'
        '<p class="map-readout">Point at a map to read a square.</p></div>'
    )


def _alternative(subject: ComparisonSubject, name: str) -> str:
    return (
        f"Map, {subject.labels[name]}: squares that {side_words(subject)} holds in more or in fewer histories than "
        "in the reference; the table below tells it for named places."
    )


def _scale() -> str:
    """Return the colour scale: steps to both sides of white."""
    words = [f"{step}+" for step in (1, *STEPS)]
    parts = [
        *zip(reversed(FEWER), reversed(words), strict=True),
        ("#ffffff", "0"),
        *zip(MORE, words, strict=True),
    ]
    swatches = "".join(f'<li><span style="background:{colour}"></span>{word}</li>' for colour, word in parts)
    ends = '<p class="scale-ends"><span>fewer of 100 histories</span><span>more</span></p>'
    return f'{ends}<ul class="scale" aria-label="Colours, from far fewer to far more">{swatches}</ul>'


def _packed(
    subject: ComparisonSubject,
    grid: Grid,
    days: list[float],
    panels: dict[str, np.ndarray],
    drawn: Sequence[str],
) -> dict[str, Any]:
    return squares(grid, subject.places) | {
        "side": side_words(subject),
        "histories": subject.worth,
        "steps": list(STEPS),
        "more": list(MORE),
        "fewer": list(FEWER),
        "days": [day_words(subject.start, day) for day in days],
        "reference": _changes(panels[subject.reference]),
        "scenarios": [_changes(panels[name]) for name in drawn],
    }


def _changes(panel: np.ndarray) -> list[list[str]]:
    """Return each day as the cells that differ from the day before and their percentages."""
    before = np.zeros(panel.shape[1], "u1")
    packed = []
    for now in panel:
        at = np.flatnonzero(now != before).astype("<u4")
        packed.append([base64_of(at), base64_of(now[at])])
        before = now
    return packed


def _table(subject: ComparisonSubject, grid: Grid, days: list[float], panels: dict[str, np.ndarray]) -> Table:
    places = sorted(subject.places, key=lambda place: -place.weight)[:TABLE_PLACES]
    cells = [nearest(grid, place.lat, place.lon) for place in places]
    names = (subject.reference, *subject.others)
    rows = tuple(
        (place.name, *(str(int(panels[name][-1][cell])) for name in names))
        for place, cell in zip(places, cells, strict=True)
    )
    headings = ("place", "reference", *(subject.labels[name] for name in subject.others))
    return Table(headings=headings, rows=rows, numbers=tuple(range(1, len(headings))))
