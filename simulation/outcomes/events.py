"""One event of the log as a dictionary and a line of JSON: names for indices, amounts by their meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from simulation.model.registry import Process
from simulation.outcomes.names import actor_id, cell_id, unit_name
from simulation.world.world import World

Event = Any
"""One record of `simulation.model.state.EVENT`."""

AMOUNTS: Mapping[Process, Mapping[str, str]] = {
    Process.MEASURE: {"value": "value"},
    Process.DAY: {"amount": "day", "value": "flyable"},
    Process.CASUALTY: {"amount": "killed", "amount2": "civilians_killed"},
    Process.GIVE_WAY: {"amount": "captured", "amount2": "deserted"},
    Process.RALLY: {"value": "cohesion"},
    Process.MARCH: {"amount": "from_outside"},
    Process.SEIZE: {"amount": "villages", "value": "weight"},
    Process.COMMAND: {"amount": "sent", "amount2": "ordered_out", "value": "axes"},
    Process.SORTIE: {"amount": "fighters_lost", "amount2": "civilians_killed"},
    Process.INTERDICTION: {"amount": "fighters_lost", "value": "days_of_delay"},
    Process.REINFORCE: {"amount": "fighters", "value": "arrives"},
    Process.TRUCE: {"value": "compliance"},
    Process.BREACH: {"amount": "ended", "amount2": "violations"},
    Process.JOIN: {},
    Process.FLEE: {"amount": "left", "amount2": "abroad"},
    Process.RETURN_HOME: {"amount": "returned"},
    Process.DISSOLVE: {"value": "confidence"},
    Process.REPORT: {"amount": "villages_claimed", "amount2": "killed_claimed"},
}
"""What `amount`, `amount2` and `value` of an event mean; the `Event:` line of each process says more."""

PLAIN = {name: name for name in ("amount", "amount2", "value")}
"""What they are called for a process that gives them no names."""

YES_OR_NO = frozenset({"flyable", "from_outside", "ended"})
"""Amounts that are true or false."""

CHANGES = (
    "sorties", "availability", "restraint", "truce_begins", "truce_ends", "guarantee", "front", "cohesion",
    "confidence", "reinforcement",
)  # fmt: skip
"""Names of the kinds of dated change, in their order in `simulation.model.state`."""


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
        told["change"] = CHANGES[int(record.amount)]
    amounts = {name: record[field].item() for field, name in AMOUNTS.get(process, PLAIN).items()}
    return told | {name: bool(x) if name in YES_OR_NO else x for name, x in amounts.items()}


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
