"""The processes: their numbers, which stand in the address of every draw, and what their clocks belong to."""

from __future__ import annotations

from enum import Enum, IntEnum, auto


class ClockOwner(Enum):
    """What a process has a clock for, one for each."""

    HISTORY = auto()
    MEASURE = auto()
    CELL = auto()
    SIDE = auto()
    """An actor in a cell: number of the cell x actors + number of the actor."""
    UNIT = auto()
    ACTOR = auto()
    PAIR = auto()
    """Two actors in their order: number of the one x actors + number of the other."""
    LINK = auto()
    """An ally who may send men to a client."""
    REPORTER = auto()
    """An actor, or after all of them the observers who belong to none."""


AT_A_TIME = True
"""Says that the clocks of a process are set to a time; all others burn a hazard at a rate."""


class Process(IntEnum):
    """One kind of thing that can happen; at the same instant the lower number goes first.

    Append, never renumber: the number is part of the address of a process's draws.
    """

    per: ClockOwner
    timed: bool

    def __new__(cls, number: int, per: ClockOwner | None = None, timed: bool = False) -> Process:
        """Make a member with a number, what its clocks belong to, and whether they are set to a time."""
        if per is None:
            raise TypeError(f"process {number} does not say what it has a clock for")
        member = int.__new__(cls, number)
        member._value_, member.per, member.timed = number, per, timed
        return member

    MEASURE = 0, ClockOwner.MEASURE, AT_A_TIME
    DAY = 1, ClockOwner.HISTORY, AT_A_TIME
    CASUALTY = 2, ClockOwner.SIDE
    GIVE_WAY = 3, ClockOwner.UNIT
    RALLY = 4, ClockOwner.UNIT
    MARCH = 5, ClockOwner.UNIT, AT_A_TIME
    SEIZE = 6, ClockOwner.CELL
    COMMAND = 7, ClockOwner.ACTOR, AT_A_TIME
    SORTIE = 8, ClockOwner.ACTOR
    INTERDICTION = 9, ClockOwner.ACTOR
    REINFORCE = 10, ClockOwner.LINK
    TRUCE = 11, ClockOwner.PAIR
    BREACH = 12, ClockOwner.PAIR
    JOIN = 13, ClockOwner.ACTOR
    FLEE = 14, ClockOwner.CELL
    RETURN_HOME = 15, ClockOwner.CELL
    DISSOLVE = 16, ClockOwner.ACTOR
    REPORT = 17, ClockOwner.REPORTER, AT_A_TIME
