"""The border of Syria, and which cells of the grid are its land."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from building.sources import Rows
from simulation.region import grid

Outline = shapely.Polygon
SYRIA = "760"
BOX = {"south": 32.0, "west": 35.5, "north": 37.5, "east": 39.0}
LEAST_LAND_SHARE = 0.5
LEAST_SHARE_WITH_ROAD = 0.05


def in_box(lat: float, lon: float) -> bool:
    """Return whether a point in degrees lies in the box; its south and west edges do."""
    return BOX["south"] <= lat < BOX["north"] and BOX["west"] <= lon < BOX["east"]


def border(topology: dict[str, Any]) -> Outline:
    """Return the outline of Syria in degrees (x longitude, y latitude)."""
    country = next(g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == SYRIA)
    rings = [_ring(topology, arcs) for arcs in country["arcs"]]
    return shapely.Polygon(rings[0], rings[1:])


def lakes(rows: Rows) -> shapely.MultiPolygon:
    """Return the outlines of the large lakes in degrees."""
    outlines = [[tuple(map(float, point.split(":"))) for point in row["outline"].split()] for row in rows]
    return shapely.MultiPolygon([shapely.Polygon(outline) for outline in outlines])


def land_cells(
    country: Outline, water: shapely.MultiPolygon, with_place: np.ndarray, with_road: np.ndarray
) -> np.ndarray:
    """Return the sub_id of every land cell in rising order.

    A cell counts if at least half of it is dry land of the country, if a place lies in it, or if a road
    does and a twentieth of it lies in the country.
    """
    sub_id = _box_cells()
    south, west = (corner / grid.MICRO for corner in grid.south_west(sub_id))
    side = grid.CELL_SIDE / grid.MICRO
    squares = shapely.box(west, south, west + side, south + side)
    country_share = shapely.area(shapely.intersection(squares, country)) / side**2
    dry_share = shapely.area(shapely.intersection(squares, country.difference(water))) / side**2
    on_road = np.isin(sub_id, with_road) & (country_share >= LEAST_SHARE_WITH_ROAD)
    return sub_id[(dry_share >= LEAST_LAND_SHARE) | np.isin(sub_id, with_place) | on_road]


def _box_cells() -> np.ndarray:
    side = grid.CELL_SIDE / grid.MICRO
    lat = np.arange(BOX["south"] + side / 2, BOX["north"], side)
    lon = np.arange(BOX["west"] + side / 2, BOX["east"], side)
    return np.sort(grid.sub_id_of(*(axis.ravel() for axis in np.meshgrid(lat, lon, indexing="ij"))))


def _ring(topology: dict[str, Any], arcs: list[int]) -> np.ndarray:
    pieces = [_arc(topology, index) for index in arcs]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _arc(topology: dict[str, Any], index: int) -> np.ndarray:
    steps = np.array(topology["arcs"][index if index >= 0 else ~index])
    points = np.cumsum(steps, axis=0) * topology["transform"]["scale"] + topology["transform"]["translate"]
    return points if index >= 0 else points[::-1]
