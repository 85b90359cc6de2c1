"""Claims as reports: which of them speak of the course of the war, and what of a history they are compared with."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from simulation.documents import Claim, Predicate, Speaker
from simulation.documents.claim import Amount
from simulation.documents.moment import beginning, end
from simulation.documents.reports import ReportedClaims
from simulation.model.daily_series import DailySeries
from simulation.observation.likelihood import CountError, Statement
from simulation.observation.observables import Count, Holding
from simulation.observation.report import Report
from simulation.outcomes.participants import with_blocs
from simulation.world.world import World

CIVILIANS = "civilians"
"""What a claim that people were killed is about."""
_ONE_DAY = timedelta(days=1)
_DATE = len("2024-11-28")
_GAINED = {
    (Predicate.TOOK, "villages"): DailySeries.VILLAGES_TAKEN,
    (Predicate.TOOK, "bases"): DailySeries.BASES_TAKEN,
    (Predicate.TOOK, "km²"): DailySeries.AREA_KM2,
}
"""What the subject's bloc has won, by predicate and unit."""


def reports_of(world: World, claims: ReportedClaims) -> tuple[Report, ...]:
    """Return the reports among some claims, by the moment that they speak of.

    Of one speaker's counts of one thing at several moments each but the first stands for what came after the one
    before, for their errors are not independent. A number that is open at one end is no count: it speaks of all so far.
    """
    found = [_Counted.of(world, claim, claims.known(name)) for name, claim in claims.claims.items()]
    counted = sorted(filter(None, found), key=lambda each: each.report.day)
    return tuple(_increments(counted))


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """A report with who says it, and its count (both ends) if it has one that others can be measured from."""

    report: Report
    speaker: str
    count: Amount | None = None

    @classmethod
    def of(cls, world: World, claim: Claim, known: date) -> _Counted | None:
        """Return the report that a claim makes; None where it makes none."""
        day = moment_of(claim, world)
        if day is None or not 0 < day <= world.scenario.days:
            return None
        amount = claim.quantity
        observable = _counted(world, claim, day) if amount is not None else _held(world, claim, day)
        if observable is None:
            return None
        if isinstance(observable, Holding):
            error: Statement | CountError = Statement(sign="=", value=1, trust=trusted(claim))
            ends: tuple[float, float] | None = None
        else:
            assert amount is not None
            ends = _ends(amount)
            error = count_error(claim.speaker, *ends)
        report = Report(
            id=claim.id, text=claim.text, speaker=claim.speaker.words, day=day, known=known, observable=observable,
            error=error, low=ends[0] if ends else None, high=ends[1] if ends else None,
        )  # fmt: skip
        closed = ends is not None and ends[0] > 0 and math.isfinite(ends[1])
        return cls(report=report, speaker=claim.said_by, count=amount if closed else None)


def trusted(claim: Claim) -> float:
    """Return the chance that a claim is so, at least one half: what nobody trusts says nothing, not the opposite."""
    return max(0.5, claim.trust)


def count_error(speaker: Speaker, low: float, high: float) -> CountError:
    """Return the error of a speaker's count, or of a range of them."""
    spread = speaker.spread if isinstance(speaker.spread, str) else speaker.spread.span[1]
    return CountError(low=low, high=high, spread=spread, exaggerates=speaker.exaggerates, seen=speaker.seen)


def moment_of(claim: Claim, world: World) -> float | None:
    """Return the moment that a claim speaks of, days from the start: the end of its day or month; None for none."""
    start = datetime.combine(world.scenario.start, time())
    text = claim.until or claim.day
    begins = claim.since or claim.day
    if text is None or begins is None:
        return None
    if begins[:_DATE] < world.scenario.start.isoformat()[: len(begins[:_DATE])]:
        return None
    # A month or a year may reach from before the start to after it: then nobody knows on which side of it this was.
    if len(text) < _DATE and beginning(begins) < start:
        return None
    return (end(text) - start) / _ONE_DAY


def _held(world: World, claim: Claim, day: float) -> Holding | None:
    if claim.place is None or claim.predicate not in (Predicate.TOOK, Predicate.CONTROLS):
        return None
    return Holding(place=world.places.index(claim.place), actors=_side(world, [claim.subject]), day=day)


def _counted(world: World, claim: Claim, day: float) -> Count | None:
    """Return what a claim with an amount counts; None where the model does not count it."""
    assert claim.quantity is not None
    what, unit = claim.predicate, claim.quantity.unit
    everybody = (len(world.actors),)
    if (series := _GAINED.get((what, unit))) is not None:
        since = 0.0 if series is DailySeries.AREA_KM2 else None
        return Count(series=series, columns=_side(world, [claim.subject]), day=day, since=since)
    if what is Predicate.CAPTURED and unit in ("fighters", "soldiers"):
        rivals = [name for name in world.actors if world.seeds.at_war(claim.subject, name)]
        return Count(series=DailySeries.CAPTURED, columns=_side(world, rivals), day=day) if rivals else None
    if what is Predicate.SURRENDERED_TO and unit in ("fighters", "soldiers"):
        return Count(series=DailySeries.CAPTURED, columns=_side(world, [claim.subject]), day=day)
    if what is Predicate.KILLED and claim.objects and unit == "fighters":
        return Count(series=DailySeries.KILLED, columns=_side(world, claim.objects), day=day)
    if what is Predicate.KILLED and claim.about == CIVILIANS:
        return Count(series=DailySeries.CIVILIANS_KILLED, columns=everybody, day=day)
    if what is Predicate.DISPLACED and unit == "people":
        return Count(series=DailySeries.DISPLACED, columns=everybody, day=day)
    return None


def _side(world: World, actors: Iterable[str]) -> tuple[int, ...]:
    """Return the actors and all of their blocs, by index."""
    return tuple(world.actors.index(name) for name in with_blocs(world, actors))


def _ends(amount: Amount) -> tuple[float, float]:
    if amount.value is not None:
        return amount.value, amount.value
    return (0.0 if amount.low is None else amount.low), (math.inf if amount.high is None else amount.high)


def _increments(counted: Iterable[_Counted]) -> Iterator[Report]:
    """Yield the reports, counts of one speaker on one thing as what came after the one before."""
    before: dict[tuple[object, ...], Report] = {}
    for each in counted:
        report, observable = each.report, each.report.observable
        if each.count is None or not isinstance(observable, Count):
            yield report
            continue
        thing = each.speaker, observable.series, observable.columns
        earlier = before.get(thing)
        before[thing] = report
        yield report if earlier is None or earlier.day == report.day else _since(report, observable, earlier)


def _since(report: Report, observable: Count, earlier: Report) -> Report:
    """Return a report of what came after an earlier count; of a range its geometric middle is taken off."""
    assert isinstance(report.error, CountError) and earlier.low and earlier.high
    assert report.low is not None and report.high is not None
    counted = math.sqrt(earlier.low * earlier.high)
    low, high = (max(0.0, end - counted) for end in (report.low, report.high))
    return replace(
        report,
        observable=replace(observable, since=earlier.day),
        error=replace(report.error, low=low, high=high),
        low=low,
        high=high,
    )
