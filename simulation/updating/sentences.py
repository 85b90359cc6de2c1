"""What reports changed, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from simulation.outcomes.labels import spell
from simulation.results.manifest import ReportRecord
from simulation.statistics.intervals import Share
from simulation.updating.evidence import FEWEST, Evidence, Pull
from simulation.wording.phrases import NOTHING, counted, listed, number, of_hundred

CLASHING = 3
"""Reports that are named where too few histories agree with all of them."""
SMALL_CLASH = math.log(3)
"""Others that make a report less than three times as unlikely do not clash with it."""
NOT_BELIEVED = 0.5
"""The part of the histories below which a report is not believed."""
YES = "yes or no"


def effective_words(evidence: Evidence) -> str:
    """Return on how many reports the run was updated, and how many histories the result is worth."""
    reports = counted(len(evidence.pulls), "report")
    if not evidence.effective:
        return (
            f"Updated on {reports}: no history of {evidence.histories:,} agrees with all of them, so that nothing "
            "could be updated and every history counts once."
        )
    if evidence.before is not None:
        record, plain = evidence.before.record, len(evidence.before.outcomes)
        why = (
            "as was asked"
            if evidence.before.asked
            else f"for too few of {plain:,} plain histories agree with them"
        )
        return (
            f"Updated on {reports}, sequentially, {why}: "
            f"{evidence.histories:,} histories drawn given the reports are worth {evidence.effective:,.0f} (effective "
            f"sample size), for they descend from {counted(record.origins, 'first draw')} and are related. "
            f"{record.played:,} were begun."
        )
    return (
        f"Updated on {reports}: {evidence.histories:,} histories are worth {evidence.effective:,.0f} after them "
        "(effective sample size)."
    )


def trouble_words(evidence: Evidence) -> str:
    """Return what is wrong where too few histories agree with the reports, "" where enough do."""
    if evidence.enough:
        return ""
    said = f"Fewer than {FEWEST} are too few to rely on: prior and reports disagree, or more histories are needed."
    clashing = [pull for pull in ranked(evidence.pulls) if pull.clash > SMALL_CLASH][:CLASHING]
    if clashing:
        named = listed([f"{pull.report.id} ({clash_words(pull)})" for pull in clashing])
        said += f" What clashes most with all others: {named}."
    freed = max(evidence.pulls, key=lambda pull: pull.effective_without, default=None)
    if freed is not None and freed.effective_without > evidence.effective:
        said += f" Without {freed.report.id} they are worth {freed.effective_without:,.0f}."
    return said


def disbelieved_words(evidence: Evidence) -> str:
    """Return which reports of a yes or no hold in fewer than half of the histories even so; "" for none."""
    against = [pull for pull in evidence.pulls if pull.holds is not None and pull.holds < NOT_BELIEVED]
    if not against or not evidence.effective:
        return ""
    named = listed(
        [f"{pull.report.id} ({100 * (pull.holds or 0.0):.0f} of 100 histories)" for pull in against]
    )
    return (
        f"Not believed even so: {named}. What was said is so far from what the model thinks possible that these "
        "histories rather take it for an error. Doubt the model as well as the report."
    )


def ranked(pulls: Sequence[Pull]) -> list[Pull]:
    """Return the reports, those that clash most with all others first."""
    return sorted(pulls, key=lambda pull: -pull.clash)


def clash_words(pull: Pull) -> str:
    """Return how much less likely the others make a report."""
    if pull.clash == math.inf:
        return "impossible after them"
    return f"{times(math.exp(pull.clash))} times less likely after them"


def most_words(evidence: Evidence, labels: dict[str, str]) -> str:
    """Return which report moved the endings most, and which way; "" where none moved any."""
    told = [each for each in evidence.pulls if each.told or evidence.before is None]
    pull = max(told, key=lambda each: each.moved, default=None)
    if pull is None or not round(100 * pull.moved):
        return "No single report moves how histories end by one in 100."
    way = "more" if pull.by > 0 else "less"
    label = labels.get(pull.most, spell(pull.most))
    said = f"{pull.report.id}, “{pull.report.text.rstrip('.')}” ({pull.report.speaker})"
    which = "The report that matters most"
    if len(told) < len(evidence.pulls):
        which = f"Of the {len(told)} reports of which this can be told, that which matters most"
    return (
        f"{which} is {said}: because of it {100 * pull.moved:.0f} of 100 histories "
        f"end otherwise, and {label} is {way} likely by "
        f"{100 * abs(pull.by):.0f} in 100."
    )


def moved_report(evidence: Evidence) -> str:
    """Return the report that moves the endings most, and of how many histories; a dash where none moves any."""
    pull = max(evidence.pulls, key=lambda each: each.moved, default=None)
    if pull is None or not round(100 * pull.moved):
        return NOTHING
    return f"{pull.report.id}: {pull.report.text} ({100 * pull.moved:.0f} of 100 histories end otherwise)"


def moved_words(before: Share, after: Share) -> str:
    """Return "29 of 100 histories, before 12 of 100"."""
    return f"{of_hundred(after)}, before {of_hundred(before)}"


def said_words(report: ReportRecord) -> str:
    """Return what was said as a number: "61", "over 14,000", "12 to 20", or "yes"."""
    low, high = report.low, report.high
    if low is None and high is None:
        return "yes"
    if low == high:
        return number(low or 0.0)
    if high is None:
        return f"{number(low or 0.0)} or more"
    return f"up to {number(high)}" if low is None else f"{number(low)} to {number(high)}"


def times(factor: float) -> str:
    """Return a factor to two figures, or that it is over a million."""
    return number(factor) if factor < 1e6 else "over a million"


def log_words(evidence: float) -> str:
    """Return a log evidence with two decimals, or "none" for minus infinity."""
    return f"{evidence:.2f}" if math.isfinite(evidence) else "none"


def known_words(report: ReportRecord) -> str:
    """Return when a report became known."""
    return report.known or "added by hand"


def lines(evidence: Evidence, labels: dict[str, str]) -> Iterator[str]:
    """Yield the sentences that stand above all tables."""
    yield effective_words(evidence)
    if trouble := trouble_words(evidence):
        yield trouble
    if against := disbelieved_words(evidence):
        yield against
    if evidence.effective:
        yield most_words(evidence, labels)
