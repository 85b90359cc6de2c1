"""The dated measures of a scenario as rows: what is set, when, and when it is set back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from simulation.documents import Truce
from simulation.model.state import (
    BEGIN_TRUCE,
    END_TRUCE,
    MEASURE,
    OWN,
    SEND,
    SET_AVAILABILITY,
    SET_FRONT,
    SET_GUARANTEE,
    SET_RESTRAINT,
    SET_SORTIES,
    SHIFT_COHESION,
    SHIFT_CONFIDENCE,
)
from simulation.scenario.scenario import Scenario

Row = dict[str, Any]


def calendar(
    scenario: Scenario, truces: tuple[Truce, ...], actors: Mapping[str, int], places: Mapping[str, int]
) -> np.recarray:
    """Return the rows of all measures and of the truces that claims report, by day; units come later."""
    rows = [
        _row(truce.day(scenario.start), BEGIN_TRUCE, OWN, actors[truce.a], actors[truce.b])
        for truce in truces
    ]
    rows = [row | {"day": max(0.0, row["day"])} for row in rows]
    for measure in scenario.measures:
        rows += ROWS[measure.kind](measure, actors, places)
    rows.sort(key=lambda row: row["day"])
    table = np.zeros(len(rows), MEASURE).view(np.recarray)
    for k, row in enumerate(rows):
        table[k] = tuple(row[name] for name in MEASURE.names or ())
    return table


def _row(day: float, kind: int, value: float, a: int, b: int = -1, place: int = -1) -> Row:
    return {"day": day, "done": 0, "kind": kind, "a": a, "b": b, "place": place, "unit": -1, "value": value}


def _lasting(
    m: Any, kind: int, value: float, back: float, a: int, b: int = -1, *, end: int | None = None
) -> list[Row]:
    rows = [_row(m.from_day, kind, value, a, b)]
    if m.until_day is not None:
        rows.append(_row(m.until_day, kind if end is None else end, back, a, b))
    return rows


def _pair(m: Any, actors: Mapping[str, int]) -> tuple[int, int]:
    return actors[m.between[0]], actors[m.between[1]]


def _morale(m: Any, actors: Mapping[str, int], places: Mapping[str, int]) -> list[Row]:
    shifts = ((SHIFT_COHESION, m.cohesion), (SHIFT_CONFIDENCE, m.confidence))
    return [_row(m.from_day, kind, shift, actors[m.of]) for kind, shift in shifts if shift != 0]


ROWS: dict[str, Callable[[Any, Mapping[str, int], Mapping[str, int]], list[Row]]] = {
    "ceasefire": lambda m, a, p: _lasting(m, BEGIN_TRUCE, m.compliance, 0.0, *_pair(m, a), end=END_TRUCE),
    "breach": lambda m, a, p: [_row(m.from_day, END_TRUCE, 0.0, *_pair(m, a))],
    "guarantee": lambda m, a, p: _lasting(m, SET_GUARANTEE, 1.0, 0.0, *_pair(m, a)),
    "bombardment": lambda m, a, p: _lasting(m, SET_SORTIES, m.sorties_per_day, OWN, a[m.by]),
    "distraction": lambda m, a, p: _lasting(m, SET_AVAILABILITY, m.availability, OWN, a[m.of]),
    "restraint": lambda m, a, p: _lasting(m, SET_RESTRAINT, m.strength, OWN, a[m.of], a[m.by]),
    "reinforcement": lambda m, a, p: [_row(m.from_day, SEND, m.fighters, a[m.of], place=p[m.at])],
    "front": lambda m, a, p: _lasting(m, SET_FRONT, float(m.open), OWN, a[m.of]),
    "morale": _morale,
}
"""For each kind of measure, the rows it becomes, given actor and place indices by name."""
