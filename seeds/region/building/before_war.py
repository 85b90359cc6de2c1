"""Where people lived before the war: towns, settled land and governorates."""

from __future__ import annotations

import numpy as np

from simulation.region import grid
from simulation.region_building import spread
from simulation.region_building.gazetteer import Town

LARGEST_TOWN_SHARE = 0.7
TOWN_DENSITY = 15_000


def governorate_of(towns: list[Town], lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the GeoNames division of the nearest town, text (n)."""
    distance = spread.distances(towns, lat, lon)
    return np.array([town.division for town in towns])[np.argmin(distance, axis=1)]


def before_the_war(towns: list[Town], census: dict[str, int], sub_id: np.ndarray) -> np.ndarray:
    """Return people per cell on the scale of the census, f8 (n).

    Towns hold what GeoNames says, but at most 70 % of their governorate; the rest lives on the land by
    settledness.
    """
    lat, lon = grid.centre(sub_id)
    division, settled = governorate_of(towns, lat, lon), spread.settledness(towns, lat, lon)
    people = np.zeros(len(sub_id))
    for code, total in census.items():
        own = [town for town in towns if town.division == code]
        in_towns = min(sum(map(spread.size, own)), LARGEST_TOWN_SHARE * total)
        shrink = in_towns / sum(map(spread.size, own))
        people += shrink * sum(spread.town_people(town, sub_id, lat, lon, TOWN_DENSITY) for town in own)
        weight = np.where(division == code, settled, 0)
        people += (total - in_towns) * weight / max(weight.sum(), 1)
    return people
