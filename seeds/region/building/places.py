"""The named places of the model: kind, weight and population of each."""

from __future__ import annotations

from dataclasses import dataclass

from building.tables import ACTOR_OF, Rows
from simulation.region_building.gazetteer import Town
from simulation.region_building.labels import Label
from simulation.region_building.places import match
from simulation.region_building.roads import Road
from simulation.region_building.weights import City, road_weight, weight

CAPITAL = "Damascus"
CITY_FROM = 80_000
LARGEST_CITY_PEOPLE = 2_203_000


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
    roads: list[Road]
    cities: list[City]

    def weight(self, row: dict[str, str], kind: str, population: int) -> float:
        """Return the weight of a place, 0 to 1."""
        road = road_weight(kind, float(row["lat"]), float(row["lon"]), self.roads, self.cities)
        return weight(
            kind,
            population,
            road,
            is_seat=row["name"] in self.seats,
            is_district=row["name"] in self.districts,
            largest_city=LARGEST_CITY_PEOPLE,
        )


def make_sites(
    labels: Rows, sites: Rows, towns: list[Town], cities: dict[str, int], standing: Standing
) -> list[Site]:
    """Return all places in file order: labels first, then bases, crossings and quarters."""
    settled = [row for row in labels if row["role"] != "none"]
    town_of = match([_label(row) for row in settled], towns)
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


def _label(row: dict[str, str]) -> Label:
    return Label(name=row["name"], lat=float(row["lat"]), lon=float(row["lon"]), control=row["control"])
