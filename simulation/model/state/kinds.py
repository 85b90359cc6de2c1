"""The kinds and marks that fields of the state take, as numbers that compiled functions compare."""

from __future__ import annotations

from enum import IntEnum

from simulation.model.registry import Process


class Stance(IntEnum):
    """Whether an actor has a say on the map, and what it does there."""

    NONE = 0
    DEFENSIVE = 1
    OFFENSIVE = 2
    DORMANT = 3


class OrderKind(IntEnum):
    """What a unit is to do."""

    HOLD = 0
    ADVANCE = 1
    MOVE = 2
    WITHDRAW = 3


class Mobility(IntEnum):
    """How far a unit can be sent: nowhere, near by, or far."""

    STATIC = 0
    LOCAL = 1
    MOBILE = 2


class PlaceKind(IntEnum):
    """The kinds of place that the rules tell apart; what is none of the others is a town."""

    TOWN = 0
    BASE = 1
    CAPITAL = 2


class EndingKind(IntEnum):
    """The condition of an ending.

    `words` say when it holds, with {actors} and {places}; `made_by` are the processes that can bring it about. The
    file of endings calls it by its name in small letters.
    """

    words: str
    made_by: tuple[Process, ...]

    def __new__(cls, number: int, words: str = "", *made_by: Process) -> EndingKind:
        """Make a member with its number, words and makers; TypeError for one without words."""
        if not words:
            raise TypeError(f"condition {number} of an ending has no words")
        member = int.__new__(cls, number)
        member._value_, member.words, member.made_by = number, words, made_by
        return member

    DISSOLVED = 0, "{actors} has dissolved", Process.DISSOLVE
    TRUCE = 1, "a truce of {actors} is in force", Process.TRUCE, Process.BREACH, Process.MEASURE, Process.DAY
    LOST = 2, "the bloc of {actors} has lost {places}", Process.GIVE_WAY, Process.MARCH, Process.SEIZE
    NONE_LEFT = (
        3,
        "{actors} has no fighters left",
        Process.CASUALTY,
        Process.GIVE_WAY,
        Process.SORTIE,
        Process.INTERDICTION,
    )
    ALWAYS = 4, "no other does"
    THROWN_BACK = (
        5,
        "the bloc of {actors} has lost again most of what it had taken",
        Process.GIVE_WAY,
        Process.MARCH,
        Process.SEIZE,
    )


class CaseColumn(IntEnum):
    """The numbers of an actor that a case gives; `simulation.documents.QUANTITIES` has them by name."""

    FIGHTERS = 0
    KILL_RATE = 1
    MAP_SHARE = 2
    COHESION = 3
    CONFIDENCE = 4
    AVAILABILITY = 5
    SORTIES_PER_DAY = 6
    APPETITE = 7
    RESTRAINT = 8
    POOL = 9
    DESERTION = 10
    ENDURANCE = 11


OWN = -1.0
"""The value that sets a number back to the actor's own, or takes a truce's compliance from the inputs."""

M2_PER_KM2 = 1_000_000

DIRECTIONS, NEAR_PLACES = 8, 16
"""Neighbours of a cell, and places noted as nearest to it."""

UNCHAINED = -2
"""`next_pending` or `next_used` of a clock that is not on the chain; -1 ends the chain."""

UNDRAWN, UNKNOWN = -1.0, -1.0
"""The hazard of a clock whose next occurrence has no luck yet; the rate of one that has fired and was not refreshed."""

OF_CELL, OF_PLACE = 0, 1
"""Kinds of change of control."""

LOG_FULL, BAD_RATE, TOO_MANY_EVENTS = 1, 2, 4
"""Bits of `world.status`: why a history was stopped."""
