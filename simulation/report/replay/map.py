"""A single history replayed on the map: control, fighters, strikes and people in flight, step by step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from simulation.histories.film import Picture
from simulation.report.control_map import CERTAIN, NOBODY, Frames, base64_of, legend, packed, widget
from simulation.report.markup import data_island
from simulation.report.page_data import Grid, MapPlace, Scene, StartingPoint

MARGIN = 4
"""Cells shown around the part of the map where something happens."""
MOST_OF_MAP = 0.8
"""A part wider and higher than this share of the map is not worth cutting out."""
LARGEST = 9
"""Radius of the largest disc in px, on a map of ordinary size."""
FEWEST_SHOWN = 100
"""People on one way in one step from which on the map shows an arrow."""


def replay_widget(
    setting: StartingPoint, grid: Grid, film: Sequence[Picture], *, name: str, replicate: int
) -> str:
    """Return the map of one history with its slider, legend and data."""
    shown = cut(grid, film)
    small, indices = part(grid, shown), np.flatnonzero(shown)
    frames = film_frames(film, indices)
    label = (
        f"Map of who holds what and where fighters stand in history {replicate}; "
        "the sentences beside it tell the same."
    )
    visible = Scene(start=setting.start, actors=setting.actors, places=_inside(setting.places, small))
    data = packed(visible, small, frames) | {
        "days": [moment_words(setting.start, picture.time) for picture in film],
        "numbers": [story_day(picture.time) for picture in film],
        "most": _round_up(max(int(picture.bodies[:, 2].max(initial=1)) for picture in film)),
        "largest": LARGEST,
        "film": [_packed_picture(picture, indices) for picture in film],
    }
    key = f"{legend(visible, frames)}{_marks(data['most'])}"
    side = f'<details class="map-key"><summary>Key to colours and marks</summary>{key}</details>'
    moves = '<p class="map-moves"></p><button type="button" class="map-closer">Closer</button>'
    return widget(name, label, len(film), side, kind="map replay", head=moves) + data_island(name, data)


def _marks(most: int) -> str:
    """Return the key to the marks; a disc of the largest radius stands for `most` fighters."""
    radius = LARGEST * 0.1**0.5
    return (
        '<p class="legend-head">Marks</p><ul class="legend">'
        f'<li><svg width="34" height="20" aria-hidden="true"><circle cx="5" cy="10" r="{radius:.1f}"/>'
        f'<circle cx="22" cy="10" r="{LARGEST}"/></svg>fighters: {most // 10:,} and {most:,}, in the colour of '
        'their side</li><li><svg width="20" height="20" aria-hidden="true"><path class="strike" d="M10 1l2 6 6-3-3 '
        '6 4 3-6 1-1 5-3-4-6 3 2-6-4-3 6-1z"/></svg>air or artillery strike in this step</li>'
        '<li><svg width="34" height="20" aria-hidden="true"><path class="flight" d="M2 15 Q14 2 28 8 M22 3 L28 8 '
        f'L21 11"/></svg>people in flight, {FEWEST_SHOWN} or more</li></ul>'
    )


def _round_up(number: int) -> int:
    """Return the next of 10, 20, 50, 100, … from a number up."""
    return next(
        step * int(10**power) for power in range(1, 12) for step in (1, 2, 5) if step * 10**power >= number
    )


def film_frames(film: Sequence[Picture], indices: np.ndarray | None = None) -> Frames:
    """Return the frames of one history, in which every holder is certain; of some cells, if given."""
    known = np.array([picture.control if indices is None else picture.control[indices] for picture in film])
    holders = np.where(known < 0, NOBODY, known).astype("u1")
    percent = np.where(holders == NOBODY, 0, CERTAIN).astype("u1")
    return Frames(days=tuple(picture.time for picture in film), holders=holders, percent=percent)


def cut(grid: Grid, film: Sequence[Picture]) -> np.ndarray:
    """Return which cells lie in the box around all that changes hands, bool (n,); all of them, if that is most."""
    happens = np.any([picture.control != film[0].control for picture in film], axis=0)
    if not happens.any():
        return np.ones_like(happens)
    inside = np.ones_like(happens)
    whole = True
    for axis in (grid.lats, grid.lons):
        low, high = axis[happens].min() - MARGIN * grid.step, axis[happens].max() + MARGIN * grid.step
        inside &= (axis >= low) & (axis <= high)
        whole &= bool(high - low > MOST_OF_MAP * np.ptp(axis))
    return np.ones_like(happens) if whole else inside


def part(grid: Grid, shown: np.ndarray) -> Grid:
    """Return the cells of a grid that are shown."""
    return Grid(sub_ids=grid.sub_ids[shown], lats=grid.lats[shown], lons=grid.lons[shown], step=grid.step)


def story_day(time: float) -> int:
    """Return the day whose events lead up to a moment: midnight closes a day, and does not open the next."""
    return max(0, math.ceil(time) - 1)


def moment_words(start: date, time: float) -> str:
    """Return what a moment is called: day, time of day, weekday and date; midnight is 24:00 of the day before."""
    day = story_day(time)
    when, minutes = start + timedelta(days=day), round((time - day) * 24 * 60)
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"Day {day}, {clock}: {when:%A} {when.day} {when:%B %Y}"


def _inside(places: Sequence[MapPlace], grid: Grid) -> tuple[MapPlace, ...]:
    half = grid.step / 2
    box = [(axis.min() - half, axis.max() + half) for axis in (grid.lats, grid.lons)]
    return tuple(
        place
        for place in places
        if all(low <= at <= high for (low, high), at in zip(box, (place.lat, place.lon), strict=True))
    )


def _packed_picture(picture: Picture, indices: np.ndarray) -> dict[str, Any]:
    """Return what moves in a picture as plain data, its cells numbered as shown; what is off the map is left."""
    number = {int(cell): row for row, cell in enumerate(indices)}
    bodies = np.array([(number[c], a, f) for c, a, f in picture.bodies.tolist() if c in number], np.int64)
    strikes = [[number[cell], count] for cell, count in picture.strikes.tolist() if cell in number]
    flights = [
        [number[cell], number.get(to, -1), people]
        for cell, to, people in picture.flights.tolist()
        if cell in number and people >= FEWEST_SHOWN and to in number
    ]
    cells, actors, fighters = bodies.reshape(-1, 3).T
    return {
        "bodies": [base64_of(cells.astype("<u2")), base64_of(actors.astype("u1")), base64_of(fighters.astype("<u4"))],
        "strikes": strikes,
        "flights": flights,
        "moves": [int(picture.strikes[:, 1].sum()), picture.fled, picture.returned],
    }  # fmt: skip
