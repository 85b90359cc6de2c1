"""What a line of the record measures on a history: an amount, or an event that happened or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.documents.seed_model import SEVERAL, SeedModel, Text, Word, exactly_one

Names = Annotated[tuple[Word, ...], SEVERAL]
Places = Annotated[tuple[Text, ...], SEVERAL]
Midnight = Annotated[int, Field(ge=0)]
"""Days on the clock of the run: 1 is the midnight at the end of the first day."""


class Amount(SeedModel):
    """A number that a history has; NaN where it has none.

    Of a `series`, added up over an `actor` or a `side` (an actor with its bloc) or of all together, is taken, from
    `from_day` to `by_day`: its `gain`; the `most` it had gained at any midnight; `kept`, the gain at the end as a
    share of the most; or `undone`, the first midnight after the most at which no more than `left` of that is kept,
    infinity where there is none. With `per_day` a gain is divided by the days. Else it is the day of the first `fall`
    of some places up to `by_day`; the fastest `advance` of an actor's side over any `within` days up to `by_day`, in km
    a day from the line of day 0 to the named places it took; the `ratio` of two amounts declared before; a column of
    the table of outcomes; or an input as drawn.
    """

    series: Word | None = None
    fall: Annotated[Places, Field(min_length=1)] | None = None
    advance: Annotated[Names, Field(min_length=1)] | None = None
    ratio: tuple[Word, Word] | None = None
    outcome: Text | None = None
    input: Word | None = None
    actor: Names = ()
    side: Names = ()
    take: Literal["gain", "most", "kept", "undone"] = "gain"
    from_day: Midnight = 0
    by_day: Midnight | None = None
    per_day: bool = False
    left: Annotated[float, Field(ge=0, lt=1)] | None = None
    within: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Amount:
        kinds = {
            "series": self.series,
            "fall": self.fall,
            "advance": self.advance,
            "ratio": self.ratio,
            "outcome": self.outcome,
            "input": self.input,
        }
        exactly_one(**kinds)
        check_fields(self, next(name for name, value in kinds.items() if value is not None), _OF_AMOUNTS)
        if self.by_day is not None and self.from_day >= self.by_day:
            raise ValueError(f"'from_day' {self.from_day} does not come before 'by_day' {self.by_day}")
        if (self.take == "undone") != (self.left is not None):
            raise ValueError("'left' goes with 'take: undone', and only with it")
        if self.per_day and self.take != "gain":
            raise ValueError("'per_day' goes with a gain only")
        return self


class Event(SeedModel):
    """Something that a history has or has not; NaN where the question has no answer.

    An `amount` that is `at_least` or `at_most` so much; that one of some places `fell` by `by_day`, to `falls_to` (an
    actor or its bloc; anybody if left out); that an actor took a named place from a side, `taken_by` and `taken_from`,
    by `by_day`; that the history ended with an `ending`, `at_day` being the length of the run of which that is on
    record; or that `all`, `any` or `none` of some events declared before happened.
    """

    amount: Word | None = None
    fell: Annotated[Places, Field(min_length=1)] | None = None
    taken_by: Annotated[Names, Field(min_length=1)] | None = None
    ending: Annotated[Names, Field(min_length=1)] | None = None
    all: Annotated[Names, Field(min_length=1)] | None = None
    any: Annotated[Names, Field(min_length=1)] | None = None
    none: Annotated[Names, Field(min_length=1)] | None = None
    at_least: float | None = None
    at_most: float | None = None
    falls_to: Names = ()
    taken_from: Names = ()
    by_day: Annotated[float, Field(gt=0)] | None = None
    at_day: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Event:
        kinds = {name: getattr(self, name) for name in _OF_EVENTS}
        exactly_one(**kinds)
        check_fields(self, next(name for name, value in kinds.items() if value is not None), _OF_EVENTS)
        if self.amount is not None:
            exactly_one(at_least=self.at_least, at_most=self.at_most)
        return self


Fields = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""For each kind the fields that it needs and those that it may have."""
_OF_AMOUNTS: Fields = {
    "series": (("by_day",), ("actor", "side", "take", "from_day", "per_day", "left")),
    "fall": (("by_day",), ()),
    "advance": (("by_day", "within"), ()),
    "ratio": ((), ()),
    "outcome": ((), ()),
    "input": ((), ()),
}
_OF_EVENTS: Fields = {
    "amount": ((), ("at_least", "at_most")),
    "fell": (("by_day",), ("falls_to",)),
    "taken_by": (("taken_from", "by_day"), ()),
    "ending": ((), ("at_day",)),
    "all": ((), ()),
    "any": ((), ()),
    "none": ((), ()),
}


def check_fields(model: SeedModel, kind: str, fields: Fields) -> None:
    """Complain of a field that the kind needs and lacks, or has and may not have."""
    needed, allowed = fields[kind]
    defaults = {name: field.default for name, field in type(model).model_fields.items()}
    given = {name for name, default in defaults.items() if getattr(model, name) != default} - set(fields)
    if missing := [name for name in needed if name not in given]:
        raise ValueError(f"'{missing[0]}' is missing: '{kind}' needs it")
    if strange := sorted(given - {*needed, *allowed}):
        raise ValueError(f"'{strange[0]}' does not go with '{kind}'")
