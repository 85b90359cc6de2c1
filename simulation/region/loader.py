"""Reading a region from its folder: region.yaml, governorates.csv, cells.csv and places.csv."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from simulation.errors import Faults, InputError
from simulation.io.file_cache import FileCache
from simulation.io.pydantic_messages import nearest
from simulation.io.yaml_file import parse
from simulation.region import grid
from simulation.region.columns import Columns, read_table
from simulation.region.description import RegionDescription
from simulation.region.region import CELL, KINDS, Place, Region

GOVERNORATE_COLUMNS = ("governorate", "seat")
CELL_COLUMNS = (
    "sub_id",
    "lat",
    "lon",
    "governorate",
    "elevation",
    "ruggedness",
    "road",
    "population",
    "displaced",
    "camps",
    "villages",
    "urban",
    "control",
    "mixed",
)
PLACE_COLUMNS = ("name", "lat", "lon", "kind", "weight", "governorate", "population", "control")
MAX_ROAD = 3
MAX_COUNT = 2**31 - 1
HALF_CELL_DEGREES = grid.CELL_SIDE / grid.MICRO / 2


def load_region(folder: Path, files: FileCache | None = None) -> Region:
    """Return the region that a folder describes; `files` are those read so far, none when left out.

    Raises InputError with file and line where a table or region.yaml cannot be used.
    """
    files, faults = files or FileCache(), Faults()
    with faults.gather():
        description = parse(files.yaml(folder / "region.yaml"), RegionDescription)
    with faults.gather():
        seats = _governorate_seats(read_table(folder / "governorates.csv", GOVERNORATE_COLUMNS, files))
    with faults.gather():
        rows = read_table(folder / "cells.csv", CELL_COLUMNS, files)
    with faults.gather():
        table = read_table(folder / "places.csv", PLACE_COLUMNS, files)
    faults.refuse()
    controllers, governorates = tuple(description.controllers), tuple(seats)
    cells = _cells(rows, description, governorates, controllers)
    places = _places(table, cells.sub_id, governorates, controllers)
    _require_places(seats.values(), places, folder / "governorates.csv")
    _require_places(description.entries, places, folder / "region.yaml")
    neighbours = grid.neighbours_of(cells.row, cells.col)
    return Region(
        name=description.name,
        note=description.note.strip(),
        cells=cells,
        places=places,
        governorates=governorates,
        governorate_seat=seats,
        controllers=controllers,
        entries=tuple(description.entries),
        licences=description.licence_text(),
        neighbours=neighbours,
        step_km=_step_km(cells, neighbours),
    )


def _governorate_seats(table: Columns) -> dict[str, str]:
    table.require_unique("governorate")
    table.require_visible("governorate")
    return dict(zip(table.columns["governorate"], table.columns["seat"], strict=True))


def _cells(
    table: Columns, description: RegionDescription, governorates: Sequence[str], controllers: Sequence[str]
) -> np.recarray:
    columns = {
        "sub_id": table.integers("sub_id", 100, 259200 * 100 + 99),
        "governorate": table.indices("governorate", governorates),
        "elevation": table.numbers("elevation", -450, 9000),
        "ruggedness": table.numbers("ruggedness", 0, 9000),
        "road": table.integers("road", 0, MAX_ROAD),
        "population": table.integers("population", 0, MAX_COUNT),
        "displaced": table.integers("displaced", 0, MAX_COUNT),
        "camps": table.integers("camps", 0, MAX_COUNT),
        "villages": table.integers("villages", 0, 1000),
        "urban": table.numbers("urban", 0, 1),
        "control": table.indices("control", controllers, nothing=""),
        "mixed": table.integers("mixed", 0, 1),
    }
    columns |= _positions(table, columns["sub_id"], description)
    cells = np.zeros(len(table), dtype=CELL).view(np.recarray)
    for name, values in columns.items():
        cells[name] = values
    _check_cells(table, cells)
    return cells


def _positions(table: Columns, sub_id: np.ndarray, description: RegionDescription) -> dict[str, np.ndarray]:
    lat, lon = grid.centre(sub_id)
    _refuse(table, "sub_id", np.diff(sub_id, prepend=0) <= 0, "cells must stand in rising order of sub_id")
    for name, centre, written in (
        ("lat", lat, table.numbers("lat", -90, 90)),
        ("lon", lon, table.numbers("lon", -180, 180)),
    ):
        _refuse(
            table,
            name,
            np.abs(written - centre) > HALF_CELL_DEGREES,
            "this is not the centre of the cell sub_id names",
        )
    box = description.box
    outside = (lat < box.south) | (lat > box.north) | (lon < box.west) | (lon > box.east)
    _refuse(table, "sub_id", outside, "this cell lies outside the box of region.yaml")
    south, west = grid.south_west(sub_id)
    row = (south - grid.micro(box.south)) // grid.CELL_SIDE
    col = (west - grid.micro(box.west)) // grid.CELL_SIDE
    return {"gid": sub_id // 100, "lat": lat, "lon": lon, "row": row, "col": col}


def _check_cells(table: Columns, cells: np.recarray) -> None:
    _refuse(table, "displaced", cells.displaced > cells.population, "more displaced people than people")
    _refuse(table, "camps", cells.camps > cells.displaced, "more people in camps than displaced people")
    _refuse(table, "mixed", cells.mixed & (cells.control < 0), "a mixed cell needs a controller")


def _refuse(table: Columns, column: str, wrong: np.ndarray, message: str) -> None:
    if wrong.any():
        raise table.error(int(np.argmax(wrong)), column, message)


def _places(
    table: Columns, sub_ids: np.ndarray, governorates: Sequence[str], controllers: Sequence[str]
) -> tuple[Place, ...]:
    table.require_unique("name")
    table.require_visible("name")
    table.indices("kind", KINDS)
    table.indices("control", controllers, nothing="")
    governorate = table.indices("governorate", governorates)
    lat, lon = table.numbers("lat", -90, 90), table.numbers("lon", -180, 180)
    for name, degrees, end in (("lat", lat, 90), ("lon", lon, 180)):
        at_end = grid.micro(degrees) >= end * grid.MICRO
        _refuse(table, name, at_end, f"must lie below {end}: south and west edges belong to a cell")
    weight, population = table.numbers("weight", 0, 1), table.integers("population", 0, MAX_COUNT)
    wanted = grid.sub_id_of(lat, lon)
    cell = np.minimum(np.searchsorted(sub_ids, wanted), len(sub_ids) - 1)
    _refuse(table, "lat", sub_ids[cell] != wanted, "this place lies in no cell of cells.csv")
    return tuple(
        Place(
            name=table.columns["name"][i],
            short=_short(table.columns["name"][i]),
            lat=float(lat[i]),
            lon=float(lon[i]),
            cell=int(cell[i]),
            kind=table.columns["kind"][i],
            weight=float(weight[i]),
            governorate=governorates[governorate[i]],
            population=int(population[i]),
            control=table.columns["control"][i],
        )
        for i in range(len(table))
    )


def _short(name: str) -> str:
    """Return a place's name without what stands behind it in brackets."""
    return name.partition(" (")[0]


def _require_places(names: Iterable[str], places: Sequence[Place], file: Path) -> None:
    known = [place.name for place in places]
    for name in names:
        if name not in known:
            raise InputError(f"no place '{name}' in places.csv{nearest(name, known)}", file=file)


def _step_km(cells: np.recarray, neighbours: np.ndarray) -> np.ndarray:
    other = cells[neighbours]
    step = grid.distance_km(cells.lat[:, None], cells.lon[:, None], other.lat, other.lon)
    return np.where(neighbours < 0, np.inf, step).astype(np.float32)
