"""Measures: the dated changes that a scenario makes, one class each; all days count from the start."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


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
Share = Annotated[float, Field(ge=0, le=1)]
Shift = Annotated[float, Field(ge=-1, le=1)]


class Measure(BaseModel):
    """A change that begins on a day and may say why it is made."""

    model_config = STRICT

    from_day: Day
    source: str | None = Field(default=None, description="where the measure is taken from")
    note: str | None = Field(default=None, description="a remark for the reader")

    @property
    def kind(self) -> str:
        """The word that names the measure in a scenario."""
        return type(self).__name__.lower()

    def actors(self) -> dict[tuple[str | int, ...], str]:
        """Return the actors that the measure names, by the path of the field."""
        named = {(field,): getattr(self, field, None) for field in ("by", "of")}
        return {field: actor for field, actor in named.items() if actor is not None}


class _Lasting(Measure):
    """A measure that may end again; without `until_day` it lasts to the end of the run."""

    until_day: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until_day is not None and not self.from_day < self.until_day:
            raise ValueError(f"until_day ({self.until_day:g}) must be after from_day ({self.from_day:g})")
        return self


class _Paired(Measure):
    """A measure between two actors, in either order."""

    between: Pair

    def actors(self) -> dict[tuple[str | int, ...], str]:
        """Return the two actors, by their place in the list."""
        return {("between", index): actor for index, actor in enumerate(self.between)}


class Ceasefire(_Paired, _Lasting):
    """Two actors stop fighting each other, more or less: `compliance` 1 is complete, 0 none."""

    compliance: Share


class Breach(_Paired):
    """A truce that is in force between two actors ends."""


class Guarantee(_Paired, _Lasting):
    """A truce between two actors that is in force cannot end."""


class Bombardment(_Lasting):
    """An actor flies a campaign of this many sorties a day."""

    by: Actor
    sorties_per_day: float = Field(ge=0, le=2000)


class Distraction(_Lasting):
    """An actor is free to help its clients only with this share of its means."""

    of: Actor
    availability: Share


class Restraint(_Lasting):
    """An actor is held back from attacking by another: `strength` 1 is complete, 0 none."""

    of: Actor
    by: Actor
    strength: Share


class Reinforcement(Measure):
    """A body of fighters of an actor arrives at a named place."""

    of: Actor
    fighters: int = Field(ge=1, le=200_000)
    at: str = Field(description="name of a place of the region")


class Front(_Lasting):
    """A dormant actor joins (`open: true`) or may not join (`open: false`)."""

    of: Actor
    open: bool


class Morale(Measure):
    """The cohesion of an actor's units, or the actor's confidence, shifts at once."""

    of: Actor
    cohesion: Shift = 0.0
    confidence: Shift = 0.0

    @model_validator(mode="after")
    def _shifts_something(self) -> Self:
        if not self.model_fields_set & {"cohesion", "confidence"}:
            raise ValueError("gives neither 'cohesion' nor 'confidence'; at least one is needed")
        return self


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
