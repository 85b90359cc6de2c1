"""What is in force when: of the measures whose periods hold a moment, the later in the file counts for each number.

The measures of a scenario become dated changes here: one wherever what is in force changes, and none where it stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from simulation.model.change_kind import ChangeKind as Kind
from simulation.model.state import OWN
from simulation.scenario.dated_change import DatedChange, Measure, MeasureWithEnd

LAPSE: Mapping[Kind, tuple[Kind, float]] = {
    Kind.BEGIN_TRUCE: (Kind.END_TRUCE, 0.0),
    Kind.SET_GUARANTEE: (Kind.SET_GUARANTEE, 0.0),
    Kind.SET_SORTIES: (Kind.SET_SORTIES, OWN),
    Kind.SET_AVAILABILITY: (Kind.SET_AVAILABILITY, OWN),
    Kind.SET_RESTRAINT: (Kind.SET_RESTRAINT, OWN),
    Kind.SET_FRONT: (Kind.SET_FRONT, OWN),
}
"""The changes that last, and what sets back the number of each when nothing is in force any more."""
OF_PAIRS = frozenset({Kind.BEGIN_TRUCE, Kind.END_TRUCE, Kind.SET_GUARANTEE})
"""The changes that are about two actors in either order; all others are about the first alone."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One number that changes set: of an actor, of a pair, or of all pairs between two blocs (`wide`)."""

    kind: Kind
    whose: frozenset[str]
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """A change that is in force from its day on and before the day `until` (infinite: to the end of the run).

    `at` is its place in the file; truces that claims report come before all measures.
    """

    at: int
    change: DatedChange
    until: float = math.inf

    def days(self) -> tuple[float, ...]:
        """Return the days on which it begins and, if it does, ends."""
        return (self.change.day,) if self.until == math.inf else (self.change.day, self.until)

    def holds(self, day: float) -> bool:
        """Say whether it is in force on a day."""
        return self.change.day <= day < self.until

    def sets_as(self, other: Lasting | None) -> bool:
        """Say whether it sets the same as another: of truces, that of the same two with the same compliance."""
        return other is not None and self._sets == other._sets

    @property
    def _sets(self) -> tuple[float, frozenset[str | None]]:
        made_by = {self.change.a, self.change.b} if self.change.kind is Kind.BEGIN_TRUCE else set()
        return self.change.value, frozenset(made_by)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A change with its place in the file, after which those of one day follow each other."""

    at: int
    change: DatedChange

    @property
    def order(self) -> tuple[float, int]:
        """Day, then place."""
        return self.change.day, self.at


@dataclass(frozen=True, kw_only=True)
class Blocs:
    """Who is of which bloc, and who has an army on the map: agreements of two armies bind all of their blocs."""

    bloc: Mapping[str, str]
    armies: frozenset[str]

    def subject(self, change: DatedChange) -> Subject:
        """Return which number a change sets."""
        narrow = subject_of(change)
        return self.wider(narrow) if narrow.whose <= self.armies and change.kind in OF_PAIRS else narrow

    def wider(self, subject: Subject) -> Subject:
        """Return what the blocs of a pair agree on, which binds the pair as well; a number of one actor has none."""
        if subject.wide or subject.kind not in OF_PAIRS:
            return subject
        return Subject(
            kind=subject.kind, whose=frozenset(self.bloc[each] for each in subject.whose), wide=True
        )


def subject_of(change: DatedChange) -> Subject:
    """Return which number of the actor or the pair that a change names it sets, whatever their blocs."""
    kind = Kind.BEGIN_TRUCE if change.kind is Kind.END_TRUCE else change.kind
    whose = {change.a, change.b} if change.b is not None and change.kind in OF_PAIRS else {change.a}
    return Subject(kind=kind, whose=frozenset(whose))


def lasting_of(measures: Sequence[Measure], first: int = 0) -> tuple[Lasting, ...]:
    """Return the changes of the measures that last, numbered from `first` on by their place among all measures."""
    return tuple(
        Lasting(at=at, change=change, until=measure.end)
        for at, measure in enumerate(measures, first)
        if isinstance(measure, MeasureWithEnd)
        for change in measure.changes()
    )


@dataclass(frozen=True, kw_only=True)
class Period:
    """From day `begin` to before day `end` (infinite: to the end of the run) this change counts for its subject."""

    what: Lasting
    begin: float
    end: float


def periods(lasting: Sequence[Lasting], days: float) -> tuple[Period, ...]:
    """Return which of the changes of one subject counts when, in a run of so many days.

    What goes on unchanged is one period, and an end after the run is none.
    """
    found: list[Period] = []
    turns = sorted({day for each in lasting for day in each.days() if day <= days})
    for begin, end in pairwise([*turns, math.inf]):
        now = counting(lasting, begin)
        if now is not None and found and found[-1].end == begin and now.sets_as(found[-1].what):
            found[-1] = replace(found[-1], end=end)
        elif now is not None:
            found.append(Period(what=now, begin=begin, end=end))
    return tuple(found)


def counting(lasting: Iterable[Lasting], day: float) -> Lasting | None:
    """Return which of the changes of one subject counts on a day: of those in force the last in the file."""
    return max((each for each in lasting if each.holds(day)), key=lambda each: each.at, default=None)


def dated_changes(
    truces: Sequence[DatedChange], measures: Sequence[Measure], blocs: Blocs
) -> list[DatedChange]:
    """Return all changes of a scenario by day, those of one day in the order of the file.

    `truces` are those that claims report: they last, and stand before the measures.
    """
    lasting = [Lasting(at=at, change=change) for at, change in enumerate(truces)]
    lasting += lasting_of(measures, len(truces))
    at_once = [
        Placed(at=at, change=change)
        for at, measure in enumerate(measures, len(truces))
        if not isinstance(measure, MeasureWithEnd)
        for change in measure.changes()
    ]
    found = [*at_once, *_wherever_it_changes(lasting, at_once, blocs)]
    found.sort(key=lambda placed: placed.order)
    return [placed.change for placed in found]


def _wherever_it_changes(
    lasting: Iterable[Lasting], at_once: Iterable[Placed], blocs: Blocs
) -> Iterator[Placed]:
    """Yield a change wherever what is in force changes, subject by subject; blocs come before their pairs."""
    groups: dict[Subject, dict[Subject, list[Lasting]]] = {}
    for each in lasting:
        subject = blocs.subject(each.change)
        root = blocs.wider(subject)
        groups.setdefault(root, {root: []}).setdefault(subject, []).append(each)
    breaches = [placed for placed in at_once if placed.change.kind is Kind.END_TRUCE]
    for root, parts in groups.items():
        numbers = [
            InForce(
                own=own,
                inherited=() if subject == root else parts[root],
                breaches=[each for each in breaches if blocs.subject(each.change) in (root, subject)],
            )
            for subject, own in parts.items()
        ]
        for day in sorted({day for own in parts.values() for each in own for day in each.days()}):
            by_blocs = list(numbers[0].changes(day))
            yield from by_blocs
            for narrow in numbers[1:]:
                yield from narrow.changes(day, by_blocs)


class InForce:
    """What is in force for one subject, asked day after day.

    `own` are its own measures; `inherited` those of the blocs, which set its number too and have told so;
    `breaches` end a truce whatever is in force.
    """

    def __init__(
        self, own: Sequence[Lasting], inherited: Sequence[Lasting] = (), breaches: Sequence[Placed] = ()
    ) -> None:
        """Begin before the first day, with nothing in force."""
        self._lasting = (*own, *inherited)
        self._own = frozenset(each.at for each in own)
        self._breaches = breaches
        self._now: Lasting | None = None
        self._made = (-math.inf, -1)

    def changes(self, day: float, by_blocs: Sequence[Placed] = ()) -> Iterator[Placed]:
        """Yield what a day changes; `by_blocs` is what the blocs have changed on it, for this subject as well."""
        was, self._now = self._now, counting(self._lasting, day)
        if self._now is None:
            if was is not None and was.at in self._own:
                yield Placed(at=was.at, change=_lapse(was.change, day))
        elif self._now.at in self._own:
            yield from self._own_again(day, was, self._now, by_blocs)
        elif was is not None and was.at in self._own and not by_blocs and not self._now.sets_as(was):
            if self._now.change.kind is Kind.BEGIN_TRUCE:
                yield Placed(at=was.at, change=_lapse(was.change, day))
            yield Placed(at=was.at, change=_return(self._now.change, day))

    def _own_again(
        self, day: float, was: Lasting | None, now: Lasting, by_blocs: Sequence[Placed]
    ) -> Iterator[Placed]:
        """Yield the beginning of what counts now, or the return to it, where that changes anything."""
        begins = now.change.day == day
        if by_blocs or (begins and (not now.sets_as(was) or self._breached(now))):
            self._made = (day, now.at)
            yield Placed(
                at=max([now.at, *(placed.at for placed in by_blocs)]), change=replace(now.change, day=day)
            )
        elif not begins and was is not None and not now.sets_as(was):
            yield Placed(at=was.at, change=_return(now.change, day))

    def _breached(self, now: Lasting) -> bool:
        """Say whether a breach has ended the truce since one was last begun."""
        return any(self._made < each.order < (now.change.day, now.at) for each in self._breaches)


def _lapse(change: DatedChange, day: float) -> DatedChange:
    kind, value = LAPSE[change.kind]
    return replace(change, day=day, kind=kind, value=value)


def _return(change: DatedChange, day: float) -> DatedChange:
    """Return the change back to what was in force all the while: a truce that was broken meanwhile stays broken."""
    kind = Kind.SET_COMPLIANCE if change.kind is Kind.BEGIN_TRUCE else change.kind
    return replace(change, day=day, kind=kind)
