"""How people are spread over cells: towns, settled land, camps, and whole numbers that add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.region import grid
from simulation.region_building.gazetteer import Town

TOWN_DENSITY = 20_000
"""People per km2 in the middle of a town; it falls to nothing at the edge. Assumption, 10,000 to 30,000."""
UNCOUNTED_TOWN = 4_000
"""People of a town of which GeoNames has no figure: most are seats of districts."""
LEAST_TOWN_RADIUS_KM = 2.0
SAMPLES_PER_SIDE = 5
SETTLED_REACH_KM = 11
SETTLED_HALF = 1.6
OPEN_PER_KM2, DENSE_PER_KM2 = 300.0, 10_000.0
CAMP_REACH_KM = 4
_BLOCK = 4096


def settledness(towns: Sequence[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return 0 (empty) to 1 (farmed and settled) for each point, by how many towns lie about, f8 (n).

    GeoNames holds the seats of districts, and those stand close where land is farmed; a lone oasis counts little.
    """
    found = np.zeros(len(lat))
    for at in range(0, len(lat), _BLOCK):
        some = slice(at, at + _BLOCK)
        crowd = np.exp(-((distances(towns, lat[some], lon[some]) / SETTLED_REACH_KM) ** 2) / 2).sum(axis=1)
        found[some] = crowd**3 / (crowd**3 + SETTLED_HALF**3)
    return found


def distances(towns: Sequence[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return km between points and towns, f8 (points, towns)."""
    town_lat, town_lon = np.array([t.lat for t in towns]), np.array([t.lon for t in towns])
    return np.asarray(grid.distance_km(lat[:, None], lon[:, None], town_lat, town_lon))


def size(town: Town) -> int:
    """Return the people of a town, an assumption where nobody counted them."""
    return town.population or UNCOUNTED_TOWN


def town_people(
    town: Town, sub_id: np.ndarray, lat: np.ndarray, lon: np.ndarray, density: float = TOWN_DENSITY
) -> np.ndarray:
    """Return a town's people by cell: density falls as a parabola from the centre to nothing at the edge, f8 (n).

    A town that lies in none of the cells has nobody there.
    """
    if not np.any(sub_id == grid.sub_id_of(town.lat, town.lon)):
        return np.zeros(len(sub_id))
    radius = max(LEAST_TOWN_RADIUS_KM, float(np.sqrt(2 * size(town) / density / np.pi)))
    side = grid.CELL_SIDE / grid.MICRO
    offsets = (np.arange(SAMPLES_PER_SIDE) + 0.5) / SAMPLES_PER_SIDE * side - side / 2
    bell = sum(
        np.maximum(0, 1 - (grid.distance_km(lat + dy, lon + dx, town.lat, town.lon) / radius) ** 2)
        for dy in offsets
        for dx in offsets
    )
    return np.asarray(size(town) * bell / bell.sum())


def camp_bell(at_lat: float, at_lon: float, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return how much of the camps around a point each cell has, f8 (n), without a unit: a bell of CAMP_REACH_KM."""
    return np.asarray(np.exp(-((grid.distance_km(lat, lon, at_lat, at_lon) / CAMP_REACH_KM) ** 2)))


def urban(outside_camps: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return 0 (up to 300 people per km2 outside camps) to 1 (from 10,000) on a logarithmic scale, f8 (n)."""
    density = np.maximum(outside_camps, 1) / grid.area_km2(lat)
    return np.asarray(np.clip(np.log(density / OPEN_PER_KM2) / np.log(DENSE_PER_KM2 / OPEN_PER_KM2), 0, 1))


def largest_remainder(weights: np.ndarray, total: int) -> np.ndarray:
    """Return whole numbers in proportion to the weights that sum to the total; ties go to the lower index."""
    if total == 0:
        return np.zeros(len(weights), dtype=np.int64)
    exact = np.round(weights / weights.sum() * total, 6)
    whole: np.ndarray = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - whole.sum()]] += 1
    return whole


def whole(people: np.ndarray) -> np.ndarray:
    """Return people as whole numbers that add up to their rounded sum, i8 (n)."""
    return largest_remainder(people, int(round(float(people.sum()))))
