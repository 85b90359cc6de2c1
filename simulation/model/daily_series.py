"""The daily series: what the picture of a day holds, with the words, the unit and the makers of each."""

from __future__ import annotations

from enum import Enum, IntEnum

from simulation.model.registry import Process

P = Process


class ActorGroup(Enum):
    """Whose a number is, in words: a group of actors, or a column of the picture that belongs to none of them.

    Who has fighters or flies strikes counts by what may happen: all whom a measure or an ally may give some.
    """

    HOLDERS = "who has fighters or land"
    FIGHTERS = "who has fighters"
    FLIERS = "who flies strikes"
    PARTIES = "who attacks, defends or waits to join"
    TAKERS = "who may take ground, where there are villages"
    ATTACKERS = "who attacks or waits to join"
    DEFENDERS = "the blocs of those whom the attackers fight"
    ACTORS = "all actors"
    EVERYBODY = "all together"
    """The last column of the picture."""
    MONITOR = "the monitor"
    """The last column of the picture as well."""


KILLING = (P.CASUALTY, P.GIVE_WAY, P.SORTIE, P.INTERDICTION)
"""What kills fighters; who gives way also falls in the pursuit."""
FLIGHT = (P.FLEE, P.RETURN_HOME)
SENDING = (P.REINFORCE, P.MEASURE)
SO_FAR, NOW = "so far", "now"
"""How the label of a series ends that adds up from day 0, and of one that rises and falls."""


class DailySeries(IntEnum):
    """One series of `State.daily`; its number is the place on the second axis, its name in small letters the file's.

    `bare_label`, `qualifier` ("so far", "now" or "") and `unit` are for people; `made_by` are the processes whose
    events change it, `begins_with` the columns of the map that it is counted from on day 0; `whose` says which rows
    the table of the day has of it, none where it only serves other numbers.
    """

    bare_label: str
    qualifier: str
    unit: str
    made_by: tuple[Process, ...]
    whose: tuple[ActorGroup, ...]
    begins_with: tuple[str, ...]

    def __new__(
        cls,
        number: int,
        bare_label: str = "",
        qualifier: str = "",
        unit: str = "",
        made_by: tuple[Process, ...] = (),
        whose: tuple[ActorGroup, ...] = (),
        begins_with: tuple[str, ...] = (),
    ) -> DailySeries:
        """Make a member with its place and everything that is told about it; TypeError for one without words."""
        if not (bare_label and unit) or (whose and not made_by):
            raise TypeError(f"daily series {number} does not say what it is, in which unit, or who makes it")
        member = int.__new__(cls, number)
        member._value_, member.bare_label, member.qualifier = number, bare_label, qualifier
        member.unit, member.made_by = unit, made_by
        member.whose, member.begins_with = whose, begins_with
        return member

    @property
    def key(self) -> str:
        """The name in the table of the day."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """What the value of a day is called."""
        return f"{self.bare_label} {self.qualifier}" if self.qualifier else self.bare_label

    AREA_KM2 = 0, "land held", "", "km²", (P.SEIZE,), (ActorGroup.HOLDERS,), ("cells.control",)
    PEOPLE_HELD = (
        1,
        "people living in land held",
        "",
        "people",
        (P.SEIZE, *FLIGHT, P.CASUALTY, P.SORTIE),
        (ActorGroup.HOLDERS,),
        ("cells.control", "cells.population"),
    )
    FIGHTERS_PRESENT = (
        2,
        "fighters present",
        "",
        "fighters",
        (*KILLING, P.DAY, *SENDING),
        (ActorGroup.FIGHTERS,),
    )
    KILLED = 3, "fighters killed", SO_FAR, "fighters", KILLING, (ActorGroup.FIGHTERS,)
    WOUNDED = (
        4,
        "wounded fighters who have not returned",
        NOW,
        "fighters",
        (P.CASUALTY, P.GIVE_WAY, P.SORTIE, P.DAY),
        (ActorGroup.FIGHTERS,),
    )
    CAPTURED = 5, "fighters captured", SO_FAR, "fighters", (P.GIVE_WAY,), (ActorGroup.FIGHTERS,)
    DESERTED = 6, "fighters who deserted", SO_FAR, "fighters", (P.GIVE_WAY,), (ActorGroup.FIGHTERS,)
    DEPARTED = 7, "fighters taken off the map by hand", SO_FAR, "fighters"
    ARRIVED = 8, "fighters sent", SO_FAR, "fighters", SENDING
    SORTIES = 9, "air and artillery strikes", SO_FAR, "strikes", (P.SORTIE,), (ActorGroup.FLIERS,)
    CONFIDENCE = (
        10,
        "confidence",
        "",
        "0 to 1",
        (P.DAY, P.GIVE_WAY, P.SEIZE, P.MEASURE),
        (ActorGroup.FIGHTERS,),
    )
    COHESION = (
        11,
        "cohesion",
        "",
        "0 to 1",
        (*KILLING, P.RALLY, P.MARCH, P.DAY, *SENDING),
        (ActorGroup.FIGHTERS,),
    )
    VILLAGES_TAKEN = 12, "villages taken", SO_FAR, "villages", (P.SEIZE,), (ActorGroup.TAKERS,)
    BASES_TAKEN = 13, "bases taken", SO_FAR, "bases", (P.SEIZE,)
    CLAIMED_VILLAGES = 14, "villages claimed", SO_FAR, "villages", (P.REPORT,), (ActorGroup.PARTIES,)
    CLAIMED_KILLED = (
        15,
        "killed fighters claimed",
        SO_FAR,
        "fighters",
        (P.REPORT,),
        (ActorGroup.PARTIES, ActorGroup.MONITOR),
    )
    DISPLACED = (
        16,
        "people displaced",
        NOW,
        "people",
        (*FLIGHT, P.CASUALTY, P.SORTIE),
        (ActorGroup.EVERYBODY,),
    )
    CIVILIANS_KILLED = (
        17,
        "civilians killed",
        SO_FAR,
        "people",
        (P.CASUALTY, P.SORTIE),
        (ActorGroup.EVERYBODY,),
    )
    LEFT_COUNTRY = 18, "people gone abroad", SO_FAR, "people", (P.FLEE,), (ActorGroup.EVERYBODY,)


SHOWN = tuple(series for series in DailySeries if series.whose)
"""The series that the table of the day has."""
