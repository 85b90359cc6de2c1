"""A file of truth made of the events of a table with the columns of UCDP GED."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulation.errors import InputError
from simulation.exchange.ged_event import events_in
from simulation.exchange.ged_sides import CIVILIANS, NOBODY, Named, given_names, names_of
from simulation.exchange.ged_sums import Found, Sum, found_in, sums_of
from simulation.wording.phrases import counted
from simulation.world.world import World

HEAD = "# What happened, added up of events by `simulate truth`; for scoring only."
"""The first line, by which a file that may be written again is known."""


def truth_text(file: Path, world: World, given: Sequence[str] = (), every: int = 1) -> str:
    """Return a file of truth: the dead so far, of each actor and of civilians, at the end of every so many days.

    `given` are names of sides, `NAME=ACTOR`. InputError for a table that cannot be read, for an event that counts and
    contradicts itself, for names of which nobody knows whose they are, and where no event counts.
    """
    sides = given_names(given, world)
    days = math.floor(world.scenario.days)
    found = found_in(events_in(file), world, days)
    if not found.events:
        raise InputError(f"none of {counted(found.all, 'event')} counts: {_left_out(found)}", file=file)
    names = names_of(found.events, sides, world)
    last = min(days - 1, (found.last - world.scenario.start).days)
    marks = sorted({*range(every - 1, last + 1, every), last})
    sums = sums_of(found.events, names, world.scenario.start, marks)
    order = [*(actor for actor in world.actors if actor in sums), CIVILIANS]
    items = [line for whose in order for each in sums[whose] for line in _item(whose, each)]
    source = f"{counted(len(found.events), 'event')} of {file.name}"
    head = [
        HEAD,
        *(f"# {line}" for line in _told(names)),
        f"title: {_text(f'The dead by {source}')}",
        f"start: {world.scenario.start}",
        f"note: {_text(_note(found, world))}",
        "truth:",
    ]
    return "\n".join([*head, *items, *_not_scored(found), ""])


def _item(whose: str, total: Sum) -> Iterator[str]:
    civil = whose == CIVILIANS
    series = "civilians_killed" if civil else f"killed, actor: {whose}"
    yield (
        f"  - {{series: {series}, by_day: {total.day}, value: {total.value:.12g}, low: {total.low}, "
        f"high: {total.high}}}"
    )


def _told(names: Named) -> Iterator[str]:
    """Yield whose each name is."""
    for name, actor in sorted(names.items()):
        if name != CIVILIANS:
            yield f"{json.dumps(name, ensure_ascii=False)} is {'left out' if actor == NOBODY else actor}"


def _note(found: Found, world: World) -> str:
    last = (found.last - world.scenario.start).days
    return (
        f"Sums of {counted(len(found.events), 'event')}, up to day {last} at most, the last of which the table "
        "tells. What happened on one of several days is spread evenly over them. The sums of one actor grow from day "
        "to day, so their rows are no separate tests."
    )


def _not_scored(found: Found) -> Iterator[str]:
    kinds: Mapping[str, int] = _kinds(found)
    if any(kinds.values()):
        yield "not_scored:"
    for why, number in kinds.items():
        if number:
            yield f"  - {{what: {_text(f'{counted(number, "event")} of the table:')}, why: {_text(f'{why}.')}}}"


def _left_out(found: Found) -> str:
    return ", ".join(f"{number} {why}" for why, number in _kinds(found).items() if number)


def _kinds(found: Found) -> dict[str, int]:
    return {
        "over before day 0": found.before,
        "after the run": found.after,
        "in no cell of the region": found.outside,
    }


def _text(text: str) -> str:
    """Return a text as YAML takes it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
