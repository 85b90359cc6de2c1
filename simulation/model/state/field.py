"""What a field of a record is, and a record of fields, from which its type in memory is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.model.registry import Process

START, ENGINE = "start", "engine"
"""What changes a field and is no process: the beginning of a history, and the book-keeping of clocks and chains."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One variable of a record.

    `kind` is its type in memory and `shape` that of a field with several numbers. `unit` is a unit of measure, or
    the thing whose number it is (actor, cell, place, unit, clock, ...; -1 none), or the name of a kind. `changed_by`
    are the processes that change it in a history, START and ENGINE; nobody where it stays as the world was built.
    """

    name: str
    kind: str
    unit: str
    changed_by: tuple[str, ...]
    meaning: str
    shape: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a field of which nothing is said, and one changed by something that does not exist."""
        if not self.unit or not self.meaning:
            raise ValueError(f"field {self.name}: its unit or its meaning is missing")
        strangers = set(self.changed_by) - {process.name.lower() for process in Process} - {START, ENGINE}
        if strangers:
            raise ValueError(f"field {self.name}: no process is called {' or '.join(sorted(strangers))}")


@dataclass(frozen=True, kw_only=True)
class Record:
    """The fields of a row, in their order in memory; `rows` says what has one."""

    rows: str
    fields: tuple[Field, ...]

    @property
    def dtype(self) -> np.dtype:
        """The aligned record type that compiled functions read."""
        return np.dtype([(f.name, f.kind, f.shape) for f in self.fields], align=True)


def field(
    name: str, kind: str, unit: str, changed_by: str, meaning: str, shape: tuple[int, ...] = ()
) -> Field:
    """Return a field; `changed_by` are words."""
    return Field(
        name=name, kind=kind, unit=unit, changed_by=tuple(changed_by.split()), meaning=meaning, shape=shape
    )
