"""The state of one history: a few structured arrays, all that rules read and effects change.

Fighters and people are integers. Times are days since the start of the scenario; distances are kilometres.
A `-1` in an index field means "none".
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process

SERIES = (
    "area_km2", "people_held", "fighters_present", "killed", "wounded", "captured", "deserted", "departed",
    "arrived", "sorties", "confidence", "cohesion", "villages_taken", "bases_taken", "claimed_villages",
    "claimed_killed", "displaced", "civilians_killed", "left_country",
)  # fmt: skip
"""Names of the daily series, in the order of the second axis of `State.daily`."""

(
    FIGHTERS, KILL_RATE, MAP_SHARE, COHESION, CONFIDENCE, AVAILABILITY, SORTIES_PER_DAY, APPETITE, RESTRAINT,
) = range(9)  # fmt: skip
"""Columns of `State.base`, in the order of `simulation.documents.QUANTITIES`."""


def _fields(spec: str) -> list[tuple[str, str]]:
    """Return (name, type) for each `name:type` word."""
    return [(name, kind) for name, _, kind in (word.partition(":") for word in spec.split())]


def _dtype(spec: str) -> np.dtype:
    """Return an aligned record type from `name:type` words."""
    return np.dtype(_fields(spec), align=True)


NONE, DEFENSIVE, OFFENSIVE, DORMANT = 0, 1, 2, 3
"""Stances of an actor: no say on the map, defends, attacks, or waits."""

TOWN, BASE, CAPITAL = 0, 1, 2
"""Kinds of place that the rules tell apart."""

(
    SET_SORTIES, SET_AVAILABILITY, SET_RESTRAINT, BEGIN_TRUCE, END_TRUCE, SET_GUARANTEE, SET_FRONT,
    SHIFT_COHESION, SHIFT_CONFIDENCE, SEND,
) = range(10)  # fmt: skip
"""Kinds of dated change."""

OWN = -1.0
"""The value that sets a number back to the actor's own, or takes a truce's compliance from the inputs."""

DISSOLVED, TRUCE, LOST, NONE_LEFT, ALWAYS = range(5)
"""Kinds of condition of an ending."""

WORLD = np.dtype(
    [
        *_fields(
            "t:f8 days:f8 seed_low:i8 seed_high:i8 replicate:i8 events:i8 max_events:i8 status:i8 "
            "bad_clock:i8 stop:i8 "
            "ending:i8 end_day:f8 process:i8 entity:i8 occurrence:i8 flyable:i8 heap_size:i8 day:i8 over:i8 "
            "n_cells:i8 n_actors:i8 n_units:i8 n_places:i8 n_blocs:i8 "
            "touched_cell:i8 touched_unit:i8 touched_actor:i8 pending:i8 used:i8 "
            "first_stirred:i8 first_own:i8 first_ready:i8 first_forward:i8 first_scored:i8 "
            "moved:i8 changes:i8 "
            "told:f8 cell_km:f8 "
            "people:i8 displaced:i8 civilians_killed:i8 left_country:i8 confirmed_killed:f8 reported:i8 "
            "cell:i8 actor:i8 other:i8 place:i8 unit:i8 amount:i8 amount2:i8 value:f8"
        ),
        ("first_clock", "i8", (len(Process) + 1,)),
    ],
    align=True,
)
"""One row: the time, the event now firing (its address and what it did), and how full the lists are."""

ACTOR = _dtype(
    "bloc:i8 bloc_bits:i8 foe_bits:i8 stance:i8 commander:i8 seat:i8 open:i8 barred:i8 dissolved:i8 fights:i8 state:i8 "
    "initial:i8 arrived:i8 present:i8 killed:i8 wounded:i8 captured:i8 deserted:i8 departed:i8 "
    "confidence:f8 resolve:f8 availability:f8 sorties_per_day:f8 appetite:f8 restraint:f8 "
    "own_availability:f8 own_sorties_per_day:f8 own_restraint:f8 "
    "kill_rate:f8 cohesion:f8 reserve:f8 momentum:f8 lost:f8 sorties:i8 villages_taken:i8 bases_taken:i8 "
    "seats:i8 seats_held:i8 bases:i8 bases_held:i8 capital:i8 threatened:f8 next_orders:f8 rival:i8 leads:i8 alert:i8 "
    "reported:i8 claimed_villages:f8 claimed_killed:f8 told_villages:i8 told_killed:i8 "
    "told_off:f8 area_m2:i8 people:i8 touched:i8 next_touched:i8"
)
"""One row per actor. `bloc_bits` and `foe_bits` have a bit for each actor of its bloc and for each whom it fights
where they meet. `resolve` is the confidence at the start, `lost` the share of fighters lost as known at
the last turn of the day, `threatened` how far it
sees its capital threatened (0..1), `rival` the actor it fights or would fight, `leads` marks a bloc's first attacker;
`area_m2` and `people` are what it holds and who lives there;
counts obey initial + arrived = present + killed + wounded + captured + deserted + departed."""

UNIT = _dtype(
    "actor:i8 cell:i8 strength:i8 initial:i8 willing:f8 cohesion:f8 next_unit:i8 "
    "order:i1 mobility:i1 waiting:i1 touched:i1 kind:i1 force:i2 "
    "home:i8 target:i8 next_cell:i8 arrives:f8 share:f8 "
    "next_own:i4 next_ready:i4 next_forward:i4 run_end:i4 next_touched:i8"
)
"""One row per body of fighters; `cell` is -1 while off the map, `waiting` 1 while on its way to it, `run_end` the
next one that belongs to somebody else. As in a cell, what
commanders and clocks ask for most stands in the first 64 of 128 bytes, a line of the processor's cache."""

