"""The story of a history: its events as sentences, day by day; what belongs together is counted together."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from simulation.process import Process
from simulation.results.naming import MONITOR, short_name, whereabouts
from simulation.results.records import Event, event_dict, event_line
from simulation.results.words import listed
from simulation.scenario.build import World
from simulation.state import (
    BEGIN_TRUCE,
    END_TRUCE,
    SEND,
    SET_AVAILABILITY,
    SET_FRONT,
    SET_GUARANTEE,
    SET_RESTRAINT,
    SET_SORTIES,
    SHIFT_COHESION,
    SHIFT_CONFIDENCE,
)

__all__ = ["day_sentences", "event_dict", "event_line", "sentence", "tell"]

MEASURES = {
    SET_SORTIES: (
        "Strikes by {actor} are set to {value:g} a day.",
        "Strikes by {actor} are as many as before.",
    ),
    SET_AVAILABILITY: (
        "The freedom of {actor} to help is set to {value:g}.",
        "{actor}: as free to help as before.",
    ),
    SET_RESTRAINT: (
        "The restraint of {actor} is set to {value:g}.",
        "The restraint of {actor} is as before.",
    ),
    BEGIN_TRUCE: (
        "A truce between {actor} and {other} begins.",
        "A truce between {actor} and {other} begins.",
    ),
    END_TRUCE: ("The truce between {actor} and {other} ends.", ""),
    SET_GUARANTEE: ("The guarantee of a truce between {actor} and {other} is set to {value:g}.", ""),
    SET_FRONT: (
        "The freedom of {actor} to open a front is set to {value:g}.",
        "{actor}: free to open a front as before.",
    ),
    SHIFT_COHESION: ("The cohesion of all units of {actor} moves by {value:+g}.",) * 2,
    SHIFT_CONFIDENCE: ("The confidence of {actor} moves by {value:+g}.",) * 2,
    SEND: ("{value:,.0f} fighters of {actor} set out for {place}.", ""),
}
"""What a dated change says: for a value, and for a negative one, which means back to the actor's own."""


def sentence(world: World, record: Event) -> str | None:
    """Return the sentence of an event that deserves one; None for routine, which a day counts together."""
    tell_it = _SENTENCES.get(Process(int(record.process)))
    return None if tell_it is None else tell_it(world, record)


def tell(world: World, records: Iterable[Event]) -> Iterator[str]:
    """Yield a history as lines: a heading for each day, then its sentences, indented."""
    for day, lines in day_sentences(world, records):
        date = world.scenario.start + datetime.timedelta(days=day)
        yield f"Day {day}, {date:%A} {date.day} {date:%B}"
        yield from (f"  {line}" for line in lines or ["A quiet day."])


def day_sentences(world: World, records: Iterable[Event]) -> Iterator[tuple[int, list[str]]]:
    """Yield each day (from 0) with its sentences; the last moment of the run is no day of its own."""
    for day, group in groupby(records, key=lambda record: int(record.time)):
        events = list(group)
        lines = [line for summary in _SUMMARIES for line in summary(world, events)]
        if lines or day < world.scenario.days:
            yield day, lines


def _measure(world: World, record: Event) -> str:
    forward, back = MEASURES[int(record.amount)]
    return (back if record.value < 0 else forward).format(**_words(world, record))


def _words(world: World, record: Event) -> dict[str, object]:
    """Return the words of an event for a sentence; what it does not name is empty."""
    return {
        "actor": short_name(world, int(record.actor)) if record.actor >= 0 else "",
        "other": short_name(world, int(record.other)) if record.other >= 0 else "",
        "place": world.places[int(record.place)] if record.place >= 0 else "",
        "value": float(record.value),
        "amount": int(record.amount),
    }


def _place_falls(world: World, record: Event) -> str | None:
    if record.place < 0:
        return None
    return _pass([world.places[int(record.place)]], world, record)


def _pass(places: Sequence[str], world: World, record: Event) -> str:
    verb = "passes" if len(places) == 1 else "pass"
    return f"{listed(places)} {verb} " + "from {other} to {actor}.".format(**_words(world, record))


def _arrival(world: World, record: Event) -> str | None:
    if not record.amount:
        return None
    who, where = short_name(world, int(record.actor)), whereabouts(world, int(record.cell))
    return f"Fresh fighters of {who} arrive {where}."


def _interdiction(world: World, record: Event) -> str | None:
    if record.amount == 0 and record.value == 0:
        return None
    late = " {value:g} days late" if record.value > 0 else ""
    text = "A strike by {actor} on {other}: {killed}" + (f", a column{late}." if late else ".")
    return text.format(**_words(world, record), killed=f"{_counted(int(record.amount), 'fighter')} killed")


def _from_words(text: str) -> Callable[[World, Event], str | None]:
    return lambda world, record: text.format(**_words(world, record))


def _end_of_truce(world: World, record: Event) -> str | None:
    text = "The truce between {actor} and {other} is violated and breaks."
    return text.format(**_words(world, record)) if record.amount else None


