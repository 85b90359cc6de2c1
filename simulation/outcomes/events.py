"""One event of the log as a dictionary and a line of JSON: names for indices, amounts by their meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple, Self

import numpy as np

from simulation.model.change_kind import ChangeKind
from simulation.model.registry import Process
from simulation.outcomes.names import actor_id, cell_id, unit_name
from simulation.world.world import World


class Event(NamedTuple):
    """One record of `simulation.model.state.EVENT`, its fields as plain numbers: reading those takes no time."""

    time: float
    process: int
    entity: int
    occurrence: int
    cell: int
    actor: int
    other: int
    place: int
    unit: int
    amount: int
    amount2: int
    value: float

    @classmethod
    def of(cls, log: np.ndarray) -> Self:
        """Return the first record of a log, EVENT (n,), as it is now."""
        return cls(*log.item(0))


class Told(Enum):
    """How a story tells the events of a process."""

    ALONE = auto()
    """By a sentence of its own for each event that deserves one: `simulation.histories.sentences`."""
    TOGETHER = auto()
    """By one sentence for what has the same cause: `simulation.histories.turns`."""
    BY_DAY = auto()
    """By what the events of a day add up to: `simulation.histories.diary`."""


@dataclass(frozen=True, kw_only=True)
class EventWords:
    """What `amount`, `amount2` and `value` of a process's events are called, empty for one that it does not fill.

    The `Event:` line of the process says more. `yes_or_no` are the names of amounts that are true or false; `told`
    is empty for routine that no story mentions.
    """

    amount: str = ""
    amount2: str = ""
    value: str = ""
    yes_or_no: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()

    def amounts(self) -> dict[str, str]:
        """Return the names of the amounts that are filled, by field."""
        names = {"amount": self.amount, "amount2": self.amount2, "value": self.value}
        return {field: name for field, name in names.items() if name}


_W = EventWords
EVENTS: Mapping[Process, EventWords] = {
    Process.MEASURE: _W(amount2="truce_held", value="value", yes_or_no=("truce_held",), told=(Told.ALONE,)),
    Process.DAY: _W(amount="day", value="flyable", yes_or_no=("flyable",), told=(Told.ALONE, Told.BY_DAY)),
    Process.CASUALTY: _W(amount="killed", amount2="civilians_killed", told=(Told.BY_DAY,)),
    Process.GIVE_WAY: _W(amount="captured", amount2="deserted", value="fallen", told=(Told.BY_DAY,)),
    Process.RALLY: _W(value="cohesion"),
    Process.MARCH: _W(amount="from_outside", yes_or_no=("from_outside",), told=(Told.ALONE,)),
    Process.SEIZE: _W(amount="villages", value="weight", told=(Told.TOGETHER, Told.BY_DAY)),
    Process.COMMAND: _W(amount="sent", amount2="ordered_out", value="axes", told=(Told.TOGETHER,)),
    Process.SORTIE: _W(amount="fighters_lost", amount2="civilians_killed", told=(Told.BY_DAY,)),
    Process.INTERDICTION: _W(amount="fighters_lost", value="days_of_delay", told=(Told.ALONE,)),
    Process.REINFORCE: _W(amount="fighters", value="arrives", told=(Told.ALONE,)),
    Process.TRUCE: _W(amount="fixed_term", value="compliance", yes_or_no=("fixed_term",), told=(Told.ALONE,)),
    Process.BREACH: _W(amount="ended", amount2="violations", yes_or_no=("ended",), told=(Told.ALONE,)),
    Process.JOIN: _W(told=(Told.ALONE,)),
    Process.FLEE: _W(amount="left", amount2="abroad", told=(Told.BY_DAY,)),
    Process.RETURN_HOME: _W(amount="returned", told=(Told.BY_DAY,)),
    Process.DISSOLVE: _W(value="confidence", told=(Told.ALONE,)),
    Process.REPORT: _W(amount="villages_claimed", amount2="killed_claimed", told=(Told.BY_DAY,)),
}
"""One row for each process."""

UNNAMED = EventWords(amount="amount", amount2="amount2", value="value")
"""The row of a process that has none yet."""


def event_dict(world: World, record: Event) -> dict[str, Any]:
    """Return an event as names and numbers: time [days], process, entity, who and where, and its amounts."""
    process = Process(int(record.process))
    told: dict[str, Any] = {
        "time": float(record.time),
        "process": process.name.lower(),
        "entity": int(record.entity),
    }
    told |= _who_and_where(world, process, record)
    if process is Process.MEASURE:
        told["change"] = ChangeKind(int(record.amount)).word
    words = EVENTS.get(process, UNNAMED)
    amounts = {name: getattr(record, field) for field, name in words.amounts().items()}
    return told | {name: bool(x) if name in words.yes_or_no else x for name, x in amounts.items()}


def event_line(world: World, record: Event) -> str:
    """Return an event as one line of compact JSON; keys in a fixed order, never NaN."""
    return json.dumps(event_dict(world, record), separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def _who_and_where(world: World, process: Process, record: Event) -> dict[str, Any]:
    """Return the names of what the event names; what it does not name is left out."""
    names: dict[str, Any] = {}
    if record.actor >= 0 or process is Process.REPORT:
        names["actor"] = actor_id(world, int(record.actor))
    if record.other >= 0:
        names["other"] = actor_id(world, int(record.other))
    if record.unit >= 0:
        names["unit"] = unit_name(world, int(record.unit))
    if record.cell >= 0:
        names["cell"] = cell_id(world, int(record.cell))
    if record.place >= 0:
        names["place"] = world.places[int(record.place)]
    return names
