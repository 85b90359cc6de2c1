"""Who holds each cell, from the labelled places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from building.sources import Rows
from simulation.region import grid

ACTOR_OF = {
    "GOV": "government",
    "HTS": "hts",
    "SNA": "sna",
    "SDF": "sdf",
    "MIX": "sdf",
    "USP": "united_states",
}
MIXED = "MIX"
AL_TANF = (33.51, 38.62)
AL_TANF_RADIUS_KM = 55
WORTH = {3: 1.0, 2: 0.9, 1: 0.8}


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Places with a known holder: degrees, label word and confidence 1 to 3."""

    lat: np.ndarray
    lon: np.ndarray
    word: np.ndarray
    confidence: np.ndarray


def read_labels(labels: Rows, sites: Rows) -> Labels:
    """Return the labels, and those sites that count as labels (with confidence 3)."""
    rows = labels + [row | {"confidence": "3"} for row in sites if row["label"] == "yes"]
    return Labels(
        lat=np.array([float(row["lat"]) for row in rows]),
        lon=np.array([float(row["lon"]) for row in rows]),
        word=np.array([row["control"] for row in rows]),
        confidence=np.array([int(row["confidence"]) for row in rows]),
    )


def control(labels: Labels, sub_id: np.ndarray) -> np.ndarray:
    """Return the label word of each cell (n).

    A cell with labels takes the most trusted one nearest its centre; any other takes the nearest, distance
    being divided by the label's worth. The disc around al-Tanf goes before everything.
    """
    lat, lon = grid.centre(sub_id)
    distance = grid.distance_km(lat[:, None], lon[:, None], labels.lat, labels.lon)
    inside = grid.sub_id_of(labels.lat, labels.lon) == sub_id[:, None]
    reach = distance / np.array([WORTH[c] for c in labels.confidence])
    first = np.where(inside, distance - 1000 * labels.confidence, reach)
    words = labels.word[np.argmin(first, axis=1)]
    return np.where(grid.distance_km(lat, lon, *AL_TANF) <= AL_TANF_RADIUS_KM, "USP", words)
