"""A file of truth: what happened, item by item, in words general enough for any scenario.

Only this package reads such a file. Nothing that builds or runs a world may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from simulation.documents.claim import Confidence
from simulation.documents.seed_model import SEVERAL, SeedModel, Text, Word, exactly_one
from simulation.errors import Faults, InputError
from simulation.io.origin import wrong
from simulation.io.yaml_file import YamlSource, parse, read_yaml

FOLDER = "truth"
Names = Annotated[tuple[Word, ...], SEVERAL]
Places = Annotated[tuple[Text, ...], SEVERAL, Field(min_length=1)]
CalendarDay = Annotated[int, Field(ge=0)]


class TruthItem(SeedModel):
    """One thing that happened: the fall of a place, an amount of a series or an outcome, or an ending.

    A fall has `day`, a calendar day (8 is all of day 8, 10.5 the night after day 10) or "never"; it falls
    `falls_to` actors or their blocs, to anybody when left out; of several places the first counts. A series
    has a `value` at the end of calendar day `day` or `by_day`, since the start or since the beginning of
    `from_day`, of an `actor`, of a `side` (an actor with its bloc), or of all. An ending may have the calendar `day`
    on which it came about.
    """

    place: Places | None = None
    series: Word | None = None
    outcome: Text | None = None
    ending: Word | None = None
    falls_to: Names = ()
    actor: Names = ()
    side: Names = ()
    day: Annotated[float, Field(ge=0, multiple_of=0.5)] | Literal["never"] | None = None
    by_day: CalendarDay | None = None
    from_day: CalendarDay | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    label: Text | None = None
    confidence: Confidence | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> TruthItem:
        exactly_one(place=self.place, series=self.series, outcome=self.outcome, ending=self.ending)
        needed, allowed = _FIELDS[self.kind]
        given = {name for name in _ALL if getattr(self, name) not in (None, ())}
        if missing := [name for name in needed if name not in given]:
            raise ValueError(f"'{missing[0]}' is missing: an item with '{self.kind}' needs it")
        if strange := sorted(given - {*needed, *allowed}):
            raise ValueError(f"'{strange[0]}' does not go with '{self.kind}'")
        if self.series is not None:
            self._check_days()
        if self.ending is not None and self.day == "never":
            raise ValueError("an ending that never came about is not the one to name; give the one that did")
        self._check_spread()
        return self

    def _check_days(self) -> None:
        exactly_one(day=self.day, by_day=self.by_day)
        if self.day is not None and (isinstance(self.day, str) or not self.day.is_integer()):
            raise ValueError("the day of a series is a whole number")
        if self.from_day is not None and self.from_day > self.last_day:
            raise ValueError(f"'from_day' {self.from_day} comes after day {self.last_day}")

    def _check_spread(self) -> None:
        best = self.day if self.place is not None else self.value
        if isinstance(best, str):
            if self.low is not None or self.high is not None:
                raise ValueError("what never happened has no 'low' and 'high'")
        elif best is not None:
            low, high = (best if end is None else end for end in (self.low, self.high))
            if not low <= best <= high:
                raise ValueError(f"low {low:g}, best {best:g} and high {high:g} must be in this order")

    @property
    def kind(self) -> str:
        """Which of place, series, outcome and ending it speaks of."""
        return next(name for name in _FIELDS if getattr(self, name) is not None)

    @property
    def last_day(self) -> int:
        """The calendar day at whose end a series is read, or on which an ending came about; 0 of none and "never"."""
        day = self.by_day if self.by_day is not None else self.day
        return 0 if day is None or day == "never" else int(day)


_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "place": (("day",), ("falls_to", "low", "high")),
    "series": (("value",), ("actor", "side", "day", "by_day", "from_day", "low", "high")),
    "outcome": (("value",), ("low", "high")),
    "ending": ((), ("day",)),
}
"""For each kind the fields it needs and those it may have, beside label, confidence and source."""
_ALL = ("day", "value", "falls_to", "actor", "side", "by_day", "from_day", "low", "high")


class Unscored(SeedModel):
    """Something that happened and that no history of the model can be compared with."""

    what: Text
    why: Text


class TruthFile(SeedModel):
    """What happened; `start` is the date of day 0, so that days cannot be counted from another one.

    `note` is what a reader of the scores should know of this event; it is shown above them.
    """

    title: Text
    start: date
    note: Text | None = None
    truth: tuple[TruthItem, ...]
    not_scored: tuple[Unscored, ...] = ()

    @field_validator("truth")
    @classmethod
    def _holds_something(cls, truth: tuple[TruthItem, ...]) -> tuple[TruthItem, ...]:
        """Refuse an empty list; a `min_length` would hide what is wrong with the only item."""
        if not truth:
            raise ValueError("must not be empty")
        return truth


@dataclass(frozen=True, kw_only=True)
class Truth:
    """A file of truth as read: where it was written and what it says."""

    source: YamlSource
    file: TruthFile


def read_truth(path: Path) -> Truth:
    """Return a file of truth; InputError with file and line for anything wrong in it."""
    source = read_yaml(path)
    file, faults, first = parse(source, TruthFile), Faults(), dict[TruthItem, int]()
    for index, item in enumerate(file.truth):
        if (before := first.setdefault(item, index)) != index:
            faults.found.append(
                wrong(source, ("truth", index), f"is the same as truth[{before}]: it would count twice")
            )
    faults.refuse()
    return Truth(source=source, file=file)


def truth_files(seeds: Path) -> list[Path]:
    """Return the files of truth that lie beside the seeds of a scenario; InputError when there are none."""
    found = sorted((seeds / FOLDER).glob("*.yaml"))
    if not found:
        raise InputError(
            "nothing is known of what happened: there is no truth/*.yaml here; name a file with --truth",
            file=seeds,
        )
    return found
