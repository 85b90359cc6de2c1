"""The lines of a record compared with the histories: what each of the two says, and whether they go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulation.outcomes.participants import with_blocs
from simulation.record.histories import Histories, unit_of
from simulation.record.measure import Amount, Event
from simulation.record.reader import Record, record_of, starts_with
from simulation.record.record_file import Group, Line, RecordFile
from simulation.record.verdict import LEVEL, Compared, Found, Verdict, on_record, verdict_of
from simulation.results.folder import Results
from simulation.statistics import weighted
from simulation.statistics.intervals import Share, share_of, spread
from simulation.wording.plain import plain
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A run compared with a record; `never` are the places of a side that no history took, of `places` such places."""

    file: RecordFile
    groups: tuple[tuple[Group, tuple[Compared, ...]], ...]
    histories: int
    never: tuple[str, ...] = ()
    places: int = 0

    @cached_property
    def lines(self) -> tuple[Compared, ...]:
        """All lines in their order."""
        return tuple(each for _, lines in self.groups for each in lines)

    def of(self, verdict: Verdict) -> tuple[Compared, ...]:
        """Return the lines with a verdict."""
        return tuple(each for each in self.lines if each.verdict is verdict)

    def document(self) -> dict[str, Any]:
        """Return the comparison as plain data for JSON."""
        return {
            "title": self.file.title,
            "histories": self.histories,
            "level": LEVEL,
            "lines": [
                _document(each) | {"group": group.title} for group, lines in self.groups for each in lines
            ],
            "failed": [each.line.id for each in self.of(Verdict.FAILED)],
            "places_never_taken": list(self.never),
            "places_that_could_be": self.places,
        }


def compare_with(record: Record, results: Results) -> Comparison:
    """Return the lines of a record compared with the histories of a run of the same scenario."""
    histories = Histories(record=record, results=results)
    groups = tuple(
        (group, tuple(_compared(line, histories) for line in group.lines)) for group in record.file.groups
    )
    never, places = _never_taken(record, results)
    return Comparison(file=record.file, groups=groups, histories=histories.number, never=never, places=places)


def comparison_of(world: World, results: Results) -> Comparison | None:
    """Return a run compared with the record of its seeds; None where there is none, or for days from another date."""
    record = record_of(world)
    if record is None or not starts_with(record):
        return None
    of, found = results.once(comparison_of, lambda: (world, compare_with(record, results)))
    return found if of is world else compare_with(record, results)


def _compared(line: Line, histories: Histories) -> Compared:
    low, high = on_record(line)
    record = histories.record
    unit = "" if line.amount is None else unit_of(record.file.amounts[line.amount], record)
    reason = why_not(line, record)
    if reason:
        return Compared(line=line, unit=unit, low=low, high=high, verdict=Verdict.NOT_MEASURED, reason=reason)
    found = _found(line, histories, low, high)
    return Compared(
        line=line, unit=unit, low=low, high=high, verdict=verdict_of(line, found, low, high), found=found
    )


def _found(line: Line, histories: Histories, low: float, high: float) -> Found:
    kept = np.ones(histories.number, bool) if line.given is None else histories.events[line.given] == 1
    measured = histories.amounts[line.amount or ""] if line.event is None else histories.events[line.event]
    kept &= ~np.isnan(measured)
    if histories.weights is not None:
        kept &= histories.weights > 0
    values, weights = measured[kept], None if histories.weights is None else histories.weights[kept]
    if not len(values):
        return Found(of=0)
    worth = len(values) if weights is None else round(weighted.effective_size(weights))
    if line.event is not None:
        return Found(of=worth, chance=share_of(values == 1, weights))
    return Found(
        of=worth,
        marks=tuple(float(mark) for mark in spread(values, weights).marks),
        above=share_of(values >= low, weights),
        below=share_of(values <= high, weights),
    )


def why_not(line: Line, record: Record) -> str:
    """Return why a run of this length cannot be compared with a line, "" where it can."""
    days = record.world.scenario.days
    needed, lengths = list[float](), set[float]()
    for amount, event in _behind(line, record):
        needed.append(float((amount.by_day if amount else event and event.by_day) or 0))
        if event is not None and event.at_day is not None:
            lengths.add(event.at_day)
    if max(needed) > days:
        return f"needs a run of {max(needed):g} days"
    return f"speaks of a run of {min(lengths - {days}):g} days" if lengths - {days} else ""


def _behind(line: Line, record: Record) -> Iterator[tuple[Amount | None, Event | None]]:
    """Yield every amount and event that a line rests on, itself or through others."""
    amounts = [name for name in (line.amount,) if name]
    events = [name for name in (line.event, line.given) if name]
    while events:
        event = record.file.events[events.pop()]
        yield None, event
        events += [*(event.all or ()), *(event.any or ()), *(event.none or ())]
        amounts += [event.amount] if event.amount else []
    while amounts:
        amount = record.file.amounts[amounts.pop()]
        yield amount, None
        amounts += amount.ratio or ()


def _never_taken(record: Record, results: Results) -> tuple[tuple[str, ...], int]:
    """Return the places of a side that no history took, heaviest first, and how many places the side held."""
    if record.file.never_taken is None:
        return (), 0
    world = record.world
    side = with_blocs(world, [record.file.never_taken])
    held = {place: holder for place, holder in results.manifest.places.items() if holder in side}
    taken = {str(place) for _, changes in results.changes() for place in changes["place"].unique()}
    weights = dict(zip(world.places, world.template.places.weight.tolist(), strict=True))
    never = [place for place in held if place not in taken]
    return tuple(sorted(never, key=lambda place: (-weights[place], place))), len(held)


def _document(each: Compared) -> dict[str, Any]:
    line, found = each.line, each.found
    shares: Sequence[tuple[str, Share | None]] = () if found is None else (
        ("at_least_as_much", found.above), ("at_most_as_much", found.below), ("share", found.chance),
    )  # fmt: skip
    return {
        "id": line.id, "what": line.what, "kind": line.kind, "unit": each.unit, "source": line.source,
        "confidence": line.confidence, "on_record": {"low": plain(each.low), "high": plain(each.high)},
        "verdict": each.verdict.value, "narrowly": each.narrow, "reason": each.reason,
        "histories": None if found is None else found.of,
        "marks": [] if found is None else [plain(mark) for mark in found.marks],
        **{name: None if share is None else {"count": share.count, "total": share.total, "share": share.share,
            "low": share.low, "high": share.high} for name, share in shares},
    }  # fmt: skip
