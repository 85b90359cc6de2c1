"""What a place's fall means, 0 to 1, by its people, its part and the roads through it: all of it an assumption."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from simulation.region import grid
from simulation.region_building.roads import PRIMARY, Road

LARGEST_CITY_WEIGHT = 0.8
POPULATION_EXPONENT = 2 / 3
FLOOR = {
    "capital": 1.0,
    "city": 0.15,
    "junction": 0.15,
    "base": 0.1,
    "crossing": 0.1,
    "town": 0.05,
    "village": 0.02,
}
DISTRICT_FLOOR = 0.1
SEAT_FLOOR = 0.25
LIFELINE_ARM = 0.02
MAIN_ROAD_ARM = 0.01
ON_ROAD_WITHIN_KM = 2.5
HELD_FOR_ITS_ROADS = ("city", "junction", "town", "village")

City = tuple[float, float, float]


def weight(
    kind: str, population: int, road: float, *, is_seat: bool, is_district: bool, largest_city: int
) -> float:
    """Return the weight of a place, 0 to 1; `road` is what `road_weight` gives for it.

    0.8 (population / the largest city's)^(2/3), but never below the floor of its part and the roads together, which
    count for no more than the seat of a province.
    """
    by_people: float = LARGEST_CITY_WEIGHT * (population / largest_city) ** POPULATION_EXPONENT
    floor = max(FLOOR[kind], DISTRICT_FLOOR if is_district else 0.0)
    by_part = max(FLOOR[kind], SEAT_FLOOR if is_seat else min(SEAT_FLOOR, floor + road))
    return round(min(1.0, max(by_people, by_part)), 2)


def road_weight(kind: str, lat: float, lon: float, roads: Sequence[Road], cities: Iterable[City]) -> float:
    """Return what the main roads at a point add: 0.02 for each arm of a lifeline, 0.01 for each other arm.

    A road within 2.5 km has two arms there, or one if it ends there. Within a large city, given as (latitude,
    longitude, km), roads count with the city; a base or a crossing is not held for them.
    """
    in_city = any(grid.distance_km(lat, lon, *centre) <= km for *centre, km in cities)
    if kind not in HELD_FOR_ITS_ROADS or in_city:
        return 0.0
    total = 0.0
    for road in roads:
        if road.rank < PRIMARY or not _comes_near(road, lat, lon):
            continue
        away = grid.distance_km(lat, lon, road.lat, road.lon)
        if away.min() <= ON_ROAD_WITHIN_KM:
            arms = 1 if min(away[0], away[-1]) <= ON_ROAD_WITHIN_KM else 2
            total += arms * (LIFELINE_ARM if road.lifeline else MAIN_ROAD_ARM)
    return total


def _comes_near(road: Road, lat: float, lon: float) -> bool:
    """Return whether a point lies within the rectangle round a road, widened by more than ON_ROAD_WITHIN_KM."""
    north = 0.03
    east = north / max(0.01, float(np.cos(np.radians(lat))))
    (west_end, south_end), (east_end, north_end) = road.waypoints.min(axis=0), road.waypoints.max(axis=0)
    return bool(south_end - north <= lat <= north_end + north and west_end - east <= lon <= east_end + east)
