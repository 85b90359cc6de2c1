"""Data that know where they were written, so that an error can name the file, the line and the path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from simulation.errors import InputError
from simulation.io.folders import bundled

DataPath = tuple[str | int, ...]
"""Keys and indices that lead to a value."""

_STEP = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a value was written: a file or command-line option, the line from 1, the path in that file."""

    file: Path | str
    line: int | None = None
    path: DataPath = ()


class LocatedData(Protocol):
    """Plain data that know where each of their values was written."""

    @property
    def data(self) -> Any:
        """The values as dicts, lists, texts, numbers, truths and None."""

    def origin_of(self, path: DataPath) -> Origin:
        """Return the place of a value, or of the nearest thing around it."""


def wrong(source: LocatedData, path: DataPath, message: str, *, inside: bool = False) -> InputError:
    """Return the error that says what is wrong with a value; `inside` speaks of the thing that holds it."""
    place = source.origin_of(path)
    where = place.path[:-1] if inside and len(place.path) == len(path) else place.path
    return InputError(message, file=place.file, line=place.line, path=dotted(where) or None)


def dotted(path: DataPath) -> str:
    """Return a path as people read it: `measures[0].ceasefire.compliance`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def undotted(text: str) -> DataPath:
    """Return the path that a text such as `measures[0].ceasefire` or `measures.0.ceasefire` names."""
    return tuple(int(step) if step.isdecimal() else step for step in _STEP.findall(text))


def where(place: Origin) -> str:
    """Return a place as text: `scenarios/base.yaml:14`, or `--set days=5`."""
    home = bundled("scenarios").parent
    file = place.file
    if isinstance(file, Path) and file.is_relative_to(home):
        file = file.relative_to(home).as_posix()
    return str(file) if place.line is None else f"{file}:{place.line}"
