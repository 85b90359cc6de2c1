"""The state of one history: the arrays, how they lie in memory, and how they are copied."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.model.parameters import PARAMETERS
from simulation.model.state.actors import ACTOR_FIELDS, LINK_FIELDS, PAIR_FIELDS
from simulation.model.state.agenda import ENDING_FIELDS, MEASURE_FIELDS
from simulation.model.state.field import Record
from simulation.model.state.history import (
    CHANGE_FIELDS,
    CLOCK_FIELDS,
    EVENT_FIELDS,
    HEAP_FIELDS,
    WORLD_FIELDS,
)
from simulation.model.state.land import CELL_FIELDS, GROUND_FIELDS, PLACE_FIELDS, SHORTLIST_FIELDS, WAY_FIELDS
from simulation.model.state.units import ROLL_FIELDS, UNIT_FIELDS

PARAMS = np.dtype([(name, "f8") for name in PARAMETERS], align=True)
"""One row: every number of the rules, in the order of `PARAMETERS`."""

RECORDS: dict[str, Record] = {
    "world": WORLD_FIELDS, "event": EVENT_FIELDS, "actors": ACTOR_FIELDS, "units": UNIT_FIELDS, "cells": CELL_FIELDS,
    "places": PLACE_FIELDS, "pairs": PAIR_FIELDS, "links": LINK_FIELDS, "clocks": CLOCK_FIELDS, "heap": HEAP_FIELDS,
    "changes": CHANGE_FIELDS, "measures": MEASURE_FIELDS, "endings": ENDING_FIELDS, "ground": GROUND_FIELDS,
    "ways": WAY_FIELDS, "shortlist": SHORTLIST_FIELDS, "roll": ROLL_FIELDS,
}  # fmt: skip
"""What a row of each array of records is."""

LAYOUT = {name: (each.dtype, 2 if name == "ways" else 1) for name, each in RECORDS.items()} | {
    "params": (PARAMS, 1), "running": (np.dtype("i1"), 1), "presence": (np.dtype("i4"), 2),
    "daily": (np.dtype("f8"), 3),
}  # fmt: skip
"""Type and number of axes of each array of a `State`."""

FIXED = ("endings", "ground", "ways")
"""Fields of `State` that no history changes and all histories share."""

CACHE_LINE = 64
"""Bytes that a processor fetches at once."""

MOST_AXES = 3
TABLE_ROW = 1 + MOST_AXES
"""Words per array in a state's table: its address, then the length of each axis."""


@dataclass(frozen=True, eq=False, kw_only=True)
class State:
    """Everything one history reads and writes.

    Shapes: `world` and `event` (1,), the event now firing; `running` i1 (clocks,), whether a clock burns at a rate,
    kept apart as many more are asked than run; `presence` i4 (cells, actors) counts fighters; `daily` f8 (days + 2,
    series, actors + 1), its last column everybody together; `ways` (cells, places). `address` is where the table of the
    arrays lies in memory: all that compiled functions are handed. ValueError for an array of another type.
    """

    world: np.recarray
    event: np.recarray
    params: np.recarray
    actors: np.recarray
    units: np.recarray
    cells: np.recarray
    places: np.recarray
    pairs: np.recarray
    links: np.recarray
    clocks: np.recarray
    heap: np.recarray
    running: np.ndarray
    presence: np.ndarray
    daily: np.ndarray
    changes: np.recarray
    measures: np.recarray
    endings: np.recarray
    ground: np.recarray
    ways: np.ndarray
    shortlist: np.recarray
    roll: np.recarray
    address: int = dataclasses.field(init=False, repr=False)
    _table: np.ndarray = dataclasses.field(init=False, repr=False)

    def __repr__(self) -> str:
        """Return the sizes of a state on one line."""
        sizes = (f"{len(getattr(self, name)):,} {name}" for name in ("actors", "units", "cells", "clocks"))
        return f"<State of {', '.join(sizes)}>"

    def __post_init__(self) -> None:
        """Check every array and note where it lies."""
        table = np.zeros((len(LAYOUT), TABLE_ROW), np.int64)
        for row, name in zip(table, LAYOUT, strict=True):
            array = getattr(self, name)
            if (array.dtype, array.ndim) != LAYOUT[name] or not array.flags.c_contiguous:
                raise ValueError(
                    f"{name} of a state must be contiguous and {LAYOUT[name]}, not {array.dtype}"
                )
            row[0], row[1 : 1 + array.ndim] = array.ctypes.data, array.shape
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "address", table.ctypes.data)

    def __reduce__(self) -> tuple[Callable[..., State], tuple[Mapping[str, Any]]]:
        """Pickle the arrays alone: where they lie is another place in every process."""
        return _state_of, ({name: getattr(self, name) for name in LAYOUT},)


def _state_of(arrays: Mapping[str, Any]) -> State:
    return State(**arrays)


def copy_state(state: State) -> State:
    """Return a state whose changing arrays are its own and whose fixed arrays are shared."""
    return State(**{f: getattr(state, f) if f in FIXED else _line_up(getattr(state, f)) for f in LAYOUT})


def _line_up(array: Any) -> Any:
    """Return a copy that begins where a line of the processor's cache does."""
    room = np.empty(array.nbytes + CACHE_LINE, np.uint8)
    first = -room.ctypes.data % CACHE_LINE
    copy = room[first : first + array.nbytes].view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy.view(type(array))
