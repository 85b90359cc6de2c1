"""The three tables as they are committed."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from building.places import Site
from building.tables import Rows
from simulation.region import grid

CELLS_HEAD = """\
# Land cells of the grid. Made by build_region.py; do not edit by hand. Sources and assumptions: README.md.
# lat, lon the centre; elevation and ruggedness in metres; road 0 none, 1 secondary, 2 primary, 3 motorway.
# population includes displaced, displaced includes camps; villages and people are estimates.
# control on the evening of 26 November 2024: an approximation, good to about 5 km near the line.
"""
PLACES_HEAD = """\
# Named places. Made by build_region.py; do not edit by hand. weight 0 to 1 is an assumption (README.md).
# population 0: no figure; confidence of the control label 3 to 1, empty for sites added by this project.
# Coordinates: GeoNames CC BY 4.0, UCDP GED CC BY 4.0, or estimated by eye.
"""
GOVERNORATES_HEAD = """\
# Governorates with land in the grid. Made by build_region.py; do not edit by hand.
# census_2004: census of 2004, Central Bureau of Statistics, for the whole governorate.
"""


def write_cells(out: Path, columns: dict[str, Sequence]) -> None:
    """Write cells.csv."""
    _write(out / "cells.csv", CELLS_HEAD, columns)


def write_places(out: Path, sites: list[Site], sub_id: np.ndarray, governorate: Sequence[str]) -> None:
    """Write places.csv."""
    cell = np.searchsorted(sub_id, grid.sub_id_of([site.lat for site in sites], [site.lon for site in sites]))
    columns = {
        "name": [site.name for site in sites],
        "lat": [f"{site.lat:.2f}" for site in sites],
        "lon": [f"{site.lon:.2f}" for site in sites],
        "kind": [site.kind for site in sites],
        "weight": [f"{site.weight:.2f}" for site in sites],
        "governorate": [governorate[index] for index in cell],
        "population": [site.population for site in sites],
        "control": [site.control for site in sites],
        "confidence": [site.confidence for site in sites],
        "coordinates": [site.coordinates for site in sites],
    }
    _write(out / "places.csv", PLACES_HEAD, columns)


def write_governorates(out: Path, census: Rows, present: set[str]) -> None:
    """Write governorates.csv, without the governorates that have no cell."""
    rows = [row for row in census if row["governorate"] in present]
    columns = {name: [row[name] for row in rows] for name in ("governorate", "seat", "census_2004")}
    _write(out / "governorates.csv", GOVERNORATES_HEAD, columns)


def _write(file: Path, head: str, columns: dict[str, Sequence]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(head)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
