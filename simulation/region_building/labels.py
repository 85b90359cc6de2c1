"""Who holds which named place, as a file of labels says; names without coordinates are looked up in GeoNames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.region import grid
from simulation.region.columns import Columns
from simulation.region.region import KINDS
from simulation.region_building.gazetteer import Names, Town

NEEDED = ("name", "control")
OPTIONAL = {
    "lat": "", "lon": "", "confidence": "3", "role": "", "mixed": "0", "radius_km": "0", "label": "yes",
    "population": "", "camps": "0", "weight": "", "coordinates": "",
}  # fmt: skip
"""Columns that may be left out, and what stands there then."""
ROLES = ("none", *KINDS)
MOST_PEOPLE = 50_000_000
FAR_KM = 30.0
"""A place further than this from the town of its name is told of."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A place and who holds it.

    confidence 3 (undisputed) to 1; role a kind of place, "none" for one that is only a label, or empty; `mixed`:
    others have posts there; `camps`: people in camps around it; within `radius_km` its holder holds everything;
    `decides`: it says who holds the land
    about it; population and weight None where the file gives none; `coordinates` where they are from.
    """

    name: str
    lat: float
    lon: float
    control: str
    confidence: int = 3
    role: str = ""
    mixed: bool = False
    radius_km: float = 0.0
    decides: bool = True
    population: int | None = None
    camps: int = 0
    weight: float | None = None
    coordinates: str = ""


@dataclass(frozen=True, kw_only=True)
class LabelFile:
    """The labels of a file, and what was noticed while they were looked up.

    homonyms: name, the town taken, and all others of that name; missing: names that no town in the box bears;
    far: name, and km to the only town of that name in the box.
    """

    labels: tuple[Label, ...] = ()
    homonyms: dict[str, list[Town]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    far: dict[str, float] = field(default_factory=dict)


def read_labels(file: Path, names: Names) -> LabelFile:
    """Return the labels of a CSV file with the columns NEEDED, and any of OPTIONAL.

    Of several towns of a name the one with most people is taken. Errors: InputError for a cell that cannot be used, a
    name that stands there twice, and where no name is found.
    """
    table = _table(file)
    table.require_unique("name")
    table.require_visible("name")
    table.require_visible("control")
    table.indices("role", ROLES, nothing="")
    confidence = table.integers("confidence", 1, 3)
    mixed, decides = table.integers("mixed", 0, 1), table.indices("label", ("no", "yes"))
    camps = table.integers("camps", 0, MOST_PEOPLE)
    radius = table.numbers("radius_km", 0, 1000)
    found, homonyms, missing, far = [], {}, [], {}
    for row, name in enumerate(table.columns["name"]):
        bearers = names.bearers(name)
        if not table.columns["lat"][row] and not table.columns["lon"][row]:
            if not bearers:
                missing.append(name)
                continue
            if len(bearers) > 1:
                homonyms[name] = bearers
            lat, lon, origin = bearers[0].lat, bearers[0].lon, "GeoNames"
        else:
            lat, lon, origin = *_point(table, row), "labels"
            km = [float(grid.distance_km(lat, lon, town.lat, town.lon)) for town in bearers]
            if km and min(km) > FAR_KM:
                far[name] = min(km)
        people, weight = _number(table, row, "population", MOST_PEOPLE), _number(table, row, "weight", 1)
        found.append(
            Label(
                name=name,
                lat=lat,
                lon=lon,
                control=table.columns["control"][row],
                confidence=int(confidence[row]),
                role=table.columns["role"][row],
                mixed=bool(mixed[row]),
                radius_km=float(radius[row]),
                decides=bool(decides[row]) and bool(table.columns["control"][row]),
                population=None if people is None else int(people),
                camps=int(camps[row]),
                weight=weight,
                coordinates=table.columns["coordinates"][row] or origin,
            )
        )
    if not found:
        raise InputError(
            "no town in the box bears one of these names; give the columns lat and lon",
            file=file,
            path="name",
        )
    return LabelFile(labels=tuple(found), homonyms=homonyms, missing=tuple(missing), far=far)


def _table(file: Path) -> Columns:
    """Return the columns of the file, those that it lacks filled with what stands there then."""
    table = FileCache().table(file)
    rows = table.rows([*NEEDED, *(name for name in OPTIONAL if name in table.header)])
    columns = {
        name: rows.columns.get(name, [default] * len(rows.lines)) for name, default in OPTIONAL.items()
    }
    filled = {name: [text or OPTIONAL[name] for text in texts] for name, texts in columns.items()}
    return Columns(
        file=file, columns={name: rows.columns[name] for name in NEEDED} | filled, lines=rows.lines
    )


def _point(table: Columns, row: int) -> tuple[float, float]:
    one = Columns(
        file=table.file,
        columns={name: [table.columns[name][row]] for name in ("lat", "lon")},
        lines=[table.lines[row]],
    )
    return float(one.numbers("lat", -89.99, 89.99)[0]), float(one.numbers("lon", -180, 179.999)[0])


def _number(table: Columns, row: int, column: str, high: float) -> float | None:
    text = table.columns[column][row]
    if not text:
        return None
    one = Columns(file=table.file, columns={column: [text]}, lines=[table.lines[row]])
    return float(one.numbers(column, 0, high)[0])


def points_of(labels: Sequence[Label]) -> tuple[np.ndarray, np.ndarray]:
    """Return the latitudes and longitudes of labels, f8 (n) each."""
    return np.array([each.lat for each in labels], float), np.array([each.lon for each in labels], float)
