"""Who holds each cell, from the labelled places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.region import grid
from simulation.region_building.labels import Label, points_of

WORTH = {3: 1.0, 2: 0.9, 1: 0.8}
"""What a distance is divided by: a label of confidence 2 counts as a ninth further away, of 1 as a quarter."""
NONE = -1
_BLOCK = 4096


def deciding_label(labels: Sequence[Label], sub_id: np.ndarray) -> np.ndarray:
    """Return the index of the label that decides who holds each cell, i8 (n); NONE where there are no labels.

    A cell with labels takes the most trusted one nearest its centre; any other takes the nearest, distance
    being divided by the label's worth. A label with a radius decides within its disc, before all others, and nowhere
    else.
    """
    found = np.full(len(sub_id), NONE)
    votes = np.array(
        [at for at, each in enumerate(labels) if each.decides and not each.radius_km], dtype=np.int64
    )
    deciding = [labels[at] for at in votes]
    lat, lon = points_of(deciding)
    confidence = np.array([label.confidence for label in deciding])
    worth, home = np.array([WORTH[c] for c in confidence]), grid.sub_id_of(lat, lon)
    for at in range(0, len(sub_id), _BLOCK) if deciding else ():
        some = slice(at, at + _BLOCK)
        found[some] = votes[_nearest(sub_id[some], lat, lon, home, confidence, worth)]
    for at, label in enumerate(labels):
        if label.decides and label.radius_km:
            found[grid.distance_km(*grid.centre(sub_id), label.lat, label.lon) <= label.radius_km] = at
    return found


def _nearest(
    sub_id: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    home: np.ndarray,
    confidence: np.ndarray,
    worth: np.ndarray,
) -> np.ndarray:
    """Return for each cell the label, among those at the points given, that decides, i8 (n)."""
    cell_lat, cell_lon = grid.centre(sub_id)
    distance = grid.distance_km(cell_lat[:, None], cell_lon[:, None], lat, lon)
    inside = home == sub_id[:, None]
    return np.argmin(np.where(inside, distance - 1000 * confidence, distance / worth), axis=1)
