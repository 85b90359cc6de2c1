"""Which countries belong to a region, and what the map says of disputed ground."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from simulation.errors import InputError
from simulation.io.pydantic_messages import nearest
from simulation.region import grid
from simulation.region.description import Box
from simulation.region_building.box import holds
from simulation.region_building.gazetteer import Names, Town, nations
from simulation.region_building.labels import Label, points_of
from simulation.region_building.outlines import Outline
from simulation.region_building.packages import package

INSIDE_DEGREES = 0.05
"""A label this far within an outline lies in that country; nearer to its edge the outline may be wrong."""
SAME_TOWN_KM = 5.0


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """Disputed ground in a box: who claims or holds it, whose the map has it as, and whether the region has it."""

    ground: str
    parties: str
    drawn_as: str
    inside: bool


def letters_of(outline: Outline) -> str:
    """Return the two letters of an outline's country, empty where GeoNames has no country of its number or name."""
    by_number = {nation.number: nation.code for nation in nations()}
    by_name = {nation.name: nation.code for nation in nations()}
    return by_number.get(outline.code, "") if outline.code else by_name.get(outline.name, "")


def members(
    outlines: Sequence[Outline], labels: Sequence[Label], names: Names, given: Sequence[str]
) -> list[bool]:
    """Return which outlines belong to the region.

    Those that are given, by two letters or name; else those in which a label lies: by GeoNames where it knows a town
    of that name there, by the outline where the label stands well within it. Without labels, all.
    Errors: InputError for a country that has no ground in the box, and where no label lies in any.
    """
    if given:
        return _asked(outlines, given)
    if not labels:
        return [True] * len(outlines)
    letters = {town.country for label in labels for town in _bearers(label, names)}
    chosen = [bool(code := letters_of(outline)) and code in letters for outline in outlines]
    for at, outline in enumerate(outlines):
        edge = 0.0 if not outline.code else INSIDE_DEGREES
        chosen[at] |= _holds_one(outline, labels, edge)
    if not any(chosen):
        raise InputError("no label stands on land; name the countries that belong to the region (--country)")
    return chosen


def _asked(outlines: Sequence[Outline], given: Sequence[str]) -> list[bool]:
    names = {outline.name.casefold(): at for at, outline in enumerate(outlines)}
    names |= {code.casefold(): at for at, outline in enumerate(outlines) if (code := letters_of(outline))}
    chosen = [False] * len(outlines)
    for name in given:
        if name.casefold() not in names:
            here = ", ".join(outline.name for outline in outlines) or "none"
            message = f"no country '{name}' has ground in the box{nearest(name.casefold(), names)}; there are: {here}"
            raise InputError(message, path="--country")
        chosen[names[name.casefold()]] = True
    return chosen


def _bearers(label: Label, names: Names) -> list[Town]:
    return [
        town
        for town in names.bearers(label.name)
        if grid.distance_km(label.lat, label.lon, town.lat, town.lon) <= SAME_TOWN_KM
    ]


def _holds_one(outline: Outline, labels: Sequence[Label], edge: float) -> bool:
    """Return whether a label stands in an outline, so many degrees or more from its edge."""
    shapely = package("shapely")
    lat, lon = points_of(labels)
    inside = shapely.contains_xy(outline.shape, lon, lat)
    points = shapely.points(lon[inside], lat[inside])
    return bool(np.any(shapely.distance(outline.shape.boundary, points) >= edge))


def drawn_country(outlines: Sequence[Outline], lat: float, lon: float) -> int:
    """Return the index of the outline that holds a point, -1 for none."""
    point = package("shapely").Point(lon, lat)
    return next((at for at, outline in enumerate(outlines) if outline.shape.contains(point)), -1)


def disputes(box: Box, outlines: Sequence[Outline], inside: Sequence[bool]) -> list[Dispute]:
    """Return the disputed ground of a box, and the outlines of the map that are no country by ISO 3166."""
    found = []
    text = (files("simulation.region_building") / "data" / "disputed.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        lat, lon = float(row["lat"]), float(row["lon"])
        if holds(box, lat, lon):
            at = drawn_country(outlines, lat, lon)
            drawn = "sea or lake" if at < 0 else outlines[at].name
            found.append(
                Dispute(
                    ground=row["ground"],
                    parties=row["parties"],
                    drawn_as=drawn,
                    inside=at >= 0 and inside[at],
                )
            )
    for outline, chosen in zip(outlines, inside, strict=True):
        if not outline.code:
            parties = "an outline of its own on the map, no country by ISO 3166"
            found.append(Dispute(ground=outline.name, parties=parties, drawn_as=outline.name, inside=chosen))
    return found
