"""Where people lived before the war: towns, settled land and governorates."""

from __future__ import annotations

import numpy as np

from building.sources import Town
from simulation.region import grid

LARGEST_TOWN_SHARE = 0.7
TOWN_DENSITY = 15_000
SEAT_WITHOUT_FIGURE = 4_000
LEAST_TOWN_RADIUS_KM = 2.0
SAMPLES_PER_SIDE = 5
SETTLED_REACH_KM = 11
SETTLED_HALF = 1.6


def governorate_of(towns: list[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the GeoNames division of the nearest town, text (n)."""
    distance = _distances(towns, lat, lon)
    return np.array([town.division for town in towns])[np.argmin(distance, axis=1)]


def settledness(towns: list[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return 0 (steppe) to 1 (farmed and settled) for each cell, by how many towns lie about.

    GeoNames holds every subdistrict seat, and those stand close where land is farmed; a lone oasis counts
    little.
    """
    crowd = np.exp(-((_distances(towns, lat, lon) / SETTLED_REACH_KM) ** 2) / 2).sum(axis=1)
    return crowd**3 / (crowd**3 + SETTLED_HALF**3)


def before_the_war(towns: list[Town], census: dict[str, int], sub_id: np.ndarray) -> np.ndarray:
    """Return people per cell on the scale of the census, f8 (n).

    Towns hold what GeoNames says, but at most 70 % of their governorate; the rest lives on the land by
    settledness.
    """
    lat, lon = grid.centre(sub_id)
    division, settled = governorate_of(towns, lat, lon), settledness(towns, lat, lon)
    people = np.zeros(len(sub_id))
    for code, total in census.items():
        own = [town for town in towns if town.division == code]
        in_towns = min(sum(map(_size, own)), LARGEST_TOWN_SHARE * total)
        shrink = in_towns / sum(map(_size, own))
        people += shrink * sum(_town_people(town, sub_id, lat, lon) for town in own)
        weight = np.where(division == code, settled, 0)
        people += (total - in_towns) * weight / max(weight.sum(), 1)
    return people


def _size(town: Town) -> int:
    return town.population or SEAT_WITHOUT_FIGURE


def _town_people(town: Town, sub_id: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return a town's people by cell: density falls as a parabola from the centre to nothing at the edge."""
    if not np.any(sub_id == grid.sub_id_of(town.lat, town.lon)):
        return np.zeros(len(sub_id))
    radius = max(LEAST_TOWN_RADIUS_KM, float(np.sqrt(2 * _size(town) / TOWN_DENSITY / np.pi)))
    side = grid.CELL_SIDE / grid.MICRO
    offsets = (np.arange(SAMPLES_PER_SIDE) + 0.5) / SAMPLES_PER_SIDE * side - side / 2
    bell = sum(
        np.maximum(0, 1 - (grid.distance_km(lat + dy, lon + dx, town.lat, town.lon) / radius) ** 2)
        for dy in offsets
        for dx in offsets
    )
    return _size(town) * bell / bell.sum()


def _distances(towns: list[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    town_lat, town_lon = np.array([t.lat for t in towns]), np.array([t.lon for t in towns])
    return grid.distance_km(lat[:, None], lon[:, None], town_lat, town_lon)
