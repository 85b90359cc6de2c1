"""What all measures share: dated changes, days, the actors and places that they name, and how they are told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from simulation.io.origin import DataPath
from simulation.model.change_kind import ChangeKind as Kind

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
Names = Mapping[str, str]
"""Short names of actors by id."""


@dataclass(frozen=True)
class DatedChange:
    """One change on a day (from the start), with the names of whom and where it concerns.

    A value of `OWN` sets a number back to the actor's own.
    """

    day: float
    kind: Kind
    value: float
    a: str
    b: str | None = None
    place: str | None = None


def _two_different(actors: tuple[str, ...]) -> tuple[str, ...]:
    if len(actors) != 2 or actors[0] == actors[1]:
        raise ValueError(f"must name two different actors, not {', '.join(actors) or 'none'}")
    return actors


Actor = Annotated[str, Field(description="id of an actor of the seeds")]
Pair = Annotated[
    tuple[str, ...],
    AfterValidator(_two_different),
    Field(description="ids of two actors", json_schema_extra={"minItems": 2, "maxItems": 2}),
]
Day = Annotated[float, Field(ge=0, description="days from the start of the scenario")]
Shift = Annotated[float, Field(ge=-1, le=1)]


def period_words(begin: float, end: float) -> str:
    """Return from when to when in words; an infinite end is not told."""
    first = "from the start" if begin == 0 else f"from day {begin:g}"
    return first if math.isinf(end) else f"{first} to day {end:g}"


class Measure(BaseModel):
    """A change that begins on a day and may say why it is made."""

    model_config = STRICT

    from_day: Day
    source: str | None = Field(default=None, description="where the measure is taken from")
    note: str | None = Field(default=None, description="a remark for the reader")

    effect: ClassVar[str] = ""
    """What it does to the state on its day, in the notation of docs/model.md."""
    lapse: ClassVar[str] = ""
    """What happens on `until_day`, in the same notation."""
    called: ClassVar[str] = ""
    """What it is, without its numbers: {of}, {by} and {pair} stand for short names, other fields for themselves."""
    numbers: ClassVar[str] = ""
    """Its numbers in words, with its fields in braces."""
    absent: ClassVar[str] = ""
    """What holds where the measure is not set."""
    own: ClassVar[tuple[str, str, str] | None] = None
    """For one that stands in the place of an actor's own number: which actor, which number, how it is called."""

    @property
    def kind(self) -> str:
        """The word that names the measure in a scenario."""
        return type(self).__name__.lower()

    def actors(self) -> dict[DataPath, str]:
        """Return the actors that the measure names, by the path of the field."""
        named = {(field,): getattr(self, field, None) for field in ("by", "of")}
        return {field: actor for field, actor in named.items() if actor is not None}

    def places(self) -> dict[DataPath, str]:
        """Return the places that the measure names, by the path of the field."""
        place = getattr(self, "at", None)
        return {} if place is None else {("at",): place}

    def name(self, names: Names) -> str:
        """Return what it is, without its numbers: "the bombardment by the northern air force"."""
        short = {str(path[0]): names.get(actor, actor) for path, actor in self.actors().items()}
        pair = " and ".join(names.get(actor, actor) for actor in self.actors().values())
        return self.called.format(**dict(self) | short | {"pair": pair})

    def detail(self) -> str:
        """Return its numbers in words; empty for a measure without any."""
        return self.numbers.format(**dict(self))

    def when(self) -> str:
        """Return its day in words."""
        return f"on day {self.from_day:g}"

    def changes(self) -> tuple[DatedChange, ...]:
        """Return the changes that it makes on its day; what happens at its end follows from what is then in force."""
        raise NotImplementedError(f"{self.kind} makes no change")


class MeasureWithEnd(Measure):
    """A measure that may end again; without `until_day` it lasts to the end of the run."""

    until_day: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until_day is not None and not self.from_day < self.until_day:
            raise ValueError(f"until_day ({self.until_day:g}) must be after from_day ({self.from_day:g})")
        return self

    def when(self) -> str:
        """Return its first day, and its last if it has one, in words."""
        return period_words(self.from_day, self.end)

    @property
    def end(self) -> float:
        """The day on which it ends; infinite for one that lasts to the end of the run."""
        return math.inf if self.until_day is None else self.until_day


class PairMeasure(Measure):
    """A measure between two actors, in either order."""

    between: Pair

    def actors(self) -> dict[DataPath, str]:
        """Return the two actors, by their place in the list."""
        return {("between", index): actor for index, actor in enumerate(self.between)}
