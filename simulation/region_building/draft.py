"""Drafting a region: the steps in their order, and all that whoever reads it should know of how it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from simulation.errors import InputError
from simulation.region import grid
from simulation.region.description import Box
from simulation.region_building import control, draft_roads, membership, people, relief, spread
from simulation.region_building.box import box_of, cells_of, holds
from simulation.region_building.gazetteer import Names, Town, nations, towns_in, towns_of
from simulation.region_building.islands import Island, islands
from simulation.region_building.labels import Label, LabelFile, points_of, read_labels
from simulation.region_building.land import Land, land_of
from simulation.region_building.outlines import Outline, countries, lakes
from simulation.region_building.packages import require_packages
from simulation.region_building.people import People, people_of
from simulation.region_building.places import Site, labelled_sites, match, town_site, weighted
from simulation.region_building.provinces import Provinces, provinces_of
from simulation.region_building.roads import Road, read_roads, require_roads, road_class
from simulation.region_building.seats import Seats, seats_of

TOWNS_FROM = 15_000
"""People from which a town is a place though no label names it."""
MOST_VILLAGES = 1_000


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A region as it was drafted, n cells in rising order of sub_id.

    control is an actor or empty; camps are part of population; mixed, road and villages are whole numbers; urban 0
    to 1; elevation and ruggedness
    in metres; `inside` says which outlines belong to the region; `drafted_roads`: no file gave them; `ignored` are
    labels outside the box; `town_of` has the town of GeoNames that a label is.
    """

    box: Box
    outlines: tuple[Outline, ...]
    inside: tuple[bool, ...]
    land: Land
    elevation: np.ndarray
    ruggedness: np.ndarray
    road: np.ndarray
    population: np.ndarray
    camps: np.ndarray
    villages: np.ndarray
    urban: np.ndarray
    control: tuple[str, ...]
    mixed: np.ndarray
    provinces: Provinces
    seats: Seats
    sites: tuple[Site, ...]
    roads: tuple[Road, ...]
    drafted_roads: bool
    labels: LabelFile
    ignored: tuple[str, ...]
    town_of: dict[str, Town]
    disputes: tuple[membership.Dispute, ...]
    islands: tuple[Island, ...]

    @property
    def labelled(self) -> tuple[Label, ...]:
        """The labels that are places of the region."""
        out = set(self.ignored)
        return tuple(each for each in self.labels.labels if each.role != "none" and each.name not in out)

    @property
    def controllers(self) -> tuple[str, ...]:
        """The actors that the labels name, in their order."""
        return tuple(dict.fromkeys(label.control for label in self.labels.labels if label.control))


def draft_region(
    box: str | Sequence[float],
    labels: Path | None = None,
    *,
    roads: Path | None = None,
    country: Sequence[str] = (),
    towns_from: int = TOWNS_FROM,
) -> Draft:
    """Return the region of a box, S,W,N,E in degrees, drafted from packaged data.

    `labels` and `roads` are files; without labels nobody holds anything, without roads they are drafted. `country`
    names the countries that belong to it, by two letters or name; those in which labels lie when left out.
    Errors: InputError for a box, a file or a country that cannot be used, and where the extra `region` is missing.
    """
    require_packages()
    square = box_of(box)
    around = Box(
        south=max(-90, square.south - 1), west=max(-180, square.west - 1),
        north=min(90, square.north + 1), east=min(180, square.east + 1),
    )  # fmt: skip
    nearby = towns_in(around)
    towns = [town for town in nearby if holds(square, town.lat, town.lon)]
    names = Names(towns)
    read = LabelFile() if labels is None else read_labels(labels, names)
    here = [label for label in read.labels if holds(square, label.lat, label.lon)]
    if read.labels and not here:
        raise InputError(
            "none of these places lies in the box; are lat and lon the right way round?", file=labels
        )
    outlines = countries(square)
    inside = membership.members(outlines, here, names, country)
    given = [] if roads is None else _roads(roads, square)
    return _draft(square, outlines, inside, towns, nearby, read, here, given, towns_from)


def _roads(file: Path, box: Box) -> list[Road]:
    found = [road for road in read_roads(file) if holds(box, road.lat, road.lon).any()]
    require_roads(found, file)
    return found


