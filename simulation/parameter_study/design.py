"""The points of a parameter study: a full grid of values, or the rows of a file."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.io.csv_rows import MOST_BYTES, table_of
from simulation.io.text_file import text_of
from simulation.io.yaml_list import values_in
from simulation.wording.phrases import counted

MOST_POINTS = 300
"""Each is a run of its own, with its folder; and in a figure no more dots can be told apart."""
HOW = "such as --set inputs.hts_fighters=5000,15000,30000"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One point: the texts of its `values` in the order of the design's names; `line` where it stands in a file."""

    values: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Design:
    """The points of a study: `names` are the paths that are set, as in inputs.hts_fighters, each once.

    `full` says that every value of each name meets every value of the others. Points of a file have its path, and
    `header` is the line of the names.
    """

    names: tuple[str, ...]
    points: tuple[Point, ...]
    full: bool
    file: Path | None = None
    header: int = 1

    def overrides(self, point: Point) -> tuple[str, ...]:
        """Return a point as `path=value` texts."""
        return tuple(f"{name}={value}" for name, value in zip(self.names, point.values, strict=True))

    def values_of(self, name: str) -> tuple[str, ...]:
        """Return the texts that a name is set to, each once, in the order in which they come."""
        at = self.names.index(name)
        return tuple(dict.fromkeys(point.values[at] for point in self.points))

    @property
    def varied(self) -> tuple[str, ...]:
        """The names that are set to more than one value."""
        return tuple(name for name in self.names if len(self.values_of(name)) > 1)

    def csv(self) -> str:
        """Return the design as the text of a file that `design_in` reads."""
        rows = [self.names, *(point.values for point in self.points)]
        return "".join(f"{','.join(map(_cell, row))}\n" for row in rows)


def parted(settings: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return which of some `path=value` texts give several values, by path, and the others as they are.

    Errors: InputError for a path with several values that is set twice.
    """
    several: dict[str, tuple[str, ...]] = {}
    single = []
    for text in settings:
        path, _, written = text.partition("=")
        values = values_in(written.strip())
        if len(values) < 2:
            single.append(text)
        elif path.strip() in several:
            raise InputError(
                "gives several values a second time; put all of them into one", file=f"--set {text}"
            )
        else:
            several[path.strip()] = values
    for text in single:
        path = text.partition("=")[0].strip()
        if path in several:
            message = (
                f"is set here to one value and elsewhere to {len(several[path])}; leave out one of the two"
            )
            raise InputError(message, file=f"--set {text}")
    return several, tuple(single)


def grid(values: Mapping[str, Sequence[str]]) -> Design:
    """Return the points of a full grid; the values of the last name change first.

    Errors: InputError where nothing has two values, where a name has the same value twice, and for too many points.
    """
    if not any(len(each) > 1 for each in values.values()):
        raise InputError(
            f"nothing is varied: give an input two values or more, {HOW}, or the points with --design"
        )
    for name, each in values.items():
        twice = [value for k, value in enumerate(each) if value in each[:k]]
        if twice:
            raise InputError(f"has the value {twice[0]} twice", file=f"--set {name}={','.join(each)}")
    sizes = [len(each) for each in values.values()]
    if (product := math.prod(sizes)) > MOST_POINTS:
        told = " times ".join(map(str, sizes))
        raise InputError(
            f"{told} values are {product:,} points, and at most {MOST_POINTS} are allowed; leave some out, or name "
            "the points in a file for --design"
        )
    points = tuple(Point(values=each) for each in itertools.product(*values.values()))
    return Design(names=tuple(values), points=points, full=True)


def design_in(file: Path) -> Design:
    """Return the points in a CSV file: columns are paths, such as inputs.hts_fighters, and rows the points.

    Errors: InputError, with the line, for a column that has no name or stands there twice, an empty field, the same
    point twice, fewer than two points and more than `MOST_POINTS`.
    """
    table = table_of(text_of(file, most_bytes=MOST_BYTES, kind="a file of points"), file)
    header = table.lines[0] if table.lines else 1
    for k, name in enumerate(table.header):
        if not name:
            raise InputError(
                f"column {k + 1} has no name; a name is a path, such as inputs.hts_fighters",
                file=file,
                line=header,
            )
    names = tuple(table.header)
    table.rows(names)  # which refuses a column that stands there twice, and a file without rows
    if not 2 <= len(table.body) <= MOST_POINTS:
        message = f"holds {counted(len(table.body), 'point')}, and from 2 to {MOST_POINTS} are allowed"
        raise InputError(message, file=file)
    seen: dict[tuple[str, ...], int] = {}
    for line, row in zip(table.lines[1:], table.body, strict=True):
        if not all(row):
            empty = names[row.index("")]
            raise InputError("is empty; write a value in every row", file=file, line=line, path=empty)
        if (first := seen.setdefault(tuple(row), line)) != line:
            raise InputError(f"is the same point as line {first}", file=file, line=line)
    points = tuple(Point(values=row, line=line) for row, line in seen.items())
    return Design(names=names, points=points, full=is_full(points), file=file, header=header)


def is_full(points: Sequence[Point]) -> bool:
    """Return whether points that are all different are those of a full grid."""
    return len(points) == math.prod(
        len(set(values)) for values in zip(*(each.values for each in points), strict=True)
    )


def _cell(text: str) -> str:
    """Return a text as a field of a CSV file."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' if set(text) & set(',"\r\n#') else text
