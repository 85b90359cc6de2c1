"""The state of one history: a few structured arrays, all that rules read and effects change.

Every field stands in a file of this folder with its unit and meaning. Fighters and people are integers. Times are days
since the start of the scenario; distances are kilometres. A `-1` in an index field means "none".
"""

from simulation.model.state.actors import ACTOR, LINK, PAIR
from simulation.model.state.agenda import ENDING, MEASURE
from simulation.model.state.arrays import FIXED, LAYOUT, PARAMS, RECORDS, TABLE_ROW, State, copy_state
from simulation.model.state.history import CHANGE, CLOCK, EVENT, HEAP, WORLD
from simulation.model.state.kinds import (
    BAD_RATE,
    DIRECTIONS,
    LOG_FULL,
    M2_PER_KM2,
    NEAR_PLACES,
    OF_CELL,
    OF_PLACE,
    OWN,
    TOO_MANY_EVENTS,
    UNCHAINED,
    UNDRAWN,
    UNKNOWN,
    CaseColumn,
    EndingKind,
    Mobility,
    OrderKind,
    PlaceKind,
    Stance,
)
from simulation.model.state.land import CELL, GROUND, PLACE, SHORTLIST, WAY
from simulation.model.state.units import ROLL, UNIT

__all__ = [
    "ACTOR", "BAD_RATE", "CELL", "CHANGE", "CLOCK", "DIRECTIONS", "ENDING",
    "EVENT", "FIXED", "GROUND", "HEAP", "LAYOUT", "LINK", "LOG_FULL", "M2_PER_KM2", "MEASURE", "NEAR_PLACES",
    "OF_CELL", "OF_PLACE", "OWN", "PAIR", "PARAMS", "PLACE", "RECORDS", "ROLL", "SHORTLIST",
    "TABLE_ROW", "TOO_MANY_EVENTS", "UNCHAINED", "UNDRAWN", "UNIT", "UNKNOWN", "WAY",
    "WORLD", "CaseColumn", "EndingKind", "Mobility", "OrderKind", "PlaceKind",
    "Stance", "State", "copy_state",
]  # fmt: skip
