"""The map of control: cells packed as bytes for a canvas with a slider, and the same as a table."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

import numpy as np

from simulation.report.markup import Table, data_island
from simulation.report.page_data import Grid, MapPlace, StartingPoint
from simulation.wording.phrases import number

NOBODY = 255
CERTAIN = 100
FRAMES = 120
TABLE_PLACES, TABLE_DAYS = 16, 5


@dataclass(frozen=True, kw_only=True)
class Frames:
    """Control by day.

    `holders` u1 (days, n) indexes the actors or is NOBODY; `percent` u1 (days, n) is its probability. `days`
    are the moments of the pictures, from the start.
    """

    days: tuple[float, ...]
    holders: np.ndarray
    percent: np.ndarray


def map_widget(setting: StartingPoint, grid: Grid, frames: Frames, *, name: str, label: str) -> str:
    """Return a canvas with its slider, a legend of the actors that appear, and its data."""
    shades = "".join(
        f'<li><span class="swatch" style="background:rgba(30,40,55,{share / 100})"></span>'
        f"{share} of 100 histories</li>"
        for share in (100, 75, 50)
    )
    sure = f'<p class="legend-head">The paler, the less sure: held in</p><ul class="legend">{shades}</ul>'
    data = packed(setting, grid, frames) | {
        "days": [day_words(setting.start, day) for day in frames.days],
        "numbers": list(frames.days),
    }
    return widget(name, label, len(frames.days), legend(setting, frames) + sure) + data_island(name, data)


def widget(name: str, label: str, pictures: int, side: str, *, kind: str = "map", head: str = "") -> str:
    """Return the canvas of a map with its slider; `side` and `head` are HTML beside it and below the slider."""
    identity = escape(name)
    return (
        f'<div class="{kind}" id="{identity}">'
        f'<div class="map-head"><p class="map-day" id="{identity}-now" aria-live="polite"></p>'
        '<div class="map-controls">'
        '<button type="button" class="map-play" aria-label="Play the days">▶</button>'
        f'<input type="range" min="0" max="{pictures - 1}" value="0" step="1" aria-label="Day"></div>{head}</div>'
        f'<div class="map-picture"><canvas role="img" aria-label="{escape(label)}" '
        f'aria-describedby="{identity}-now"></canvas></div><div class="map-side">'
        f'{side}<p class="map-readout">Point at the map to read a square.</p></div></div>'
    )


def map_table(setting: StartingPoint, grid: Grid, frames: Frames, *, certain: bool = False) -> Table:
    """Return the most likely holder of the weightiest places on a few days: the map in words."""
    rows_at = sorted({round(at) for at in np.linspace(0, len(frames.days) - 1, TABLE_DAYS)})
    places = sorted(setting.places, key=lambda place: -place.weight)[:TABLE_PLACES]
    rows = tuple(
        (
            place.name,
            *(
                _holder(setting, frames, row, nearest(grid, place.lat, place.lon), certain=certain)
                for row in rows_at
            ),
        )
        for place in places
    )
    return Table(headings=("place", *(f"day {frames.days[row]:g}" for row in rows_at)), rows=rows)


def legend(setting: StartingPoint, frames: Frames) -> str:
    """Return the colours of the actors that hold something in some frame."""
    present = set(np.unique(frames.holders).tolist())
    entries = "".join(
        f'<li><span class="swatch" style="background:{actor.colour}"></span>{escape(actor.name)}</li>'
        for index, actor in enumerate(setting.actors)
        if index in present
    )
    return f'<p class="legend-head">Colour: who holds it</p><ul class="legend">{entries}</ul>'


def packed(setting: StartingPoint, grid: Grid, frames: Frames) -> dict[str, Any]:
    """Return the map as plain data; each frame lists only the cells that differ from the frame before."""
    return squares(grid, setting.places) | {
        "actors": [{"name": actor.name, "colour": actor.colour} for actor in setting.actors],
        "frames": list(_differences(frames)),
    }


def squares(grid: Grid, places: Sequence[MapPlace]) -> dict[str, Any]:
    """Return where the squares and the named places of a map lie, as plain data."""
    rows = np.round((grid.lats - grid.lats.min()) / grid.step).astype("<u2")
    columns = np.round((grid.lons - grid.lons.min()) / grid.step).astype("<u2")
    return {
        "rows": base64_of(rows),
        "columns": base64_of(columns),
        "step": grid.step,
        "south": float(grid.lats.min() - grid.step / 2),
        "west": float(grid.lons.min() - grid.step / 2),
        "places": [[p.name, p.lat, p.lon] for p in sorted(places, key=lambda place: -place.weight)],
    }


def _differences(frames: Frames) -> list[list[str]]:
    packed, last = [], None
    for holders, percent in zip(frames.holders, frames.percent, strict=True):
        changed = np.ones(len(holders), bool) if last is None else (holders != last[0]) | (percent != last[1])
        at = np.flatnonzero(changed).astype("<u4")
        packed.append([base64_of(at), base64_of(holders[at]), base64_of(percent[at])])
        last = (holders, percent)
    return packed


def day_words(start: date, day: float) -> str:
    """Return what a day, or a moment of one, is called: its number, the weekday and the date."""
    when = start + timedelta(days=day)
    return f"Day {day:g}: {when:%A} {when.day} {when:%B %Y}"


def base64_of(values: np.ndarray) -> str:
    """Return an array's bytes as text."""
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode("ascii")


def nearest(grid: Grid, lat: float, lon: float) -> int:
    """Return the index of the cell nearest to a point."""
    return int(np.argmin((grid.lats - lat) ** 2 + (grid.lons - lon) ** 2))


def _holder(setting: StartingPoint, frames: Frames, row: int, cell: int, *, certain: bool) -> str:
    holder = int(frames.holders[row, cell])
    if holder == NOBODY:
        return "nobody"
    percent = int(frames.percent[row, cell])
    return setting.actors[holder].short + (f", {number(percent)} of 100" * (not certain))