CELL = _dtype(
    "control:i8 first_unit:i8 side_bits:i8 violence:f8 residents:i8 guests:i8 fled:i8 "
    "touched:i1 stirred:i1 taken_beside:i1 "
    "fighters:i8 sides_before:i8 dug_in:f8 quiet_since:f8 killed:i8 refuge:i8 next_stirred:i8 next_touched:i8"
)
"""One row per cell. `fighters` are all in it, of any side; `side_bits` has a bit for each actor that has some, as
`sides_before` had when the clocks of its fights were last looked at. People present = residents + guests. Those who
`fled` have their home here and live near the place `refuge`; `stirred` marks cells on the chain of those that
remember violence or miss people; `taken_beside` counts the neighbours in other hands than at the start."""

M2_PER_KM2 = 1_000_000

DIRECTIONS, NEAR_PLACES = 8, 16

OF_CELL, OF_PLACE = 0, 1
"""Kinds of `CHANGE`."""

UNCHAINED = -2
"""`next_pending` or `next_used` of a clock that is not on the chain; -1 ends the chain."""

UNDRAWN, UNKNOWN = -1.0, -1.0
"""The hazard of a clock whose next occurrence has no luck yet; the rate of one that has fired and was not refreshed."""

LOG_FULL, BAD_RATE, TOO_MANY_EVENTS = 1, 2, 4
"""Bits of `world.status`: why a history was stopped."""

GROUND = np.dtype(
    [
        *_fields(
            "control0:i8 governorate:i8 road:i8 villages:i8 first_place:i8 area_m2:i8 ruggedness:f8 urban:f8"
        ),
        ("neighbours", "i8", (DIRECTIONS,)),
        ("step_km", "f8", (DIRECTIONS,)),
        ("near_places", "i8", (NEAR_PLACES,)),
    ],
    align=True,
)
"""What does not change about a cell: neighbours N NE E SE S SW W NW (-1 none), the places nearest to it."""

PLACE = _dtype(
    "cell:i8 holder:i8 weight:f8 score:f8 threat:f8 assigned:f8 "
    "kind:i1 seat:i1 crossing:i1 reached:i1 governorate:i2 "
    "holder0:i8 next_place:i8 next_scored:i8 error:f8 seen_in:i8"
)
"""One row per named place. `seat` marks the seat of a governorate; `reached`, `threat`, `score`, `assigned`, `error`
and `seen_in` (the number of the event in which it was last looked at) are a commander's notes."""

PAIR = _dtype("hostile:i8 truce:i8 made_it:i8 guaranteed:i8 struck:i8 compliance:f8 violations:i8")
"""One row per ordered pair of actors, at index a * n_actors + b; truces are kept equal on both sides.
`made_it` marks the pair (lower index first) that made a truce which may bind more pairs;
`struck` marks those whom an outside power says it strikes."""

