"""Each outcome's inputs as dots with intervals: alone, in all, and what only deals the luck again."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import pandas as pd

from simulation.report.forest import ForestGroup, ForestRow, forest
from simulation.report.markup import Table, figure
from simulation.report.style import axis
from simulation.sensitivity_analysis.sentences import PARTS_OF_VARIANCE, THROW
from simulation.sensitivity_analysis.shares import share_words
from simulation.sensitivity_analysis.study import CHANCE, GIVEN, OTHERS, StudiedOutcome, Study
from simulation.sensitivity_analysis.terminal import effect_words, entry_name, rank
from simulation.statistics.evidence import HIGHER, UNCLEAR
from simulation.wording.phrases import NOTHING, sentence
from simulation.wording.plain import Row, rows_of

ALONE, IN_ALL = "Alone", "In all, with other inputs"
MOST, NEXT = 8, 2
READING = (
    "How to read it: a dot is how many of 100 parts of the variance would go, on average, if this one number "
    "were known (alone), or how many it has a hand in together with the other inputs (in all); the line is "
    "the 95 % interval. Where two lines overlap, the order of the two says nothing. A hollow dot cannot be "
    "told from nothing. The totals rest on fewer draws, so their lines are longer."
)
HANGING = (
    "How to read it: a dot is how many of 100 parts of the variance that is left after the reports would go, on "
    "average, if this one number were known; the line is the 95 % interval by the effective sample size. After reports "
    "inputs hang together: to learn of one is to learn of others, so an input can have a share without any effect of "
    "its own, and the parts need not add up. A hollow dot cannot be told from nothing."
)
MEAN = (
    "How to read it: a dot is the mean over all outcomes of the parts of 100 that would go if this one number were "
    "known; the line is the 95 % interval. Where two lines overlap, the order of the two says nothing. An input that "
    "drives one outcome alone can stand above one that has a hand in many; the figures below tell them apart."
)
SHORT = "How to read it: as the first figure of this kind."
WALKS = (
    "How to read it: a dot is how much the outcome changes on average when the input moves up by half of its "
    "distribution, with the same luck; the line is the 95 % interval. Listed are only inputs whose mean "
    f"effect is not zero or whose effects are larger than those of {THROW}."
)


def dots_section(study: Study) -> str:
    """Return one figure for each outcome of which something is said."""
    told = [each for each in study.outcomes if each.name not in study.troubles]
    if not told:
        return "<p>Nothing can be said.</p>"
    return (_together(study) if len(told) > 1 else "") + "".join(
        _shares(study, each, at) for at, each in enumerate(told)
    )


def _together(study: Study) -> str:
    """Return the figure of all outcomes together."""
    rows = study.tables["overall"]
    shown = pd.concat([rows[rows["group"] > 0][:MOST], rows[rows["group"] == 0][:NEXT]])
    dots = tuple(_rows(study, shown))
    told = "Which inputs drive most when every outcome counts the same"
    plot = forest(
        "plot-overall",
        [ForestGroup(label=f"{ALONE}, on average", rows=dots)],
        axis=_parts(max(dot.high for dot in dots)),
        zero=0,
        told=told,
    )
    table = Table(
        headings=("input", "rank", "alone, on average"),
        rows=tuple(
            (sentence(study.called(row["input"])), _rank(row), _interval(row, "share"))
            for row in rows_of(shown)
        ),
        numbers=(1, 2),
    )
    return f"<h3>All outcomes together</h3><p>{escape(told)}.</p>" + figure(
        plot.html(), reading=MEAN, table=table
    )


def _parts(top: float) -> dict[str, Any]:
    return axis(PARTS_OF_VARIANCE, range=[-0.02 * top, 1.05 * top], nticks=6)


def _shares(study: Study, each: StudiedOutcome, at: int) -> str:
    first = study.of("first_order", each.name)
    shown = pd.concat([first[first["group"] > 0][:MOST], first[first["group"] == 0][:NEXT]])
    parts = [ForestGroup(label=ALONE, rows=tuple(_rows(study, shown)))]
    if "total" in study.tables:
        total = study.of("total", each.name).dropna(subset=["share"])
        parts += [ForestGroup(label=IN_ALL, rows=tuple(_rows(study, total)))] if len(total) else []
    plot = forest(
        f"plot-shares-{at}",
        parts,
        axis=_parts(max(row.high for group in parts for row in group.rows)),
        zero=0,
        told=f"Shares of the variance of {each.label}",
    )
    said, reading = study.outcome_texts[each.name], HANGING if study.method == GIVEN else READING
    return f"<h3>{escape(sentence(each.label))}</h3><p>{escape(sentence(said))}.</p>" + figure(
        plot.html(), reading=SHORT if at else reading, table=_table(study, each)
    )


def _rows(study: Study, table: pd.DataFrame) -> Iterator[ForestRow]:
    for row in rows_of(table):
        value, low, high = (100 * float(row[name]) for name in ("share", "low", "high"))
        clear = row["group"] > 0 or (row["input"] == OTHERS and low > 0)
        words = share_words(row["share"], row["low"], row["high"])
        yield ForestRow(
            label=sentence(study.called(row["input"])), value=value, low=low, high=high,
            verdict=HIGHER if clear else UNCLEAR, words=words, note=study.meanings.get(row["input"], ""),
        )  # fmt: skip


def _table(study: Study, each: StudiedOutcome) -> Table:
    """Return every number there is of the inputs that stand out."""
    alone, totals = study.by_input("first_order", each.name), study.by_input("total", each.name)
    names = [name for name, row in alone.items() if row["group"] > 0]
    names += [name for name in totals if name not in names]
    rows = tuple(
        (
            sentence(study.called(name)),
            _rank(alone.get(name, {})),
            _interval(alone.get(name, {}), "share"),
            _interval(alone.get(name, {}), "explainable"),
            _interval(totals.get(name, {}), "share"),
            _interval(totals.get(name, {}), "with_luck"),
        )
        for name in names
    )
    headings = ("input", "rank", "alone", "alone, of what is not chance", "in all", "in all, with luck")
    if study.method == GIVEN:
        return Table(headings=headings[:3], rows=tuple(row[:3] for row in rows), numbers=(1, 2))
    return Table(headings=headings, rows=rows, numbers=(1, 2, 3, 4, 5))


def _rank(row: Row) -> str:
    return rank(row) if row.get("group") else NOTHING


def _interval(row: Row, column: str) -> str:
    prefix = "" if column == "share" else f"{column}_"
    value, low, high = (row.get(key, math.nan) for key in (column, f"{prefix}low", f"{prefix}high"))
    return share_words(value, low, high)


def luck_section(study: Study) -> str:
    """Return what the total of each input would be with luck as one more input, against that without."""
    if "total" not in study.tables or study.tables["total"].empty:
        return (
            "<p>There were too few histories for total indices, or too few in which an outcome differs.</p>"
        )
    table = study.tables["total"]
    names = {each.name: each.label for each in study.outcomes}
    worst = table[table["input"] != OTHERS].dropna(subset=["share"])
    text = (
        "A history is a long chain of events. Change any number that touches it, and most later throws of the "
        "dice fall otherwise. A total index that counts luck as one more input therefore looks large for almost "
        "every input, whether or not it moves what can be expected. “In all” above leaves that out: each redraw "
        "is played with two lucks, and only what both agree on counts."
    )
    if worst.empty:
        return f"<p>{escape(text)}</p>"
    row = max(rows_of(worst), key=lambda row: float(row["with_luck"] - row["share"]))
    example = (
        f"The widest gap: {study.called(row['input'])} and {names[row['outcome']]}, "
        f"{100 * row['with_luck']:.0f} parts with luck, {100 * max(0, row['share']):.0f} without."
    )
    return f"<p>{escape(text)}</p><p>{escape(example)}</p>"


def effects_section(study: Study) -> str:
    """Return one figure of mean effects for each outcome in which some input is seen."""
    seen = [bool((study.of("effects", each.name)["group"] > 0).any()) for each in study.outcomes]
    return "".join(
        _effects(study, each, at, first=not any(seen[:at])) for at, each in enumerate(study.outcomes)
    )


def _effects(study: Study, each: StudiedOutcome, at: int, *, first: bool) -> str:
    table = study.of("effects", each.name)
    seen = table[table["group"] > 0][:MOST]
    said = study.outcome_texts[each.name]
    head = f"<h3>{escape(sentence(each.label))}</h3><p>{escape(sentence(said))}.</p>"
    if seen.empty:
        return head
    rows = [_effect(study, row) for row in rows_of(seen)]
    low, high = min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows))
    room = 0.05 * max(high - low, 1e-9)
    plot = forest(
        f"plot-effects-{at}",
        [ForestGroup(label="Mean effect", rows=tuple(rows))],
        axis=axis(each.unit, range=[low - room, high + room], nticks=5),
        zero=0,
        told=f"Mean effects on {each.label}",
    )
    return head + figure(
        plot.html(), reading=WALKS if first else SHORT, table=_effects_table(study, table, seen)
    )


def _effect(study: Study, row: Row) -> ForestRow:
    value, low, high = (float(row[name]) for name in ("mean", "mean_low", "mean_high"))
    return ForestRow(
        label=sentence(study.called(row["input"])), value=value, low=low, high=high,
        verdict=UNCLEAR if low <= 0 <= high else HIGHER, words=effect_words(row, "mean"),
        note=study.meanings.get(row["input"], ""),
    )  # fmt: skip


def _effects_table(study: Study, table: pd.DataFrame, seen: pd.DataFrame) -> Table:
    shown = pd.concat([table[table["input"] == CHANCE], seen])
    names = [entry_name(study, name) for name in shown["input"]]
    rows = tuple(
        (sentence(name), _rank(row), *(effect_words(row, which) for which in ("mean", "size", "spread")))
        for name, row in zip(names, rows_of(shown), strict=True)
    )
    return Table(
        headings=("input", "rank", "mean effect", "mean size", "spread"), rows=rows, numbers=(1, 2, 3, 4)
    )