def _draft(
    box: Box,
    outlines: Sequence[Outline],
    inside: Sequence[bool],
    towns: Sequence[Town],
    nearby: Sequence[Town],
    read: LabelFile,
    here: Sequence[Label],
    roads: list[Road],
    towns_from: int,
) -> Draft:
    places = [label for label in here if label.role != "none"]
    land = land_of(
        cells_of(box), outlines, inside, lakes(box),
        grid.sub_id_of(*points_of(places)) if places else np.zeros(0, dtype=np.int64),
        np.concatenate([grid.sub_id_of(*_within(road, box)) for road in roads] or [np.zeros(0, dtype=np.int64)]),
    )  # fmt: skip
    if not len(land.sub_id):
        raise InputError("the box holds no land of the region; move it, or name other countries (--country)")
    letters = [membership.letters_of(outline) for outline in outlines]
    code = [letters[at] if at >= 0 else "" for at in land.country]
    lat, lon = grid.centre(land.sub_id)
    decides = control.deciding_label(read.labels, land.sub_id)
    holder = tuple(read.labels[at].control if at >= 0 else "" for at in decides)
    mixed = np.array([at >= 0 and read.labels[at].mixed for at in decides])
    provinces = provinces_of(land.sub_id, code, nearby)
    sites = _sites(here, towns, land, holder, provinces, towns_from)
    if not sites:
        raise InputError("no place is on this map; give labels, or a box with a town in it")
    seats = seats_of(provinces, sites, land.sub_id)
    elevation, ruggedness = relief.elevation_m(lat, lon), relief.ruggedness_m(lat, lon)
    terrain = draft_roads.Terrain(sub_id=land.sub_id, elevation=elevation, ruggedness=ruggedness)
    drawn = roads or draft_roads.draft_roads(terrain, *_nodes(sites, towns, land.sub_id))
    town_of = match(here, towns)
    counted = _people(land, code, here, town_of)
    settled = spread.whole(counted.in_towns + counted.outside_towns)
    camps, urban = spread.whole(counted.in_camps), spread.urban(settled, lat)
    return Draft(
        box=box,
        outlines=tuple(outlines),
        inside=tuple(inside),
        land=land,
        elevation=elevation,
        ruggedness=ruggedness,
        road=road_class(drawn, land.sub_id),
        population=settled + camps,
        camps=camps,
        villages=people.villages(counted.outside_towns, urban, MOST_VILLAGES),
        urban=urban,
        control=holder,
        mixed=mixed,
        provinces=provinces,
        seats=seats,
        sites=tuple(weighted(sites, set(seats.seat.values()), drawn)),
        roads=tuple(drawn),
        drafted_roads=not roads,
        labels=read,
        ignored=tuple(label.name for label in read.labels if label not in here),
        town_of={here[at].name: town for at, town in town_of.items()},
        disputes=tuple(membership.disputes(box, outlines, inside)),
        islands=tuple(islands(land.sub_id, sites)),
    )


def _within(road: Road, box: Box) -> tuple[np.ndarray, np.ndarray]:
    held = holds(box, road.lat, road.lon)
    return road.lat[held], road.lon[held]


def _sites(
    labels: Sequence[Label],
    towns: Sequence[Town],
    land: Land,
    holder: Sequence[str],
    provinces: Provinces,
    towns_from: int,
) -> list[Site]:
    """Return labelled places, then large towns, then for a province without any its largest town."""
    town_of = match(labels, towns)
    sites = labelled_sites(labels, town_of, land.sub_id)
    taken, named = {site.name for site in sites}, {id(town) for town in town_of.values()}
    served = {int(provinces.of[site.cell]) for site in sites}
    for town in sorted(towns, key=lambda town: -town.population):
        cell = int(np.searchsorted(land.sub_id, grid.sub_id_of(town.lat, town.lon)))
        on_land = cell < len(land.sub_id) and land.sub_id[cell] == grid.sub_id_of(town.lat, town.lon)
        if not on_land or id(town) in named or town.name in taken:
            continue
        if town.population >= towns_from or int(provinces.of[cell]) not in served:
            sites.append(town_site(town, cell, holder[cell], taken))
            served.add(int(provinces.of[cell]))
    return sites


def _nodes(
    sites: Sequence[Site], towns: Sequence[Town], sub_id: np.ndarray
) -> tuple[dict[int, int], dict[int, str]]:
    """Return the people, and the name, of the largest town in each cell that roads are to reach."""
    size: dict[int, int] = {}
    name: dict[int, str] = {}
    listed = [(site.name, site.lat, site.lon, site.population) for site in sites if site.kind != "village"]
    listed += [(town.name, town.lat, town.lon, spread.size(town)) for town in towns]
    for title, lat, lon, count in listed:
        cell = int(np.searchsorted(sub_id, grid.sub_id_of(lat, lon)))
        if (
            cell < len(sub_id)
            and sub_id[cell] == grid.sub_id_of(lat, lon)
            and max(1, count) > size.get(cell, 0)
        ):
            size[cell], name[cell] = max(1, count), title
    return size, name


def _people(land: Land, code: Sequence[str], labels: Sequence[Label], town_of: Mapping[int, Town]) -> People:
    """Return the people of the cells; what a label says of a town goes before GeoNames."""
    said = {town: labels[at].population for at, town in town_of.items()}
    towns = {
        letters: [replace(town, population=said.get(town) or town.population) for town in towns_of(letters)]
        for letters in set(code) - {""}
    }
    return people_of(land.sub_id, code, towns, {nation.code: nation for nation in nations()}, labels)
