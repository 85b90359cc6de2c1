"""Maps of a drafted region: who holds what, the relief, and where people live."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from simulation.region import grid
from simulation.region_building.draft import Draft
from simulation.region_building.places import Site
from simulation.region_building.roads import PRIMARY, Road
from simulation.report.markup import Plot
from simulation.report.style import INK, LINE, PAPER, QUIET, SEQUENCE, axis, layout, rgba

WIDTH, NARROW_WIDTH = 900, 300
"""Pixels of a map, its margins left out, on a screen and on a phone."""
HIGHEST, NARROW_HIGHEST, LOWEST = 900, 520, 180
NAMED = 14
"""Places whose names stand on the map."""
NOBODY = "#d5d9de"


def colour_of(draft: Draft, actor: str) -> str:
    """Return the colour of who holds something."""
    listed = draft.controllers
    return SEQUENCE[listed.index(actor) % len(SEQUENCE)] if actor in listed else NOBODY


def control_map(draft: Draft) -> Plot:
    """Return the map of control with roads and places."""
    holders = [*draft.controllers, ""]
    values = np.array([holders.index(actor) for actor in draft.control], float)
    scale = []
    for at, actor in enumerate(holders):
        colour = rgba(colour_of(draft, actor), 0.55)
        scale += [[at / len(holders), colour], [(at + 1) / len(holders), colour]]
    told = [
        f"{actor or 'nobody'}, {draft.seats.names[at]}"
        for actor, at in zip(draft.control, draft.seats.of, strict=True)
    ]
    heat = _heat(draft, values, told) | {
        "colorscale": scale, "zmin": -0.5, "zmax": len(holders) - 0.5, "showscale": False,
    }  # fmt: skip
    roads = [_lines(draft.roads, main=False), _lines(draft.roads, main=True)]
    traces = [heat, *roads, *_markers(draft)]
    return _plot("control", draft, traces, "Map of who holds what, with roads and places")


def relief_map(draft: Draft) -> Plot:
    """Return the map of elevation."""
    told = [
        f"{height:.0f} m, rugged by {rough:.0f} m"
        for height, rough in zip(draft.elevation, draft.ruggedness, strict=True)
    ]
    colours = [[0, "#eef3ea"], [0.35, "#cdbf93"], [0.7, "#8a6a45"], [1, "#3f2c1e"]]
    heat = _heat(draft, draft.elevation, told) | {"colorscale": colours, "showscale": False}
    return _plot("relief", draft, [heat], "Map of the height of the land")


def people_map(draft: Draft) -> Plot:
    """Return the map of people, on a logarithmic scale."""
    told = [f"{count:,} people" for count in draft.population]
    colours = [[0, "#f4f6f9"], [0.5, "#9aa9bd"], [1, "#16324f"]]
    heat = _heat(draft, np.log10(draft.population + 1.0), told) | {"colorscale": colours, "showscale": False}
    return _plot("people", draft, [heat], "Map of where people live")


def _heat(draft: Draft, values: np.ndarray, told: Sequence[str]) -> dict[str, Any]:
    """Return a layer of squares over the whole box; those that are no land stay empty."""
    side, box = grid.CELL_SIDE / grid.MICRO, draft.box
    rows, columns = round((box.north - box.south) / side), round((box.east - box.west) / side)
    lat, lon = grid.centre(draft.land.sub_id)
    row, col = ((lat - box.south) / side).astype(int), ((lon - box.west) / side).astype(int)
    z = np.full((rows, columns), np.nan)
    text = np.full((rows, columns), "", dtype=object)
    z[row, col], text[row, col] = np.round(values, 2), [escape(each) for each in told]
    return {
        "type": "heatmap",
        "x0": box.west + side / 2, "dx": side, "y0": box.south + side / 2, "dy": side,
        "z": z.tolist(), "text": text.tolist(), "hoverongaps": False, "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _lines(roads: Sequence[Road], *, main: bool) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for road in roads:
        if (road.rank >= PRIMARY) == main:
            x += [*road.waypoints[:, 0].tolist(), None]
            y += [*road.waypoints[:, 1].tolist(), None]
    line = {"color": rgba(INK, 0.75 if main else 0.45), "width": 1.6 if main else 0.8}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _markers(draft: Draft) -> list[dict[str, Any]]:
    ordered = sorted(draft.sites, key=lambda site: (-site.weight, -site.population))
    return [_points(draft, ordered[:NAMED], "markers+text"), _points(draft, ordered[NAMED:], "markers")]


def _points(draft: Draft, sites: Sequence[Site], mode: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": mode,
        "x": [site.lon for site in sites], "y": [site.lat for site in sites],
        "text": [escape(site.name) for site in sites],
        "textposition": "top center", "textfont": {"size": 12, "color": INK},
        "marker": {
            "size": [4 + 8 * site.weight for site in sites],
            "color": [colour_of(draft, site.control) for site in sites],
            "line": {"color": PAPER, "width": 1},
        },
        "customdata": [[escape(site.kind), escape(site.control or "nobody"), f"{site.weight:.2f}"] for site in sites],
        "hovertemplate": "%{text}: %{customdata[0]} held by %{customdata[1]}, weight %{customdata[2]}<extra></extra>",
    }  # fmt: skip


def _plot(name: str, draft: Draft, traces: list[dict[str, Any]], alternative: str) -> Plot:
    box = draft.box
    ease = max(0.1, float(np.cos(np.radians((box.south + box.north) / 2))))
    shape = (box.north - box.south) / ((box.east - box.west) * ease)
    plain = {"showgrid": False, "tickformat": "~g", "linecolor": LINE, "ticks": "", "constrain": "domain"}
    high = round(min(HIGHEST, max(LOWEST, WIDTH * shape)))
    low = round(min(NARROW_HIGHEST, max(LOWEST, NARROW_WIDTH * shape)))
    return Plot(
        id=f"{name}-map",
        data=traces,
        layout=layout(
            plot_bgcolor="#eaf0f6",
            margin={"l": 44, "r": 8, "t": 8, "b": 40},
            xaxis=axis("degrees east", **plain, range=[box.west, box.east]),
            yaxis=axis(
                "degrees north", **plain, range=[box.south, box.north], scaleanchor="x", scaleratio=1 / ease
            ),
            font={"color": QUIET},
        ),
        height=high + 48,
        alternative=alternative,
        narrow={"height": low + 48},
    )
