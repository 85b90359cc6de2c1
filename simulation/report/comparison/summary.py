"""Which circumstance mattered most: every scenario's differences in endings and in key outcomes, at one glance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from simulation.comparison import quantities
from simulation.comparison.civilians import ranked_by_ratio
from simulation.outcomes.labels import describe, outcome_name, spell
from simulation.report.comparison.key_outcomes import key_outcomes
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.forest import ForestGroup, ForestRow, forest
from simulation.report.markup import figure
from simulation.report.style import axis
from simulation.statistics.evidence import CLEAR, IDENTICAL
from simulation.wording.phrases import counted, number, sentence
from simulation.wording.plain import Row as Difference
from simulation.wording.plain import rows_of

TICKS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64)
SHORT, LAND = {"displaced_peak": "people displaced, peak"}, "area_km2_"
TIMES = {1 / 4: "a quarter", 1 / 2: "half", 1: "the same", 2: "double"}
STEPS, MOST_TICKS = (0.5, 1, 2, 5, 10, 20, 50), 5
LEAST, MOST = TICKS[0], TICKS[-1]
EDGE = 0.07
"""The part of an axis at either end in which the word of a tick would run over the edge of a narrow screen."""


LINES = (
    "The line is the 95 % interval: where more histories could still move this dot, looked at alone. So many "
    "differences are looked at here that one in twenty such lines would miss none by luck alone. A difference is "
    "called clear, and its dot is full, only where the evidence is strong enough for all of them; else it is called "
    "not distinguishable, though its line may miss none. “Identical”, without a line, means that not one history "
    "differs."
)
ONE_ENDING = (
    "Every history counts under one ending only, the first that holds in the order shown, so that a place can fall "
    "in more histories than an ending named after it: where a truce is an ending, a history with a truce counts "
    "there, whoever holds the place."
)


def most_section(subject: ComparisonSubject) -> str:
    """Return the differences in endings, in histories of 100, and in key outcomes, as multiples."""
    if subject.nothing_differs:
        return "<p>None: every history is the same in all scenarios, so there is nothing to rank.</p>"
    return _endings(subject) + _outcomes(subject)


def _endings(subject: ComparisonSubject) -> str:
    groups = [
        ForestGroup(label=subject.labels[name], rows=tuple(_ending_rows(subject, name)))
        for name in subject.others
    ]
    reading = (
        "How to read it: the line at “none” is the reference. A full "
        "dot to its right means that more histories end this way than there, to its left fewer. "
        f"{LINES} The scenario that differs most stands on top. {ONE_ENDING}"
    )
    plot = forest(
        "plot-most-endings",
        groups,
        axis=_histories(row for group in groups for row in group.rows),
        zero=0,
        told="Differences in how histories end, out of 100",
    )
    return figure(plot.html(), title="How the endings differ from the reference", reading=reading)


def _ending_rows(subject: ComparisonSubject, name: str) -> Iterable[ForestRow]:
    table = subject.comparison.endings
    rows = table[(table["scenario"] == name) & ((table["share"] > 0) | (table["share_reference"] > 0))]
    for row in rows_of(rows):
        value, low, high = (100 * end for end in ends(row))
        label = subject.ending_labels.get(str(row["ending"]), str(row["ending"]))
        words = (
            f"{histories(value)} ({histories_interval(low, high)})"
            if row["verdict"] in CLEAR
            else row["verdict"]
        )
        yield ForestRow(
            label=label,
            value=value,
            low=low,
            high=high,
            verdict=row["verdict"],
            words=words,
            note=subject.comparison.meanings.get(row["ending"], ""),
        )


def _histories(rows: Iterable[ForestRow]) -> dict[str, Any]:
    """Return an axis of differences in histories of 100, its ticks in words."""
    reach = [0.0, *(end for row in rows for end in (row.low, row.high))]
    low, high = min(-1.0, *reach), max(1.0, *reach)
    step = next(step for step in STEPS if (high - low) / step <= MOST_TICKS)
    ticks = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    words = ["none" if tick == 0 else f"{abs(tick):g} {_way(tick)}" for tick in ticks]
    room = EDGE * (high - low)
    limits = [low - room, high + room]
    return axis("of 100 histories", range=limits, tickvals=ticks.tolist(), ticktext=words)


def ends(row: Difference) -> tuple[float, float, float]:
    """Return a difference and the ends of its interval, which is a point where no history differs."""
    value = float(row["difference"])
    return (
        (value, value, value)
        if row["verdict"] == IDENTICAL
        else (value, float(row["low"]), float(row["high"]))
    )


def histories(difference: float) -> str:
    """Return "16 fewer" or "0.7 more" for a difference in histories out of 100."""
    size = abs(difference)
    return f"{size:.0f} {_way(difference)}" if size >= 1 else f"{size:.1f} {_way(difference)}"


def histories_interval(low: float, high: float) -> str:
    """Return the interval of a difference that is not none, the smaller size first."""
    near, far = sorted((abs(low), abs(high)))
    if low * high < 0:
        return f"{counted(low, 'history')} to {counted(high, 'history')}"
    return f"{near:.0f} to {far:.0f}" if near >= 1 else f"{near:.1f} to {far:.1f}"


def _way(difference: float) -> str:
    return "more" if difference > 0 else "fewer"


def _outcomes(subject: ComparisonSubject) -> str:
    names = _drawn(subject)
    if not names:
        return ""
    groups = [
        ForestGroup(label=subject.labels[name], rows=tuple(_outcome_rows(subject, name, names)))
        for name in _by_ratio(subject, names[0])
    ]
    reading = (
        "How to read it: the line in the middle is the mean over all histories of the reference. Each "
        "step along the axis doubles or halves it. The means stand right of the dots (on a narrow "
        "screen above them): the reference's, then the scenario's. Dots and lines are as in the figure above. The "
        "scenario in which the first outcome changes most, as a multiple, stands on top."
    )
    plot = forest(
        "plot-most-outcomes",
        groups,
        axis=_multiples(row for group in groups for row in group.rows),
        zero=0,
        told="Differences in key outcomes, as multiples of the reference's mean",
    )
    title = largest(subject) or "How key outcomes differ from the reference"
    return figure(plot.html(), title=title, reading=reading)


def largest(subject: ComparisonSubject) -> str:
    """Return the largest clear change, as a ratio, of the first outcome drawn; nothing without one."""
    names = _drawn(subject)
    rows = ranked_by_ratio(_rows_on(subject, names[0])) if names else []
    if not rows:
        return ""
    best = rows[0]
    means = quantities.means(best, describe(names[0]).unit)
    what, where = sentence(_short(subject, names[0])), subject.labels[str(best["scenario"])]
    return f"{what}: most different under “{where}”, {means} on average"


def _by_ratio(subject: ComparisonSubject, outcome: str) -> list[str]:
    """Return the scenarios, the one in which an outcome changes most as a ratio first, as it is drawn."""
    found = [str(row["scenario"]) for row in ranked_by_ratio(_rows_on(subject, outcome))]
    return [*found, *(name for name in subject.others if name not in found)]


def _rows_on(subject: ComparisonSubject, outcome: str) -> list[Mapping[str, Any]]:
    table = subject.comparison.outcomes
    return rows_of(table[table["outcome"] == outcome])


def _drawn(subject: ComparisonSubject) -> list[str]:
    """Return the key outcomes that can be drawn as multiples of the reference's mean."""
    return [name for name in key_outcomes(subject) if _reference_mean(subject, name) > 0]


