"""The named places of the model: kind, weight and population of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from building.control import ACTOR_OF
from building.sources import Rows, Town
from building.weights import City, road_weight, weight
from simulation.region import grid

CAPITAL = "Damascus"
CITY_FROM = 80_000
SAME_TOWN_WITHIN_KM = 2.5


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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What lifts places above others of their kind: seats of governorates and districts by name, and the roads.

    `cities` are the large ones as (latitude, longitude, radius in km).
    """

    seats: set[str]
    districts: set[str]
    roads: Rows
    cities: list[City]

    def weight(self, row: dict[str, str], kind: str, population: int) -> float:
        """Return the weight of a place, 0 to 1."""
        road = road_weight(kind, float(row["lat"]), float(row["lon"]), self.roads, self.cities)
        return weight(kind, population, road, row["name"] in self.seats, row["name"] in self.districts)


def make_sites(
    labels: Rows, sites: Rows, towns: list[Town], cities: dict[str, int], standing: Standing
) -> list[Site]:
    """Return all places in file order: labels first, then bases, crossings and quarters."""
    settled = [row for row in labels if row["role"] != "none"]
    town_of = _match(settled, towns)
    people = [
        cities.get(row["name"], town_of[i].population if i in town_of else 0) for i, row in enumerate(settled)
    ]
    kinds = [
        _kind(row, number, i in town_of, standing.seats)
        for i, (row, number) in enumerate(zip(settled, people, strict=True))
    ]
    first = [
        _site(row, kind, number, standing) for row, kind, number in zip(settled, kinds, people, strict=True)
    ]
    return first + [_site(row | {"confidence": ""}, row["kind"], 0, standing) for row in sites]


def _kind(row: dict[str, str], population: int, is_town: bool, seats: set[str]) -> str:
    if row["role"]:
        return row["role"]
    if row["name"] == CAPITAL:
        return "capital"
    if row["name"] in seats or population >= CITY_FROM:
        return "city"
    return "town" if is_town or row["coordinates"] == "GeoNames" else "village"


def _site(row: dict[str, str], kind: str, population: int, standing: Standing) -> Site:
    return Site(
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        kind=kind,
        weight=standing.weight(row, kind, population),
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
