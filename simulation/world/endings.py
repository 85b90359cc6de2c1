"""The endings of a scenario as rows: what must have happened for each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.documents import Seeds
from simulation.model.state import ENDING, EndingKind


def ending_rows(seeds: Seeds, actors: Mapping[str, int], places: Mapping[str, int]) -> np.recarray:
    """Return one ENDING record per ending, in their order; indices of actors and places by name."""
    rows = np.zeros(len(seeds.endings), ENDING).view(np.recarray)
    for k, ending in enumerate(seeds.endings):
        when, row = ending.when, rows[k]
        lost = [places[name] for name in when.lost or ()]
        row.p0, row.p1, row.p2, row.p3, row.p4, row.p5 = (lost + [-1] * 6)[:6]
        row.stops, row.least, row.kept, row.loser = ending.stops, 0.0, 0.0, -1
        if when.thrown_back is not None:
            row.least, row.kept = when.thrown_back.least_km2, when.thrown_back.kept
        if when.by is not None:
            row.loser = actors[when.by]
        row.kind = EndingKind[when.kind.upper()]
        for field, actor in zip(("a", "b"), when.actors, strict=False):
            row[field] = actors[actor]
    return rows