def _outcome_rows(subject: ComparisonSubject, scenario: str, names: list[str]) -> Iterable[ForestRow]:
    table = subject.comparison.outcomes
    found = {row["outcome"]: row for row in rows_of(table[table["scenario"] == scenario])}
    for name in names:
        row = found[name]
        before = float(row["mean_reference"])
        value, low, high = (_doublings((before + end) / before) for end in ends(row))
        label = sentence(_short(subject, name))
        told = f"{number(before)} → {number(float(row['mean']))}"
        words = told if row["verdict"] in CLEAR else str(row["verdict"])
        yield ForestRow(
            label=label, value=value, low=low, high=high, verdict=str(row["verdict"]), words=words
        )


def _short(subject: ComparisonSubject, outcome: str) -> str:
    """Return an outcome's name in a few words, as there is little room beside a dot."""
    names = {actor.id: actor.short for actor in subject.actors}
    meaning = describe(outcome, names)
    if outcome_name(outcome) == LAND:
        return f"land, {names.get(meaning.actor, spell(meaning.actor))}"
    return SHORT.get(outcome, meaning.label)


def _reference_mean(subject: ComparisonSubject, outcome: str) -> float:
    table = subject.comparison.outcomes
    rows = table.loc[table["outcome"] == outcome, "mean_reference"]
    return float(rows.iloc[0]) if len(rows) else math.nan


def _doublings(ratio: float) -> float:
    """Return how often the reference's mean is doubled; nothing at all is drawn at the edge of the axis."""
    return math.log2(min(max(ratio, LEAST), MOST))


def _multiples(rows: Iterable[ForestRow]) -> dict[str, Any]:
    drawn = [end for row in rows for end in (row.low, row.high)]
    low, high = min(-1.0, *drawn) - 0.3, max(1.0, *drawn) + 0.3
    room = EDGE * (high - low)
    shown = [tick for tick in TICKS if low + room <= math.log2(tick) <= high - room]
    words = [TIMES.get(tick, f"{tick:g} times" if tick > 1 else f"1/{1 / tick:g}") for tick in shown]
    return axis(
        "mean, compared with the reference",
        range=[low, high],
        tickvals=[math.log2(tick) for tick in shown],
        ticktext=words,
    )
