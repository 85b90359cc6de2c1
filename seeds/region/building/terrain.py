"""Elevation, ruggedness and roads of each cell."""

from __future__ import annotations

import itertools

import numpy as np

from building.sources import Rows
from simulation.region import grid

SAMPLES_PER_DEGREE = 12
ROAD_CLASSES = {"secondary": 1, "primary": 2, "motorway": 3}
ROAD_SAMPLE_DEGREES = 0.002
FURTHEST_FROM_ROAD_KM = 6

RoadPoints = tuple[int, np.ndarray, np.ndarray]


def elevation_m(altitudes: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the elevation (m) of the sample each cell centre lies in, f8 (n); 0 where it has none."""
    row, col = _sample(lat, lon)
    return np.nan_to_num(altitudes[row, col], nan=0.0)


def ruggedness_m(altitudes: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the standard deviation (m) of the nine samples around each cell, f8 (n); sea is left out.

    The nine cover about 28 by 23 km.
    """
    row, col = _sample(lat, lon)
    around = [altitudes[row + dr, col + dc] for dr in (-1, 0, 1) for dc in (-1, 0, 1)]
    return np.nan_to_num(np.nanstd(np.stack(around), axis=0), nan=0.0)


def road_points(rows: Rows) -> list[RoadPoints]:
    """Return class, latitudes and longitudes of points close together along each road."""
    return [(ROAD_CLASSES[row["class"]], *_along(row["waypoints"])) for row in rows]


def road_class(points: list[RoadPoints], sub_id: np.ndarray) -> np.ndarray:
    """Return the best road in each cell: 0 none, 1 secondary, 2 primary, 3 motorway; i1 (n).

    A point that straight legs put at sea or across a border belongs to the nearest cell within 6 km.
    """
    road = np.zeros(len(sub_id), dtype=np.int8)
    lat, lon = grid.centre(sub_id)
    for rank, road_lat, road_lon in points:
        for at_lat, at_lon in zip(road_lat, road_lon, strict=True):
            distance = grid.distance_km(lat, lon, at_lat, at_lon)
            wanted = np.searchsorted(sub_id, grid.sub_id_of(at_lat, at_lon))
            inside = wanted < len(sub_id) and sub_id[wanted] == grid.sub_id_of(at_lat, at_lon)
            cell = wanted if inside else int(np.argmin(distance))
            if inside or distance[cell] <= FURTHEST_FROM_ROAD_KM:
                road[cell] = max(road[cell], rank)
    return road


def _sample(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    row = np.floor((90 - lat) * SAMPLES_PER_DEGREE).astype(int)
    return row, np.floor((lon + 180) * SAMPLES_PER_DEGREE).astype(int)


def _along(waypoints: str) -> tuple[np.ndarray, np.ndarray]:
    corners = np.array([[float(part) for part in point.split(":")] for point in waypoints.split()])
    legs = []
    for start, end in itertools.pairwise(corners):
        count = int(np.ceil(np.abs(end - start).max() / ROAD_SAMPLE_DEGREES)) + 1
        legs.append(np.linspace(start, end, count))
    lon, lat = np.concatenate(legs).T
    return lat, lon
