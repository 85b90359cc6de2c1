"""Roads as straight legs between waypoints, and the class of road in each cell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.io.numeral import number_of
from simulation.region import grid
from simulation.region.columns import read_table

CLASSES = {"secondary": 1, "primary": 2, "motorway": 3}
PRIMARY = CLASSES["primary"]
COLUMNS = ("road", "class", "lifeline", "waypoints")
SAMPLE_DEGREES = 0.002
FURTHEST_FROM_ROAD_KM = 6.0


@dataclass(frozen=True, kw_only=True)
class Road:
    """A road: rank 1 secondary, 2 primary, 3 motorway; waypoints f8 (n, 2) in degrees, longitude first.

    lifeline: armies fight over it for itself.
    """

    name: str
    rank: int
    waypoints: np.ndarray = field(repr=False)
    lifeline: bool = False

    @cached_property
    def points(self) -> np.ndarray:
        """Points close together along the road, f8 (n, 2), longitude first."""
        legs = []
        for start, end in itertools.pairwise(self.waypoints):
            count = int(np.ceil(np.abs(end - start).max() / SAMPLE_DEGREES)) + 1
            legs.append(np.linspace(start, end, count))
        return np.concatenate(legs)

    @property
    def lat(self) -> np.ndarray:
        """Latitudes of its points."""
        return self.points[:, 1]

    @property
    def lon(self) -> np.ndarray:
        """Longitudes of its points."""
        return self.points[:, 0]


def read_roads(file: Path) -> list[Road]:
    """Return the roads of a CSV file of COLUMNS, waypoints as `lon:lat lon:lat`; InputError for any other."""
    table = read_table(file, COLUMNS, FileCache())
    rank = table.indices("class", tuple(CLASSES)) + 1
    lifeline = table.indices("lifeline", ("yes",), nothing="") == 0
    found = []
    for row, text in enumerate(table.columns["waypoints"]):
        points = [[number_of(part) for part in point.split(":")] for point in text.split()]
        if len(points) < 2 or any(len(p) != 2 or None in p or not _on_earth(p) for p in points):
            raise table.error(
                row, "waypoints", "must be two or more points lon:lat in degrees, with spaces between"
            )
        name = table.columns["road"][row]
        found.append(
            Road(
                name=name,
                rank=int(rank[row]),
                waypoints=np.array(points, float),
                lifeline=bool(lifeline[row]),
            )
        )
    return found


def _on_earth(point: Sequence[float | int | None]) -> bool:
    lon, lat = point
    return lon is not None and lat is not None and -180 <= lon < 180 and -90 <= lat < 90


def road_class(roads: Sequence[Road], sub_id: np.ndarray) -> np.ndarray:
    """Return the best road in each cell: 0 none, 1 secondary, 2 primary, 3 motorway; i1 (n).

    A point that straight legs put at sea or across a border belongs to the nearest cell within 6 km.
    """
    road = np.zeros(len(sub_id), dtype=np.int8)
    for each in roads:
        for cell in touched(each, sub_id):
            road[cell] = max(road[cell], each.rank)
    return road


def touched(road: Road, sub_id: np.ndarray) -> np.ndarray:
    """Return the indices of the cells that a road touches, each once, i8 (n)."""
    wanted = grid.sub_id_of(road.lat, road.lon)
    at = np.minimum(np.searchsorted(sub_id, wanted), len(sub_id) - 1)
    inside = sub_id[at] == wanted
    beside = [
        _nearest(lat, lon, sub_id) for lat, lon in zip(road.lat[~inside], road.lon[~inside], strict=True)
    ]
    return np.unique([*at[inside], *(cell for cell in beside if cell >= 0)]).astype(np.int64)


def _nearest(lat: float, lon: float, sub_id: np.ndarray) -> int:
    """Return the nearest cell within FURTHEST_FROM_ROAD_KM of a point, -1 for none."""
    distance = grid.distance_km(*grid.centre(sub_id), lat, lon)
    cell = int(np.argmin(distance))
    return cell if distance[cell] <= FURTHEST_FROM_ROAD_KM else -1


def require_roads(roads: Sequence[Road], file: Path) -> None:
    """Raise InputError for a file whose roads all lie outside the box."""
    if not roads:
        raise InputError("none of these roads comes into the box", file=file, path="waypoints")
