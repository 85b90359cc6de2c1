"""The file of what is on record: lines with a source each, and what of a history they are compared with."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.documents.claim import Confidence
from simulation.documents.seed_model import SeedModel, Share, Text, Word, exactly_one
from simulation.record.measure import Amount, Event, Fields, check_fields

FILE = "record/lines.yaml"
"""Where the record of a scenario lies in its seeds: no run depends on it, so it is in no digest of a scenario."""
Count = Annotated[int, Field(ge=0)]


class Range(SeedModel):
    """What is on record as a range of an amount, in its unit."""

    low: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if not self.low < self.high:
            raise ValueError("'low' must be less than 'high'")
        return self


class Cases(SeedModel):
    """Of `of` cases on record the event happened in `count`, or, where readings differ, in `low` to `high`."""

    of: Annotated[int, Field(ge=1)]
    count: Count | None = None
    low: Count | None = None
    high: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Cases:
        given = tuple(value is not None for value in (self.count, self.low, self.high))
        if given not in ((True, False, False), (False, True, True)):
            raise ValueError("either 'count' or both 'low' and 'high' are needed")
        if not self.fewest <= self.most <= self.of:
            raise ValueError(
                f"{self.fewest} to {self.most} of {self.of} cases: low, high and of must be in this order"
            )
        return self

    @property
    def fewest(self) -> int:
        """The least number of cases."""
        return int(self.low if self.count is None else self.count)  # type: ignore[arg-type]

    @property
    def most(self) -> int:
        """The greatest number of cases."""
        return int(self.high if self.count is None else self.count)  # type: ignore[arg-type]


class Shares(SeedModel):
    """What share of histories must have the event: a bound that we set, 0 to 1."""

    low: Share = 0.0
    high: Share = 1.0

    @model_validator(mode="after")
    def _in_order(self) -> Shares:
        if not self.low < self.high:
            raise ValueError("'low' must be less than 'high'")
        return self


class Line(SeedModel):
    """One line of the record: `what` it is of, the measure, what is on record of it, and who says so.

    An amount has a `value`, `at_least` or `at_most` so much, or a `range`; an event has `cases` or `shares`. `given`
    names an event: only histories that have it are looked at.
    """

    id: Word
    what: Text
    amount: Word | None = None
    event: Word | None = None
    given: Word | None = None
    value: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    range: Range | None = None
    cases: Cases | None = None
    shares: Shares | None = None
    source: Text
    confidence: Confidence

    @model_validator(mode="after")
    def _is_whole(self) -> Line:
        exactly_one(amount=self.amount, event=self.event)
        exactly_one(**{name: getattr(self, name) for name in _ON_RECORD})
        check_fields(self, "amount" if self.event is None else "event", _OF_LINES)
        return self

    @property
    def kind(self) -> Literal["value", "at_least", "at_most", "range", "cases", "shares"]:
        """Which of the forms the record has."""
        return next(name for name in _ON_RECORD if getattr(self, name) is not None)


_ON_RECORD: tuple[Literal["value", "at_least", "at_most", "range", "cases", "shares"], ...] = (
    "value", "at_least", "at_most", "range", "cases", "shares",
)  # fmt: skip
_COMMON = ("id", "what", "given", "source", "confidence")
_OF_LINES: Fields = {
    "amount": ((), (*_COMMON, "value", "at_least", "at_most", "range")),
    "event": ((), (*_COMMON, "cases", "shares")),
}


class Group(SeedModel):
    """Lines that belong together, under a heading."""

    title: Text
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]


class Unmeasured(SeedModel):
    """Something on record that no table of a run can be compared with."""

    what: Text
    why: Text


class RecordFile(SeedModel):
    """What is on record; `start` is the date of day 0, so that days cannot be counted from another one.

    `note` is what a reader should know of it; `never_taken` names an actor: of the places of its side is said which
    were taken in no history.
    """

    title: Text
    start: date
    note: Text
    amounts: dict[Word, Amount] = Field(default_factory=dict)
    events: dict[Word, Event] = Field(default_factory=dict)
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    never_taken: Word | None = None
    not_measured: tuple[Unmeasured, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in their order."""
        return tuple(line for group in self.groups for line in group.lines)
