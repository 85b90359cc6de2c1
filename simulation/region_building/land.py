"""Which squares of a box are land of the region, and whose outline each lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.region import grid
from simulation.region_building.outlines import Outline
from simulation.region_building.packages import package

LEAST_LAND_SHARE = 0.5
LEAST_SHARE_WITH_ROAD = 0.05


@dataclass(frozen=True, kw_only=True)
class Land:
    """The squares of a region, i8 (n) in rising order; `country` indexes the outlines, i2 (n), -1 for none.

    `drowned` are the squares that a lake took, i8 (m).
    """

    sub_id: np.ndarray
    country: np.ndarray
    drowned: np.ndarray


def land_of(
    cells: np.ndarray,
    outlines: Sequence[Outline],
    inside: Sequence[bool],
    water: Any,
    with_place: np.ndarray,
    with_road: np.ndarray,
) -> Land:
    """Return the land among the squares of a box; `inside` says which countries belong to the region.

    A square with a place is land whatever the outlines say. Its country is that, of those that belong to the region,
    with the largest part of it; a square of none of them has the country of the nearest one.
    """
    shapely = package("shapely")
    shares = np.stack([share_of(cells, outline.shape) for outline in outlines] or [np.zeros(len(cells))])
    members = [outline.shape for outline, chosen in zip(outlines, inside, strict=True) if chosen]
    country = shapely.union_all(members)
    kept = land_cells(cells, country, water, with_place, with_road)
    without_lakes = land_cells(cells, country, shapely.MultiPolygon(), with_place, with_road)
    return Land(
        sub_id=kept,
        country=_country(
            kept, shares[:, np.isin(cells, kept)] * np.array([[chosen] for chosen in inside] or [[False]])
        ),
        drowned=np.setdiff1d(without_lakes, kept),
    )


def _country(sub_id: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the outline of each cell by its shares, f8 (outlines, n); i2 (n), -1 where no cell has any."""
    found = np.where(shares.max(axis=0) > 0, shares.argmax(axis=0), -1).astype(np.int16)
    known, (lat, lon) = np.flatnonzero(found >= 0), grid.centre(sub_id)
    for at in np.flatnonzero(found < 0) if len(known) else ():
        found[at] = found[known[np.argmin(grid.distance_km(lat[at], lon[at], lat[known], lon[known]))]]
    return found


def land_cells(
    cells: np.ndarray, country: Any, water: Any, with_place: np.ndarray, with_road: np.ndarray
) -> np.ndarray:
    """Return the sub_id of every land cell in rising order.

    A cell counts if at least half of it is dry land of the country, if a place lies in it, or if a road
    does and a twentieth of it lies in the country.
    """
    country_share = share_of(cells, country)
    dry_share = share_of(cells, package("shapely").difference(country, water))
    on_road = np.isin(cells, with_road) & (country_share >= LEAST_SHARE_WITH_ROAD)
    return cells[(dry_share >= LEAST_LAND_SHARE) | np.isin(cells, with_place) | on_road]


def share_of(cells: np.ndarray, shape: Any) -> np.ndarray:
    """Return which share of each cell a shape covers, 0 to 1, f8 (n)."""
    shapely = package("shapely")
    south, west = (np.asarray(corner) / grid.MICRO for corner in grid.south_west(cells))
    side = grid.CELL_SIDE / grid.MICRO
    squares = shapely.box(west, south, west + side, south + side)
    shapely.prepare(shape)
    whole = shapely.contains_properly(shape, squares)
    touched = ~whole & shapely.intersects(shape, squares)
    share: np.ndarray = whole.astype(np.float64)
    share[touched] = shapely.area(shapely.intersection(squares[touched], shape)) / side**2
    return share