_SENTENCES: dict[Process, Callable[[World, Event], str | None]] = {
    Process.MEASURE: _measure,
    Process.MARCH: _arrival,
    Process.SEIZE: _place_falls,
    Process.INTERDICTION: _interdiction,
    Process.REINFORCE: _from_words("{amount:,} fighters of {actor} set out to help {other}."),
    Process.TRUCE: _from_words("{actor} and {other} agree on a truce."),
    Process.BREACH: _end_of_truce,
    Process.JOIN: _from_words("A front between {actor} and {other} opens."),
    Process.DISSOLVE: _from_words("{actor} stands down; its army dissolves."),
}


def _notes(world: World, events: Sequence[Event]) -> Iterator[str]:
    """Yield the sentences in order of time; places that fall one after the other share one."""
    spoken = [(e, line) for e in events if (line := sentence(world, e)) is not None]
    for (process, _, _), group in groupby(spoken, key=lambda x: _kind(x[0])):
        said = list(group)
        if process == Process.SEIZE:
            yield _pass([world.places[int(e.place)] for e, _ in said], world, said[0][0])
        else:
            yield from dict.fromkeys(line for _, line in said)


def _kind(e: Event) -> tuple[int, int, int]:
    return int(e.process), int(e.actor), int(e.other)


def _villages(world: World, events: Sequence[Event]) -> Iterator[str]:
    taken: Counter[tuple[int, int]] = Counter()
    for e in _of(events, Process.SEIZE):
        taken[int(e.actor), int(e.other)] += int(e.amount)
    for (actor, other), number in sorted((+taken).items()):
        verb = "passes" if number == 1 else "pass"
        parties = f"from {short_name(world, other)} to {short_name(world, actor)}"
        yield f"{_counted(number, 'village')} {verb} {parties}."


def _broken(world: World, events: Sequence[Event]) -> Iterator[str]:
    for actor, rows in _by_actor(events, Process.GIVE_WAY):
        captured, deserted = _sum(rows, "amount"), _sum(rows, "amount2")
        verb = "gives way" if len(rows) == 1 else "give way"
        lost = f"{_counted(captured, 'fighter')} captured, {deserted:,} deserted"
        yield f"{_counted(len(rows), 'unit')} of {short_name(world, actor)} {verb}: {lost}."


def _losses(world: World, events: Sequence[Event]) -> Iterator[str]:
    parts = []
    for actor, rows in _by_actor(events, Process.CASUALTY):
        killed = _sum(rows, "amount")
        parts.append(f"{short_name(world, actor)} {killed:,} killed and {len(rows) - killed:,} wounded")
    if parts:
        yield f"Losses in the fighting: {'; '.join(parts)}."


def _strikes(world: World, events: Sequence[Event]) -> Iterator[str]:
    for actor, rows in _by_actor(events, Process.SORTIE):
        lost = _counted(_sum(rows, "amount"), "fighter")
        yield f"{_counted(len(rows), 'strike')} by {short_name(world, actor)}: {lost} killed or wounded."


def _people(world: World, events: Sequence[Event]) -> Iterator[str]:
    killed = _sum([*_of(events, Process.CASUALTY), *_of(events, Process.SORTIE)], "amount2")
    left, abroad = (_sum(_of(events, Process.FLEE), field) for field in ("amount", "amount2"))
    back = _sum(_of(events, Process.RETURN_HOME), "amount")
    parts = [f"{killed:,} killed"] * (killed > 0)
    parts += [f"{left:,} flee" + (f" ({abroad:,} of them abroad)" if abroad else "")] * (left > 0)
    parts += [f"{back:,} return home"] * (back > 0)
    if parts:
        yield f"Civilians: {listed(parts)}."


def _claims(world: World, events: Sequence[Event]) -> Iterator[str]:
    """Yield what was claimed since the start, on days that gave cause, and what the monitor confirms."""
    parts: list[str] = []
    if not any(e.process in (Process.CASUALTY, Process.SEIZE, Process.SORTIE) for e in events):
        return
    for e in _of(events, Process.REPORT):
        villages, killed = int(e.amount), int(e.amount2)
        if e.actor >= 0 and (villages or killed):
            claim = f"{_counted(villages, 'village')} taken and {killed:,} killed"
            parts.append(f"{short_name(world, int(e.actor))} {claim}")
        elif killed:
            parts.append(f"a {MONITOR} confirms {killed:,} killed")
    if parts:
        yield f"Claimed so far: {'; '.join(parts)}."


_SUMMARIES = (_notes, _villages, _broken, _losses, _strikes, _people, _claims)


def _of(events: Iterable[Event], process: Process) -> list[Event]:
    return [e for e in events if e.process == process]


def _by_actor(events: Sequence[Event], process: Process) -> Iterator[tuple[int, list[Event]]]:
    rows = sorted(_of(events, process), key=lambda e: int(e.actor))
    return ((actor, list(group)) for actor, group in groupby(rows, key=lambda e: int(e.actor)))


def _sum(rows: Iterable[Event], field: str) -> int:
    return int(sum(row[field] for row in rows))


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
