"""The named places of a region: labels and large towns, each with its kind, people, province and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.region import grid
from simulation.region_building.gazetteer import Town, nations
from simulation.region_building.labels import Label, points_of
from simulation.region_building.roads import Road
from simulation.region_building.weights import road_weight, weight

CITY_FROM = 80_000
SAME_TOWN_WITHIN_KM = 2.5
LEAST_LARGEST_CITY = 100_000
"""People: in a region of villages none weighs as a metropolis does. Assumption."""
SETTLED = ("capital", "city", "town", "village")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A place on the drawn map; population 0 means that no figure is known, confidence 0 that no label names it."""

    name: str
    lat: float
    lon: float
    cell: int
    kind: str
    population: int
    control: str
    confidence: int
    coordinates: str
    weight: float = 0.0
    given_weight: float | None = None


def match(labels: Sequence[Label], towns: Sequence[Town]) -> dict[int, Town]:
    """Return for each label the town it is, within 2.5 km, nearest pairs first, each town once."""
    if not labels or not towns:
        return {}
    lat, lon = points_of(labels)
    distance = grid.distance_km(
        lat[:, None], lon[:, None], np.array([t.lat for t in towns]), np.array([t.lon for t in towns])
    )
    town_of: dict[int, Town] = {}
    taken: set[int] = set()
    near = np.argwhere(distance <= SAME_TOWN_WITHIN_KM)
    for row, town in near[np.argsort(distance[tuple(near.T)], kind="stable")].tolist():
        if row not in town_of and town not in taken:
            town_of[row] = towns[town]
            taken.add(town)
    return town_of


def labelled_sites(labels: Sequence[Label], town_of: dict[int, Town], sub_id: np.ndarray) -> list[Site]:
    """Return a site for each label that is a place, in the order of the labels."""
    found = []
    for at, label in enumerate(labels):
        if label.role == "none":
            continue
        town = None if label.role not in ("", *SETTLED) else town_of.get(at)
        people = label.population if label.population is not None else (town.population if town else 0)
        found.append(
            Site(
                name=label.name,
                lat=label.lat,
                lon=label.lon,
                cell=_cell(sub_id, label.lat, label.lon),
                kind=label.role or _kind(town, people),
                population=people,
                control=label.control,
                confidence=label.confidence,
                coordinates=label.coordinates,
                given_weight=label.weight,
            )
        )
    return found


def town_site(town: Town, cell: int, control: str, taken: set[str]) -> Site:
    """Return a site for a town that no label names; a name that is taken gets its number in brackets."""
    name, number = town.name, 2
    while name in taken:
        name, number = f"{town.name} ({number})", number + 1
    taken.add(name)
    return Site(
        name=name, lat=town.lat, lon=town.lon, cell=cell, kind=_kind(town, town.population),
        population=town.population, control=control, confidence=0, coordinates="GeoNames",
    )  # fmt: skip


def _kind(town: Town | None, people: int) -> str:
    if town is not None and _is_capital(town):
        return "capital"
    if people >= CITY_FROM:
        return "city"
    return "town" if town is not None else "village"


def _is_capital(town: Town) -> bool:
    capital = next((nation.capital for nation in nations() if nation.code == town.country), "")
    return bool(capital) and capital in town.spellings and town.population > 0


def weighted(sites: Sequence[Site], seats: set[str], roads: Sequence[Road]) -> list[Site]:
    """Return the sites with their weights; what a label says goes before what people, part and roads give."""
    largest = max([LEAST_LARGEST_CITY, *(site.population for site in sites)])
    found = []
    for site in sites:
        kind = "city" if site.name in seats and site.kind in ("town", "village") else site.kind
        by_road = road_weight(kind, site.lat, site.lon, roads, ())
        drawn = weight(
            kind,
            site.population,
            by_road,
            is_seat=site.name in seats,
            is_district=False,
            largest_city=largest,
        )
        given = site.given_weight
        found.append(replace(site, kind=kind, weight=drawn if given is None else given))
    return found


def _cell(sub_id: np.ndarray, lat: float, lon: float) -> int:
    return int(np.searchsorted(sub_id, grid.sub_id_of(lat, lon)))
