"""An event of UCDP GED as its table has it: when, where, between whom, and how many died.

Source of the columns: Sundberg and Melander 2013, Introducing the UCDP Georeferenced Event Dataset,
doi:10.1177/0022343313484347, and the codebooks of GED 24.1 and 25.1, which have the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simulation.errors import InputError
from simulation.io.csv_stream import rows_of

COUNTS = ("deaths_a", "deaths_b", "deaths_civilians", "best", "high", "low")
DATES = ("date_start", "date_end")
DEGREES = ("latitude", "longitude")
SIDES = ("side_a", "side_b")
COLUMNS = (*DATES, *DEGREES, *SIDES, *COUNTS)
"""The columns that are needed; of the others nothing is asked."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})([ T]00:00(:00(\.0+)?)?)?")
"""GED writes a day as 2024-11-27 or as 2024-11-27 00:00:00.000."""


@dataclass(frozen=True, kw_only=True)
class GedEvent:
    """One event: its line in the file, first and last possible day, place in degrees, sides, and the dead.

    `best`, `low` and `high` are of all dead together. What `best` has beyond the dead of the sides and the civilians
    is `unknown`: people of whom nobody says who they were.
    """

    file: Path
    line: int
    start: date
    end: date
    lat: float
    lon: float
    sides: tuple[str, str]
    dead: tuple[int, int]
    civilians: int
    best: int
    low: int
    high: int

    @property
    def days(self) -> int:
        """The number of days on which it may have happened."""
        return (self.end - self.start).days + 1

    @property
    def unknown(self) -> int:
        """The dead of whom nobody says who they were."""
        return self.best - sum(self.dead) - self.civilians

    def check(self) -> None:
        """Refuse numbers that contradict each other: InputError with the line."""
        if self.unknown < 0:
            parts = " + ".join(map(str, (*self.dead, self.civilians)))
            message = f"best is {self.best}, less than deaths_a + deaths_b + deaths_civilians = {parts}"
            raise InputError(message, file=self.file, line=self.line)
        if not self.low <= self.best <= self.high:
            message = f"low {self.low}, best {self.best} and high {self.high} must be in this order"
            raise InputError(message, file=self.file, line=self.line)
        if self.end < self.start:
            raise InputError(f"date_end {self.end} is before date_start", file=self.file, line=self.line)


def events_in(path: Path) -> Iterator[GedEvent]:
    """Yield the events of a table; InputError for a column that is missing and a field that cannot be read."""
    for line, row in rows_of(path, COLUMNS):
        try:
            yield _event(row, path, line)
        except ValueError as error:
            raise InputError(str(error), file=path, line=line) from None


def _event(row: dict[str, str], path: Path, line: int) -> GedEvent:
    start, end = (_day(row, name) for name in DATES)
    lat, lon = (_number(row, name) for name in DEGREES)
    a, b, civilians, best, high, low = (_count(row, name) for name in COUNTS)
    return GedEvent(
        file=path, line=line, start=start, end=end, lat=lat, lon=lon, sides=(row["side_a"], row["side_b"]),
        dead=(a, b), civilians=civilians, best=best, low=low, high=high,
    )  # fmt: skip


def _day(row: dict[str, str], name: str) -> date:
    found = _MOMENT.fullmatch(row[name])
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise ValueError(f"{name} must be a day such as 2024-11-27, not {row[name]!r}") from None


def _number(row: dict[str, str], name: str) -> float:
    try:
        found = float(row[name])
    except ValueError:
        found = float("nan")
    if not abs(found) <= 180:
        raise ValueError(f"{name} must be a number of degrees, not {row[name]!r}")
    return found


def _count(row: dict[str, str], name: str) -> int:
    """Return a number of dead, which some programs write as 3.0."""
    try:
        found = float(row[name])
    except ValueError:
        found = -1.0
    if not (0 <= found < 1e9 and found.is_integer()):
        raise ValueError(f"{name} must be a whole number of people, not {row[name]!r}")
    return int(found)
