"""The turning points of a history as sentences with their causes, one event at a time."""

from __future__ import annotations

from collections.abc import Callable

from simulation.histories.causes import Collapse, Midnight, Mood, Terms
from simulation.histories.observer import Happening
from simulation.histories.reasons import collapse_reason, front_reason, truce_reason
from simulation.model.change_kind import ChangeKind
from simulation.model.registry import Process
from simulation.outcomes.events import Event
from simulation.outcomes.names import short_name, whereabouts
from simulation.wording.phrases import counted
from simulation.world.world import World


def sentence(world: World, happening: Happening) -> str | None:
    """Return the sentence of an event that deserves one of its own; None for all others.

    Falls, orders and routine are told together by day.
    """
    tell_it = SENTENCES.get(Process(int(happening.record.process)))
    return None if tell_it is None else tell_it(world, happening)


def _words(world: World, record: Event) -> dict[str, object]:
    """Return the words of an event for a sentence; what it does not name is empty."""
    return {
        "actor": short_name(world, int(record.actor)) if record.actor >= 0 else "",
        "other": short_name(world, int(record.other)) if record.other >= 0 else "",
        "place": world.places[int(record.place)] if record.place >= 0 else "",
        "value": float(record.value),
        "amount": int(record.amount),
        "amount2": int(record.amount2),
    }


def _measure(world: World, happening: Happening) -> str | None:
    record = happening.record
    change = ChangeKind(int(record.amount))
    if change in (ChangeKind.END_TRUCE, ChangeKind.SET_COMPLIANCE) and not record.amount2:
        return None  # the truce had ended by itself
    return (change.back if record.value < 0 else change.sentence).format(**_words(world, record))


def _arrival(world: World, happening: Happening) -> str | None:
    record = happening.record
    if not record.amount:
        return None
    who, where = short_name(world, int(record.actor)), whereabouts(world, int(record.cell))
    return f"Fresh fighters of {who} arrive {where}."


def _interdiction(world: World, happening: Happening) -> str | None:
    record = happening.record
    if record.amount == 0 and record.value == 0:
        return None
    late = f", a column {counted(float(record.value), 'day')} late" if record.value > 0 else ""
    killed = counted(int(record.amount), "fighter")
    text = "A strike by {actor} on {other}".format(**_words(world, record))
    return f"{text}: {killed} killed{late}."


def _reinforcement(world: World, happening: Happening) -> str:
    record = happening.record
    text = "{amount:,} fighters of {actor} set out to help {other}; they are due {when}."
    when = f"on day {int(record.value)}" if record.value < world.scenario.days else "after the last day"
    return text.format(**_words(world, record), when=when)


def _truce(world: World, happening: Happening) -> str:
    record, cause = happening.record, happening.cause
    text = "{actor} and {other} agree on a truce".format(**_words(world, record))
    if isinstance(cause, Terms):
        text += truce_reason(world, cause, int(record.actor), int(record.other))
    return f"{text}."


def _end_of_truce(world: World, happening: Happening) -> str | None:
    record = happening.record
    text = "The truce between {actor} and {other} breaks at its {nth} violation: nobody guaranteed it."
    return text.format(**_words(world, record), nth=ordinal(int(record.amount2))) if record.amount else None


def _lapse(world: World, happening: Happening) -> str | None:
    cause = happening.cause
    lapsed = cause.lapsed if isinstance(cause, Midnight) else ()
    pairs = [f"{short_name(world, a)} and {short_name(world, b)}" for a, b in lapsed]
    return " ".join(f"The truce between {pair} runs out." for pair in pairs) or None


def _front(world: World, happening: Happening) -> str:
    record, cause = happening.record, happening.cause
    text = "A front opens between {actor} and {other}".format(**_words(world, record))
    return f"{text}{front_reason(world, cause, int(record.other)) if isinstance(cause, Mood) else ''}."


def _collapse(world: World, happening: Happening) -> str:
    cause = happening.cause
    text = "{actor} stands down and its army dissolves".format(**_words(world, happening.record))
    return f"{text}{collapse_reason(world, cause) if isinstance(cause, Collapse) else ''}."


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "3rd", "4th" and so on."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


SENTENCES: dict[Process, Callable[[World, Happening], str | None]] = {
    Process.DAY: _lapse,
    Process.MEASURE: _measure,
    Process.MARCH: _arrival,
    Process.INTERDICTION: _interdiction,
    Process.REINFORCE: _reinforcement,
    Process.TRUCE: _truce,
    Process.BREACH: _end_of_truce,
    Process.JOIN: _front,
    Process.DISSOLVE: _collapse,
}
"""What tells a single event, for each process whose events are told alone; None for one that deserves no sentence."""
