"""How many people live in each cell now, how many of them are displaced, and how many villages there are."""

from __future__ import annotations

import numpy as np

from building.tables import Rows
from simulation.region import grid
from simulation.region_building.spread import camp_bell, largest_remainder

EMPTIED_SHARE = 0.2
EMPTIED_WITHIN_KM = 15
STRIP_WEST_LON = 38.4


def counts(
    tables: dict[str, Rows], shape: np.ndarray, area: np.ndarray, sub_id: np.ndarray
) -> dict[str, np.ndarray]:
    """Return population, displaced and camps of each cell; each area sums to its targets in people.csv."""
    target = {(row["area"], row["quantity"]): int(row["people"]) for row in tables["people"]}
    found = {name: np.zeros(len(sub_id), dtype=np.int64) for name in ("population", "displaced", "camps")}
    for name in sorted(set(area)):
        total, displaced, camps = (target[name, quantity] for quantity in found)
        in_camps = largest_remainder(_camp_weights(tables["camps"], name, area == name, sub_id), camps)
        settled = _settled(tables, shape, area == name, sub_id, total - camps)
        found["population"] += settled + in_camps
        found["displaced"] += largest_remainder(settled.astype(float), displaced - camps) + in_camps
        found["camps"] += in_camps
    return found


def villages(census: Rows, division: np.ndarray, settled: np.ndarray, urban: np.ndarray) -> np.ndarray:
    """Return the villages of each cell, i8 (n): those of a governorate by settled land outside its cities."""
    found = np.zeros(len(division), dtype=np.int64)
    for row in census:
        weight = np.where(division == row["geonames"], settled * (1 - urban), 0)
        if weight.any():
            found += largest_remainder(weight, int(row["villages_in_box"]))
    return found


def area_of(word: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the area of sources/people.csv that each cell belongs to, text (n)."""
    names = {"GOV": "government", "HTS": "north_west_hts", "SDF": "sdf", "MIX": "sdf", "USP": "united_states"}
    sna = np.where(lon < STRIP_WEST_LON, "north_west_sna", "strip_sna")
    return np.where(word == "SNA", sna, [names.get(w, "") for w in word])


def emptied(people: np.ndarray, area: np.ndarray, division: np.ndarray, sub_id: np.ndarray) -> np.ndarray:
    """Return people per cell after the flight from land the government retook in 2019-20, f8 (n).

    All of it in Idlib, and in Aleppo and Hama within 15 km of the HTS area, keeps a fifth of its people.
    """
    lat, lon = grid.centre(sub_id)
    hts = area == "north_west_hts"
    nearest = grid.distance_km(lat[:, None], lon[:, None], lat[hts], lon[hts]).min(axis=1)
    near = np.isin(division, ["09", "10"]) & (nearest <= EMPTIED_WITHIN_KM)
    return np.where((area == "government") & (near | (division == "12")), people * EMPTIED_SHARE, people)


def _settled(
    tables: dict[str, Rows], shape: np.ndarray, member: np.ndarray, sub_id: np.ndarray, total: int
) -> np.ndarray:
    """Return an area's people outside camps: cities by their own estimates, the rest by the shape."""
    lat, lon = grid.centre(sub_id)
    settled, free = np.zeros(len(sub_id), dtype=np.int64), member.copy()
    centre = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in tables["labels"]}
    for row in tables["cities"]:
        city = member & (grid.distance_km(lat, lon, *centre[row["city"]]) <= float(row["radius_km"]))
        if city.any():
            settled += largest_remainder(np.where(city, shape, 0), int(row["people"]))
            free &= ~city
    return settled + largest_remainder(np.where(free, shape, 0), total - int(settled.sum()))


def _camp_weights(camps: Rows, area: str, member: np.ndarray, sub_id: np.ndarray) -> np.ndarray:
    """Return the share of an area's camp population in each cell, f8 (n), within the area's own cells."""
    lat, lon = grid.centre(sub_id)
    weights = np.zeros(len(sub_id))
    for camp in (row for row in camps if row["area"] == area):
        bell = np.where(member, camp_bell(float(camp["lat"]), float(camp["lon"]), lat, lon), 0)
        weights += float(camp["share"]) * bell / bell.sum()
    return weights
