"""A parameter study in sentences: where each outcome is least and most, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.parameter_study.finding import Finding
from simulation.parameter_study.study import ParameterStudy, is_share
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.intervals import Share
from simulation.wording.phrases import amount, counted, of_hundred, sentence

FEWEST = 100
"""An effective sample size below which a reader is warned."""


def answer(study: ParameterStudy) -> str:
    """Return the most important in two sentences: the share that changes most, and the first other outcome."""
    pairs = list(zip(study.outcomes, study.findings, strict=True))
    clear = [(each, found) for each, found in pairs if found.clear]
    if not clear:
        return (
            f"At {counted(study.replicates, 'history')} a point, nothing that was asked about can be told from what "
            f"it is at the first point ({study.words_of(1)})."
        )
    shares = [pair for pair in clear if is_share(pair[0])]
    others = [pair for pair in clear if not is_share(pair[0])]
    chosen = [*sorted(shares, key=lambda pair: -pair[1].width)[:1], *others[:1]]
    return " ".join(f"{sentence(each.label)}: {_told(study, each, found)}." for each, found in chosen)


def sentences(study: ParameterStudy) -> Iterator[str]:
    """Yield one sentence for each outcome, which begins with its label."""
    for each, found in zip(study.outcomes, study.findings, strict=True):
        yield f"{sentence(each.label)}: {_told(study, each, found)}."


def basis(study: ParameterStudy) -> str:
    """Return how many points and histories there are, in words."""
    played = f" ({study.reused} of them played before)" if study.reused else ""
    points = counted(len(study.design.points), "point")
    return (
        f"{points}{played} with {counted(study.replicates, 'history')} of {counted(study.days, 'day')} each, with "
        f"the same cases and the same luck at every point{_updated(study)}"
    )


def _updated(study: ParameterStudy) -> str:
    """Return what is said of histories that have weights; nothing where no point was updated."""
    if not study.reports:
        return ""
    told = f"; each point is updated on {counted(study.reports, 'report')} by itself"
    if not study.effective:
        return f"{told}, which say the same of all histories"
    least, most = (f"{size:,.0f}" for size in (min(study.effective), max(study.effective)))
    few = f", and fewer than {FEWEST} are too few to rely on" if min(study.effective) < FEWEST else ""
    worth = least if least == most else f"{least} to {most}"
    return f"{told}: its histories are worth {worth} (effective sample size){few}"


def value_words(outcome: StudiedOutcome, value: float) -> str:
    """Return a value as it stands in a table: a share as so many of 100, a mean with three figures."""
    return f"{100 * value:.3g}" if is_share(outcome) else amount(value, outcome.unit)


def _told(study: ParameterStudy, each: StudiedOutcome, found: Finding) -> str:
    if not found.known:
        return "no history has it"
    if found.identical == found.others:
        return f"the same in every history at every point, {_value(study, each, found.least)}"
    sure = (
        f"clearly other than at the first point at {found.clear} of {counted(found.others, 'other point')}"
        if found.clear
        else "no point can be told from the first"
    )
    ends = ((found.least, found.least_point), (found.most, found.most_point))
    least, most = (f"{_value(study, each, value)} ({study.words_of(point)})" for value, point in ends)
    return f"from {least} to {most}; {sure}"


def _value(study: ParameterStudy, each: StudiedOutcome, value: float) -> str:
    """Return a value in words, a share as so many of so many histories."""
    if not is_share(each):
        return f"{value_words(each, value)} {each.unit}"
    total = study.replicates
    return of_hundred(Share(count=round(value * total), total=total, low=math.nan, high=math.nan))
