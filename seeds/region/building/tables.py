"""Our own tables: rows of text, and the labels and roads in them."""

from __future__ import annotations

import csv
from pathlib import Path

from simulation.region_building.labels import Label

Rows = list[dict[str, str]]

ACTOR_OF = {
    "GOV": "government",
    "HTS": "hts",
    "SNA": "sna",
    "SDF": "sdf",
    "MIX": "sdf",
    "USP": "united_states",
}
DISC = "Al-Tanf garrison"
DISC_CENTRE = (33.51, 38.62)
DISC_RADIUS_KM = 55


def read_rows(file: Path) -> Rows:
    """Return the rows of a table, without its comment lines."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


def deciding_labels(labels: Rows, sites: Rows) -> list[Label]:
    """Return the labels, those sites that count as labels (with confidence 3), and the disc around al-Tanf."""
    rows = labels + [row | {"confidence": "3"} for row in sites if row["label"] == "yes"]
    lat, lon = DISC_CENTRE
    disc = Label(name=DISC, lat=lat, lon=lon, control="USP", radius_km=DISC_RADIUS_KM)
    return [_label(row) for row in rows] + [disc]


def _label(row: dict[str, str]) -> Label:
    return Label(
        name=row["name"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        control=row["control"],
        confidence=int(row["confidence"]),
        mixed=row["control"] == "MIX",
    )
