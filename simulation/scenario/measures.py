"""Measures: the dated changes that a scenario makes, one class each; all days count from the start.

A class says everything about its measure: its fields, its words, and the dated changes that it makes. What the fields
`by`, `of`, `between` and `at` name is looked up in the world by all alike.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from simulation.documents.seed_model import Share
from simulation.model.change_kind import ChangeKind as Kind
from simulation.scenario.dated_change import (
    Actor,
    DatedChange,
    Measure,
    MeasureWithEnd,
    Names,
    PairMeasure,
    Shift,
)


class Ceasefire(PairMeasure, MeasureWithEnd):
    """Two actors stop fighting each other, more or less: `compliance` 1 is complete, 0 none."""

    compliance: Share
    effect = "a truce of the pair begins with this compliance (7.7)"
    lapse = "the truce ends"
    called = "the ceasefire of {pair}"
    numbers = "kept to {compliance:.3g} (1 is wholly)"
    absent = "the two may still agree on one"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the beginning of the truce."""
        return (DatedChange(self.from_day, Kind.BEGIN_TRUCE, self.compliance, *self.between),)


class Breach(PairMeasure):
    """A truce that is in force between two actors ends."""

    effect = "a truce of the pair ends for all whom it binds, guaranteed or not"
    called = "the end of the truce of {pair}"
    absent = "a truce may still end by itself"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the end of the truce."""
        return (DatedChange(self.from_day, Kind.END_TRUCE, 0.0, *self.between),)


class Guarantee(PairMeasure, MeasureWithEnd):
    """A truce between two actors that is in force cannot end."""

    effect = "no violation can end a truce of the pairs that such a truce binds"
    lapse = "it lapses"
    called = "the guarantee for the truce of {pair}"
    absent = "a truce may end"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the guarantee."""
        return (DatedChange(self.from_day, Kind.SET_GUARANTEE, 1.0, *self.between),)


class Bombardment(MeasureWithEnd):
    """An actor flies a campaign of this many sorties a day."""

    by: Actor
    sorties_per_day: float = Field(ge=0, le=2000)
    effect = (
        "the actor's strikes a day are this; they are sorties if it has units in the laydown, else "
        "interdiction"
    )
    lapse = "back to its own number of the case"
    numbers = "{sorties_per_day:g} strikes a day"
    own = ("by", "sorties_per_day", "strikes")

    def name(self, names: Names) -> str:
        """Return what it is: a campaign of no strikes is the end of them."""
        what = "bombardment" if self.sorties_per_day else "end of strikes"
        return f"the {what} by {names.get(self.by, self.by)}"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the strikes a day."""
        return (DatedChange(self.from_day, Kind.SET_SORTIES, self.sorties_per_day, self.by),)


class Distraction(MeasureWithEnd):
    """An actor is free to help its clients only with this share of its means."""

    of: Actor
    availability: Share
    effect = "the actor's availability is this"
    lapse = "back to its own"
    called = "the availability of {of}"
    own = ("of", "availability", "availability")

    def detail(self) -> str:
        """Return what share of its means is free in words."""
        share = {0.0: "none", 1.0: "all"}.get(self.availability, f"{self.availability:.3g}")
        return f"{share} of its means are free"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return its availability."""
        return (DatedChange(self.from_day, Kind.SET_AVAILABILITY, self.availability, self.of),)


class Restraint(MeasureWithEnd):
    """An actor is held back from attacking by another: `strength` 1 is complete, 0 none."""

    of: Actor
    by: Actor
    strength: Share
    effect = "the actor's restraint is this; who restrains it is only told"
    lapse = "back to its own"
    called = "the restraint of {of} by {by}"
    numbers = "strength {strength:.3g} (1 is complete)"
    own = ("of", "restraint", "restraint")

    def changes(self) -> tuple[DatedChange, ...]:
        """Return its restraint."""
        return (DatedChange(self.from_day, Kind.SET_RESTRAINT, self.strength, self.of, self.by),)


class Reinforcement(Measure):
    """A body of fighters of an actor arrives at a named place."""

    of: Actor
    fighters: int = Field(ge=1, le=200_000)
    at: str = Field(description="name of a place of the region")
    effect = (
        "a body of this many fighters appears in the cell of the place, whoever holds it: mobile, "
        "h = h0, w = 0, order hold; not from the reserve"
    )
    called = "the reinforcement by {of} at {at}"
    numbers = "{fighters:,} fighters"
    absent = "allies send what they send by themselves"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the departure of the body."""
        return (DatedChange(self.from_day, Kind.SEND, self.fighters, self.of, place=self.at),)


class Front(MeasureWithEnd):
    """A dormant actor joins (`open: true`) or may not join (`open: false`)."""

    of: Actor
    open: bool
    effect = (
        "`open: true`: the actor is no longer barred and, if dormant, joins at once; "
        "`open: false`: the actor is barred from joining; if its stance is attack, it becomes defend: "
        "its rounds go on without attacks, units that advance go on, and it stays at war"
    )
    lapse = (
        "`open: true`: nothing but that it is not barred; it fights on; "
        "`open: false`: no longer barred; one that was stopped does not attack again"
    )
    absent = "it opens or stays quiet by itself"

    def name(self, names: Names) -> str:
        """Return what it is: an open front or a quiet one."""
        return f"the {'open' if self.open else 'quiet'} front of {names.get(self.of, self.of)}"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the front opened or barred."""
        return (DatedChange(self.from_day, Kind.SET_FRONT, float(self.open), self.of),)


class Morale(Measure):
    """The cohesion of an actor's units, or the actor's confidence, shifts at once."""

    of: Actor
    cohesion: Shift = 0.0
    confidence: Shift = 0.0
    effect = "h of all its units, also on their way, or its c, moves by this much, within 0..1"
    called = "the change in morale of {of}"
    absent = "no shift"

    @model_validator(mode="after")
    def _shifts_something(self) -> Self:
        if not self.model_fields_set & {"cohesion", "confidence"}:
            raise ValueError("gives neither 'cohesion' nor 'confidence'; at least one is needed")
        return self

    def detail(self) -> str:
        """Return the shifts that are not 0 in words."""
        given = (("cohesion", self.cohesion), ("confidence", self.confidence))
        return " and ".join(f"{name} {shift:+g}" for name, shift in given if shift)

    def changes(self) -> tuple[DatedChange, ...]:
        """Return one shift for each of the two that is not 0."""
        shifts = ((Kind.SHIFT_COHESION, self.cohesion), (Kind.SHIFT_CONFIDENCE, self.confidence))
        return tuple(DatedChange(self.from_day, kind, shift, self.of) for kind, shift in shifts if shift != 0)


MEASURES: tuple[type[Measure], ...] = (
    Ceasefire,
    Breach,
    Guarantee,
    Bombardment,
    Distraction,
    Restraint,
    Reinforcement,
    Front,
    Morale,
)
