"""The story of a history, day by day: orders, turning points with their causes, and what a day adds up to."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from simulation.engine.replicate import HistoryEnd, ending_of
from simulation.histories.causes import Break, Midnight
from simulation.histories.observer import Happening
from simulation.histories.reasons import MANNERS
from simulation.histories.turns import orders_of_day, turning_points
from simulation.model.registry import Process
from simulation.outcomes.events import Event
from simulation.outcomes.names import MONITOR, short_name, whereabouts
from simulation.wording.phrases import counted, listed, sentence
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class DiarySentence:
    """A sentence of a day; `sums` says that it only adds up what the day saw."""

    text: str
    sums: bool = False


def tell(world: World, happenings: Iterable[Happening]) -> Iterator[str]:
    """Yield a history as lines: a heading for each day, then its sentences, indented; quiet days together."""
    days = day_sentences(world, happenings)
    for quiet, group in groupby(days, key=lambda told: not told[1]):
        together = list(group)
        if quiet:
            yield _quiet(world, together[0][0], together[-1][0])
            continue
        for day, lines in together:
            yield f"Day {day}, {_date(world, day)}"
            yield from (f"  {each.text}" for each in lines)


def _quiet(world: World, first: int, last: int) -> str:
    if first == last:
        return f"Day {first}, {_date(world, first)}: a quiet day"
    return f"Days {first} to {last}, until {_date(world, last)}: quiet days"


def _date(world: World, day: int) -> str:
    date = world.scenario.start + datetime.timedelta(days=day)
    return f"{date:%A} {date.day} {date:%B}"


def last_words(world: World, outcome: HistoryEnd) -> str:
    """Return the sentence that closes a story: when and how the history ended."""
    ending = ending_of(world, outcome)
    meaning = next((sentence(e.meaning) for e in world.seeds.endings if e.id == ending), "No ending holds")
    when = f"{outcome.world.end_day:.2f}".removesuffix(".00")
    return f"The history ends on day {when}: {meaning}."


def day_sentences(world: World, happenings: Iterable[Happening]) -> Iterator[tuple[int, list[DiarySentence]]]:
    """Yield each day (from 0) with its sentences; the last moment of the run is no day of its own."""
    for day, group in groupby(happenings, key=lambda happening: int(happening.record.time)):
        events = list(group)
        told = [*orders_of_day(world, events), *turning_points(world, events)]
        sums = [line for summary in SUMMARIES for line in summary.lines(world, events)]
        lines = [
            *(DiarySentence(text=line) for line in told),
            *(DiarySentence(text=line, sums=True) for line in sums),
        ]
        if lines or day < world.scenario.days:
            yield day, lines


def _villages(world: World, events: Sequence[Event]) -> Iterator[str]:
    taken, lost = Counter[int](), Counter[int]()
    for e in _of(events, Process.SEIZE):
        taken[int(e.actor)] += int(e.amount)
        lost[int(e.other)] += int(e.amount)
    if taken.total():
        yield f"Villages taken: {_tally(world, taken)}. Lost: {_tally(world, lost)}."


def _tally(world: World, counts: Counter[int]) -> str:
    return listed([f"{short_name(world, side)} {number:,}" for side, number in sorted((+counts).items())])


FATES = {"amount": "captured", "amount2": "deserted", "value": "killed or wounded in the pursuit"}
"""What becomes of fighters of a unit that gives way, by the field of the event."""


def _broken(world: World, day: Sequence[Happening]) -> Iterator[str]:
    manners: dict[int, Counter[str]] = {}
    for each in day:
        if isinstance(each.cause, Break):
            manners.setdefault(int(each.record.actor), Counter())[each.cause.manner] += 1
    parts = []
    for actor, rows in _by_actor([each.record for each in day], Process.GIVE_WAY):
        found = manners.get(actor, Counter())
        ways = [f"{found[manner]:,} {words}" for manner, words in MANNERS.items() if found[manner]]
        fates = [f"{_sum(rows, field):,} {words}" for field, words in FATES.items() if _sum(rows, field)]
        lost = f"fighters: {', '.join(fates)}" if fates else "no fighter lost"
        told = "; ".join([*([", ".join(ways)] if ways else []), lost])
        parts.append(
            f"{counted(len(rows), 'unit')} of {short_name(world, actor)}{_mostly(world, rows)} ({told})"
        )
    if parts:
        yield f"Units that give way: {'; '.join(parts)}."


def _returned(world: World, day: Sequence[Happening]) -> Iterator[str]:
    """Yield who came back from their wounds at midnight, on days that see fighting."""
    if not any(each.record.process in (Process.CASUALTY, Process.SORTIE) for each in day):
        return
    back = Counter[int]()
    for each in day:
        if isinstance(each.cause, Midnight):
            back.update(dict(each.cause.returned))
    if back:
        yield f"Wounded who return to their units: {_tally(world, back)}."


def _mostly(world: World, rows: Sequence[Event]) -> str:
    """Return where most of the events happened, if they can be placed."""
    cells = Counter(whereabouts(world, int(e.cell)) for e in rows if e.cell >= 0)
    if not cells:
        return ""
    where, number = cells.most_common(1)[0]
    if len(cells) == 1:
        return f" {where}"
    return f", {number} of them {where}" if number > 1 else f", one of them {where}"


def _losses(world: World, events: Sequence[Event]) -> Iterator[str]:
    parts = []
    for actor, rows in _by_actor(events, Process.CASUALTY):
        killed = _sum(rows, "amount")
        parts.append(f"{short_name(world, actor)} {killed:,} killed and {len(rows) - killed:,} wounded")
    if parts:
        yield f"Losses in the fighting: {'; '.join(parts)}."


def _strikes(world: World, events: Sequence[Event]) -> Iterator[str]:
    strikes = _of(events, Process.SORTIE)
    parts = [f"{short_name(world, actor)} {len(rows):,}" for actor, rows in _by_actor(events, Process.SORTIE)]
    if parts:
        lost = counted(_sum(strikes, "amount"), "fighter")
        yield f"Strikes: {'; '.join(parts)}{_mostly(world, strikes)}. They kill or wound {lost}."


def _people(world: World, events: Sequence[Event]) -> Iterator[str]:
    killed = _sum([*_of(events, Process.CASUALTY), *_of(events, Process.SORTIE)], "amount2")
    fleeing = _of(events, Process.FLEE)
    left, abroad = (_sum(fleeing, field) for field in ("amount", "amount2"))
    back = _sum(_of(events, Process.RETURN_HOME), "amount")
    parts = [f"{killed:,} killed"] * (killed > 0)
    if left > 0:
        parts.append(
            f"{left:,} flee{_source(world, fleeing)}" + (f", {abroad:,} of them abroad" * (abroad > 0))
        )
    parts += [f"{back:,} return home"] * (back > 0)
    if parts:
        yield f"Civilians: {'; '.join(parts)}."


def _source(world: World, rows: Sequence[Event]) -> str:
    """Return where most people fled from, if it can be placed."""
    people = Counter[str]()
    for e in rows:
        if e.cell >= 0:
            people[whereabouts(world, int(e.cell), at="")] += int(e.amount)
    if not people:
        return ""
    return f"{', most' if len(people) > 1 else ''} from {people.most_common(1)[0][0]}"


def _claims(world: World, events: Sequence[Event]) -> Iterator[str]:
    """Yield what was claimed since the start, on days that gave cause, and what the monitor confirms."""
    parts: list[str] = []
    if not any(e.process in (Process.CASUALTY, Process.SEIZE, Process.SORTIE) for e in events):
        return
    for e in _of(events, Process.REPORT):
        villages, killed = int(e.amount), int(e.amount2)
        if e.actor >= 0 and (villages or killed):
            claim = [f"{counted(villages, 'village')} taken"] * (villages > 0)
            claim += [f"{killed:,} killed"] * (killed > 0)
            parts.append(f"{short_name(world, int(e.actor))} {' and '.join(claim)}")
        elif killed:
            parts.append(f"a {MONITOR} confirms {killed:,} killed")
    if parts:
        yield f"Claimed so far, true or not: {'; '.join(parts)}."


@dataclass(frozen=True, kw_only=True)
class DaySummary:
    """A sentence that adds up the events of a day of some processes, and how it is made."""

    of: tuple[Process, ...]
    lines: Callable[[World, Sequence[Happening]], Iterator[str]]


def _of_records(
    lines: Callable[[World, Sequence[Event]], Iterator[str]],
) -> Callable[[World, Sequence[Happening]], Iterator[str]]:
    """Return lines that look only at what happens, not at what lies behind it."""
    return lambda world, day: lines(world, [each.record for each in day])


SUMMARIES = (
    DaySummary(of=(Process.SEIZE,), lines=_of_records(_villages)),
    DaySummary(of=(Process.GIVE_WAY,), lines=_broken),
    DaySummary(of=(Process.CASUALTY,), lines=_of_records(_losses)),
    DaySummary(of=(Process.SORTIE,), lines=_of_records(_strikes)),
    DaySummary(of=(Process.DAY,), lines=_returned),
    DaySummary(
        of=(
            Process.CASUALTY,
            Process.SORTIE,
            Process.FLEE,
            Process.RETURN_HOME,
        ),
        lines=_of_records(_people),
    ),
    DaySummary(of=(Process.REPORT,), lines=_of_records(_claims)),
)
"""The sentences that only add up a day, in their order."""


def _of(events: Iterable[Event], process: Process) -> list[Event]:
    return [e for e in events if e.process == process]


def _by_actor(events: Sequence[Event], process: Process) -> Iterator[tuple[int, list[Event]]]:
    rows = sorted(_of(events, process), key=lambda e: int(e.actor))
    return ((actor, list(group)) for actor, group in groupby(rows, key=lambda e: int(e.actor)))


def _sum(rows: Iterable[Event], field: str) -> int:
    return int(sum(getattr(row, field) for row in rows))
