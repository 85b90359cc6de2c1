"""The named places of the model: kind, weight and population of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from building.control import ACTOR_OF
from building.sources import Rows, Town
from simulation.region import grid

CAPITAL = "Damascus"
CITY_FROM = 80_000
SAME_TOWN_WITHIN_KM = 2.5
LARGEST_CITY_WEIGHT = 0.8
LARGEST_CITY_PEOPLE = 2_203_000
POPULATION_EXPONENT = 2 / 3
SEAT_FLOOR = 0.25
FLOOR = {
    "capital": 1.0,
    "city": 0.15,
    "junction": 0.15,
    "base": 0.1,
    "crossing": 0.1,
    "town": 0.05,
    "village": 0.02,
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place before it is put on the grid; population 0 means that no figure is known."""

    name: str
    lat: float
    lon: float
    kind: str
    weight: float
    population: int
    control: str
    confidence: str
    coordinates: str


def make_sites(
    labels: Rows,
    sites: Rows,
    towns: list[Town],
    cities: dict[str, int],
    seats: set[str],
) -> list[Site]:
    """Return all places in file order: labels first, then bases, crossings and quarters."""
    settled = [row for row in labels if row["role"] != "none"]
    town_of = _match(settled, towns)
    people = [
        cities.get(row["name"], town_of[i].population if i in town_of else 0) for i, row in enumerate(settled)
    ]
    kinds = [
        _kind(row, number, i in town_of, seats)
        for i, (row, number) in enumerate(zip(settled, people, strict=True))
    ]
    first = [
        _site(row, kind, number, seats) for row, kind, number in zip(settled, kinds, people, strict=True)
    ]
    return first + [_site(row | {"confidence": ""}, row["kind"], 0, seats) for row in sites]


def weight(kind: str, population: int, is_seat: bool) -> float:
    """Return what a place's fall means, 0 to 1 (assumption).

    0.8 (population / Aleppo's)^(2/3), so that Homs comes to 0.60 and Hama to 0.47, but never below the
    floor of its role.
    """
    by_people = LARGEST_CITY_WEIGHT * (population / LARGEST_CITY_PEOPLE) ** POPULATION_EXPONENT
    return round(min(1.0, max(by_people, FLOOR[kind], SEAT_FLOOR if is_seat else 0.0)), 2)


def _kind(row: dict[str, str], population: int, is_town: bool, seats: set[str]) -> str:
    if row["role"]:
        return row["role"]
    if row["name"] == CAPITAL:
        return "capital"
    if row["name"] in seats or population >= CITY_FROM:
        return "city"
    return "town" if is_town or row["coordinates"] == "GeoNames" else "village"


def _site(row: dict[str, str], kind: str, population: int, seats: set[str]) -> Site:
    return Site(
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        kind=kind,
        weight=weight(kind, population, row["name"] in seats),
        population=population,
        control=ACTOR_OF[row["control"]],
        confidence=row["confidence"],
        coordinates=row["coordinates"],
    )


def _match(rows: Rows, towns: list[Town]) -> dict[int, Town]:
    """Return for each row the town it is, nearest pairs first, each town once."""
    lat, lon = (np.array([float(row[key]) for row in rows]) for key in ("lat", "lon"))
    distance = grid.distance_km(
        lat[:, None], lon[:, None], np.array([t.lat for t in towns]), np.array([t.lon for t in towns])
    )
    town_of: dict[int, Town] = {}
    for flat in np.argsort(distance, axis=None, kind="stable"):
        row, town = divmod(int(flat), len(towns))
        if distance[row, town] > SAME_TOWN_WITHIN_KM:
            break
        if row not in town_of and towns[town] not in town_of.values():
            town_of[row] = towns[town]
    return town_of
