"""The box of a region: four edges in degrees, on the lines of the grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

from simulation.errors import InputError
from simulation.io.numeral import number_of
from simulation.region import grid
from simulation.region.description import Box

MOST_CELLS = 60_000
"""Of a box, land and sea; a world of so many squares is slow, and its numbers say little."""
_ORDER = "south,west,north,east in degrees, such as -2.5,28.5,-1,30"
_SEAM = "a region cannot cross 180 degrees: draw it on one side, from the edge of the map"


def box_of(given: str | Sequence[float]) -> Box:
    """Return the box that a text `S,W,N,E` or four numbers name, its edges moved outwards to the grid's lines.

    Errors: InputError for what is no box, crosses 180 degrees, lies beyond a pole or holds over MOST_CELLS squares.
    """
    south, west, north, east = _edges(given)
    if not all(map(math.isfinite, (south, west, north, east))) or not -90 <= south < north <= 90:
        raise _refused(given, "south must lie below north, between -90 and 90")
    if not (-180 <= west <= 180 and -180 <= east <= 180) or west >= east:
        crossing = west > east or max(abs(west), abs(east)) > 180
        raise _refused(
            given, f"west must lie before east; {_SEAM}" if crossing else "west must lie before east"
        )
    box = Box(
        south=_line(south, down=True), west=_line(west, down=True), north=_line(north), east=_line(east)
    )
    count = len(cells_of(box))
    if count > MOST_CELLS:
        raise _refused(given, f"{count:,} squares of 0.05 degrees are too many; at most {MOST_CELLS:,}")
    return box


def cells_of(box: Box) -> np.ndarray:
    """Return the sub_id of every square of a box on the grid's lines, i8 (n), in rising order."""
    side = grid.CELL_SIDE / grid.MICRO
    lat = box.south + side * (np.arange(round((box.north - box.south) / side)) + 0.5)
    lon = box.west + side * (np.arange(round((box.east - box.west) / side)) + 0.5)
    return np.sort(grid.sub_id_of(*(axis.ravel() for axis in np.meshgrid(lat, lon, indexing="ij"))))


def holds(box: Box, lat: Any, lon: Any) -> Any:
    """Return which points in degrees lie in a box; its south and west edges do. Numbers or arrays of them."""
    return (box.south <= lat) & (lat < box.north) & (box.west <= lon) & (lon < box.east)


def _edges(given: str | Sequence[float]) -> tuple[float, float, float, float]:
    parts = (
        [number_of(part.strip()) for part in given.split(",")] if isinstance(given, str) else _listed(given)
    )
    if len(parts) != 4 or any(not isinstance(part, Real) or isinstance(part, bool) for part in parts):
        raise _refused(given, "four numbers are needed")
    south, west, north, east = (float(part) for part in parts if part is not None)
    return south, west, north, east


def _listed(given: object) -> list[Any]:
    return list(given) if isinstance(given, Sequence | np.ndarray) else []


def _line(degrees: float, *, down: bool = False) -> float:
    step = grid.micro(degrees) / grid.CELL_SIDE
    return float((math.floor(step) if down else math.ceil(step)) * grid.CELL_SIDE / grid.MICRO)


def _refused(given: object, why: str) -> InputError:
    return InputError(f"no box '{given}': {why}; a box is {_ORDER}", path="--box")