LINK = _dtype("actor:i8 client:i8 entry:i8 next_unit:i8 last_unit:i8")
"""One row per way in which an actor can send bodies of fighters onto the map to help a client."""

MEASURE = _dtype("day:f8 done:i8 kind:i8 a:i8 b:i8 place:i8 unit:i8 value:f8")
"""One row per dated change of the scenario, in order of day."""

ENDING = _dtype("kind:i8 a:i8 b:i8 stops:i8 p0:i8 p1:i8 p2:i8 p3:i8 p4:i8 p5:i8")
"""One row per ending, in the order in which they are tried."""

CLOCK = _dtype(
    "time:f8 hazard:f8 rate:f8 since:f8 heap_time:f8 process:i4 occurrence:i4 slot:i4 heap:i4 next_pending:i4 "
    "next_used:i4"
)
"""One row per (process, entity): when it fires, the unit-exponential hazard left, its present rate and since
when; `slot` is its position in the heap; `heap` and `heap_time` are the clock at the position of this row's own
number and when it fires. `next_pending` chains the clocks to look at again, `next_used` those that a history has
looked at. A row fills a line of the processor's cache."""

EVENT = _dtype(
    "time:f8 process:i8 entity:i8 cell:i8 actor:i8 other:i8 place:i8 unit:i8 amount:i8 amount2:i8 value:f8"
)
"""One event as it is logged; each process documents what it fills in."""

CHANGE = _dtype("kind:i8 index:i8 before:i8 after:i8 day:f8")
"""One change of control, of a cell (kind 0) or of a place (kind 1)."""

WAY = _dtype("step:i1 near:i2 km:f4")
"""The way from a cell to a place: direction of the next step (-1 none) and length in road kilometres. `near` in
column k is the place that is k-th nearest to the cell, ties going to the first."""

PARAMS = np.dtype([(name, "f8") for name in PARAMETERS], align=True)
"""One row: every number of the rules, in the order of `PARAMETERS`."""


LAYOUT = {
    "world": (WORLD, 1), "params": (PARAMS, 1), "actors": (ACTOR, 1), "units": (UNIT, 1), "cells": (CELL, 1),
    "places": (PLACE, 1), "pairs": (PAIR, 1), "links": (LINK, 1), "clocks": (CLOCK, 1),
    "presence": (np.dtype("i4"), 2), "daily": (np.dtype("f8"), 3), "changes": (CHANGE, 1),
    "measures": (MEASURE, 1), "endings": (ENDING, 1), "ground": (GROUND, 1), "ways": (WAY, 2),
}  # fmt: skip
"""Type and number of axes of each array of a `State`."""

FIXED = ("endings", "ground", "ways")
"""Fields of `State` that no history changes and all histories share."""

MOST_AXES = 3
TABLE_ROW = 1 + MOST_AXES
"""Words per array in a state's table: its address, then the length of each axis."""


@dataclass(frozen=True, eq=False, kw_only=True)
class State:
    """Everything one history reads and writes.

    Shapes: `presence` i4 (cells, actors) counts fighters; `daily` f8 (days + 2, series, actors + 1), its last
    column everybody together; `ways` (cells, places). `address` is where the table of the arrays lies in
    memory: all that compiled functions are handed. ValueError for an array of another type.
    """

    world: np.recarray
    params: np.recarray
    actors: np.recarray
    units: np.recarray
    cells: np.recarray
    places: np.recarray
    pairs: np.recarray
    links: np.recarray
    clocks: np.recarray
    presence: np.ndarray
    daily: np.ndarray
    changes: np.recarray
    measures: np.recarray
    endings: np.recarray
    ground: np.recarray
    ways: np.ndarray
    address: int = field(init=False, repr=False)
    _table: np.ndarray = field(init=False, repr=False)

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


def copy_state(state: State) -> State:
    """Return a state whose changing arrays are its own and whose fixed arrays are shared."""
    return State(**{f: getattr(state, f) if f in FIXED else getattr(state, f).copy() for f in LAYOUT})
