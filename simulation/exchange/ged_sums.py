"""The dead of events added up: of each actor and of civilians, so far at the end of each day, with a spread.

An event that may have happened on several days is spread evenly over them, also over those before the first day of
the scenario. Its spread in time: nobody of it is dead before its last day, or all are from its first day on. Its
spread in number is known of all dead together only, so each actor may have all of the doubt: it has lost as many fewer
as `best` lies above `low`, or as many more as `high` lies above `best` and the dead of unknown side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from simulation.exchange.ged_event import GedEvent
from simulation.exchange.ged_sides import CIVILIANS, NOBODY, Named
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Sum:
    """The dead so far at the end of a calendar day: best, and the ends of the spread."""

    day: int
    value: float
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """The events that count, and how many do not: before day 0, after the run, outside the region."""

    events: tuple[GedEvent, ...]
    before: int
    after: int
    outside: int
    last: date

    @property
    def all(self) -> int:
        """How many events the table has."""
        return len(self.events) + self.before + self.after + self.outside


def found_in(events: Iterable[GedEvent], world: World, days: int) -> Found:
    """Return which of some events may have happened in the first so many days, in a cell of the region.

    `last` is the last day of any event of the table, here or elsewhere: of later days nobody knows whether nothing
    happened or nothing was written down. InputError for numbers of an event that counts and that contradict each other.
    """
    kept, before, after, outside, last = list[GedEvent](), 0, 0, 0, date.min
    start = world.scenario.start
    for event in events:
        last = max(last, event.end)
        if event.end < start:
            before += 1
        elif (event.start - start).days >= days:
            after += 1
        elif world.region.cell_at(event.lat, event.lon) < 0:
            outside += 1
        else:
            event.check()
            kept.append(event)
    return Found(events=tuple(kept), before=before, after=after, outside=outside, last=last)


def sums_of(
    events: Iterable[GedEvent], names: Named, start: date, days: Iterable[int]
) -> Mapping[str, list[Sum]]:
    """Return the dead of each actor that the events name, and of CIVILIANS, at the end of some calendar days."""
    losses: dict[str, list[tuple[GedEvent, int]]] = {CIVILIANS: []}
    for event in events:
        for whose, dead in _losses(event, names).items():
            losses.setdefault(whose, []).append((event, dead))
    marks = tuple(days)
    return {whose: [_sum(each, start, day) for day in marks] for whose, each in losses.items()}


def _losses(event: GedEvent, names: Named) -> dict[str, int]:
    """Return the dead of an event by actor, an actor on both sides once, and of civilians."""
    found = {CIVILIANS: event.civilians}
    for name, dead in zip(event.sides, event.dead, strict=True):
        actor = CIVILIANS if name.casefold() == CIVILIANS else names[name.casefold()]
        if actor != NOBODY:
            found[actor] = found.get(actor, 0) + dead
    return found


def _sum(losses: Iterable[tuple[GedEvent, int]], start: date, day: int) -> Sum:
    value, low, high = 0.0, 0, 0
    for event, dead in losses:
        first, last = (event.start - start).days, (event.end - start).days
        value += dead * max(0, min(last, day) - max(first, 0) + 1) / event.days
        if first >= 0 and last <= day:
            low += max(0, dead - (event.best - event.low))
        if first <= day:
            high += dead + event.unknown + event.high - event.best
    return Sum(day=day, value=round(value, 2), low=low, high=high)
