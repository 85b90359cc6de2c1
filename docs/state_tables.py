"""The tables of docs/model.md that say what the state of a history is, made from the declarations of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from world_tables import table

from simulation.model.change_kind import ChangeKind
from simulation.model.registry import Process
from simulation.model.state import RECORDS, kinds
from simulation.model.state.field import ENGINE, START, Field

PROCESSES = {process.name.lower() for process in Process}
KINDS = {**vars(kinds), ChangeKind.__name__: ChangeKind}
WORDS = {START: "the start", ENGINE: "the engine"}
SHOWN = ("actors", "pairs", "units", "cells", "places")
"""What a reader asks for first; the tables of all other arrays fold away."""


def state_tables() -> dict[str, str]:
    """Return the tables by the names that the template uses."""
    return {"state": "\n\n".join(_array(name) for name in _in_order()), "kinds": _kinds()}


def _in_order() -> Iterator[str]:
    yield from SHOWN
    yield from (name for name in RECORDS if name not in SHOWN)


def _array(name: str) -> str:
    record = RECORDS[name]
    rows = table(["Field", "Unit", "Changed by", "Meaning"], map(_row, record.fields))
    if name in SHOWN:
        return f"**{name.capitalize()}**: {record.rows}.\n\n{rows}"
    return f"<details><summary><b>{name.capitalize()}</b>: {record.rows}</summary>\n\n{rows}\n\n</details>"


def _row(field: Field) -> tuple[str, str, str, str]:
    several = f" ({field.shape[0]})" if field.shape else ""
    unit = f"`{field.unit}`" if field.unit in KINDS else field.unit
    changers = ", ".join(f"`{each}`" if each in PROCESSES else WORDS[each] for each in field.changed_by)
    return f"`{field.name}`{several}", unit, changers or "fixed", field.meaning


def _kinds() -> str:
    used = {field.unit for record in RECORDS.values() for field in record.fields}
    found = [kind for name in sorted(used) if isinstance(kind := KINDS.get(name), type)]
    assert all(issubclass(kind, IntEnum) for kind in found)
    return table(
        ["Kind", "What it says", "Numbers"], [(f"`{k.__name__}`", _says(k), _numbers(k)) for k in found]
    )


def _says(kind: type[IntEnum]) -> str:
    return (kind.__doc__ or "").split("\n")[0].rstrip(".")


def _numbers(kind: type[IntEnum]) -> str:
    return ", ".join(f"{each.value} {each.name.lower().replace('_', ' ')}" for each in kind)
