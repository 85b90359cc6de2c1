"""What a region is: cells, named places, governorates, and which cells touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.errors import InputError
from simulation.io.pydantic_messages import nearest
from simulation.region import grid
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted

KINDS = ("capital", "city", "town", "village", "base", "crossing", "junction")

CELL = np.dtype(
    [
        ("sub_id", "i8"),
        ("gid", "i4"),
        ("row", "i2"),
        ("col", "i2"),
        ("lat", "f8"),
        ("lon", "f8"),
        ("governorate", "i2"),
        ("elevation", "f4"),
        ("ruggedness", "f4"),
        ("road", "i1"),
        ("population", "i4"),
        ("displaced", "i4"),
        ("camps", "i4"),
        ("villages", "i2"),
        ("urban", "f4"),
        ("control", "i2"),
        ("mixed", "?"),
    ],
    align=True,
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A named town, village, base, crossing or junction, in the cell it lies in.

    short: the name without what stands behind it in brackets;
    weight 0 to 1: what its fall means to either side, by role and population (an assumption);
    population 0: no figure known; control: the actor said to hold it, empty where nobody is named.
    """

    name: str
    short: str
    lat: float
    lon: float
    cell: int
    kind: str
    weight: float
    governorate: str
    population: int
    control: str

    def __post_init__(self) -> None:
        """Refuse a kind that is not known and numbers out of range."""
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}; allowed: {', '.join(KINDS)}")
        if not 0 <= self.weight <= 1:
            raise ValueError(f"weight must lie between 0 and 1, got {self.weight}")
        if not self.population >= 0:
            raise ValueError(f"population must not be negative, got {self.population}")


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region of n cells as it stands when a scenario starts.

    cells: records of CELL, ordered by sub_id; row and col count from the south-west corner of the box;
    governorate and control are indices into .governorates and .controllers, control -1 for nobody;
    elevation and ruggedness in metres; road 0 none, 1 secondary, 2 primary, 3 motorway; urban 0 open land
    to 1 dense city; displaced people are part of population, those in camps part of displaced;
    mixed: others have posts there too.
    note: what whoever reads a result should know of the data, a sentence or more.
    neighbours i4 (n, 8) and step_km f4 (n, 8): N NE E SE S SW W NW, -1 and infinity where there is no cell.
    """

    name: str
    note: str = ""
    cells: np.recarray
    places: tuple[Place, ...]
    governorates: tuple[str, ...]
    governorate_seat: dict[str, str]
    controllers: tuple[str, ...]
    entries: tuple[str, ...]
    licences: str
    neighbours: np.ndarray
    step_km: np.ndarray

    def __repr__(self) -> str:
        """Return the name and the sizes of the region on one line."""
        sizes = f"{counted(len(self.cells), 'cell')}, {counted(len(self.places), 'place')}"
        return one_line(self, f"{self.name}: {sizes}")

    @cached_property
    def area_km2(self) -> np.ndarray:
        """Return the area of each cell in square kilometres, f4 (n)."""
        return np.asarray(grid.area_km2(self.cells.lat), dtype=np.float32)

    @cached_property
    def _place_by_name(self) -> dict[str, Place]:
        return {place.name: place for place in self.places}

    def place(self, name: str) -> Place:
        """Return the place of this name.

        Raises InputError with the nearest name for one that is not on the map.
        """
        if name not in self._place_by_name:
            raise InputError(
                f"no place '{name}' in the region '{self.name}'{nearest(name, self._place_by_name)}"
            )
        return self._place_by_name[name]

    def cell_at(self, lat: float, lon: float) -> int:
        """Return the index of the cell that holds a point in degrees, -1 outside the region."""
        wanted = grid.sub_id_of(lat, lon)
        index = int(np.searchsorted(self.cells.sub_id, wanted))
        return index if index < len(self.cells) and self.cells.sub_id[index] == wanted else -1
