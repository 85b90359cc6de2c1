"""Which inputs drive the result: each input's share of an outcome's variance, from the run's own cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

import numpy as np
import pandas as pd

from simulation.outcomes.labels import INPUT_PREFIX, describe, input_columns
from simulation.report.forest import ForestGroup, ForestRow, forest
from simulation.report.markup import Table, figure
from simulation.report.run.report_input import PEOPLE, ReportInput
from simulation.report.run.sources import link
from simulation.report.style import axis
from simulation.sensitivity_analysis.entries import group_sentences
from simulation.sensitivity_analysis.indices import first_table, troubles
from simulation.sensitivity_analysis.sentences import PARTS_OF_VARIANCE, trouble_words
from simulation.sensitivity_analysis.shares import share_words
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.sensitivity_analysis.terminal import rank
from simulation.statistics.evidence import HIGHER, UNCLEAR
from simulation.statistics.rank_correlations import rank_correlations
from simulation.wording.phrases import NOTHING, counted, sentence
from simulation.wording.plain import Row, rows_of

Entries = Mapping[str, Mapping[str, int]]
"""Columns of inputs with their signs by entry: one, or those of a group that is drawn together."""
FEWEST = 100
"""Cases below which shares of variance say too little."""
MOST, LEAST = 10, 3
READING = (
    "How to read it: a dot is how many of 100 parts of the outcome's variance would go, on average, if this one "
    "number were known; the line is the 95 % interval. Where two lines overlap, the order of the two says "
    "nothing. An arrow up says that more of the input goes with more of the outcome, an arrow down with less. "
    "A hollow dot is no more than what the strongest of all inputs shows when the outcomes are shuffled. "
    "Where each input comes from is behind the links in the table of the figure."
)
SHORT = "How to read it: as the figure before."
NOISE = (
    "Every history here has inputs of its own and luck of its own, so this run cannot split what single inputs do "
    "not explain: it is chance, or several inputs together, or inputs too weak to be seen. “simulate sensitivity” "
    "plays each case twice and says how much is chance. What drives the model need not be a cause in the world."
)


def drivers_section(material: ReportInput) -> str:
    """Return one chart for each chosen outcome that varies."""
    outcomes = material.results.outcomes
    inputs = [name for name in input_columns(outcomes) if outcomes[name].nunique() > 1]
    entries = _entries(material, inputs)
    names = [name for name in material.drivers or PEOPLE if name in outcomes]
    cases = outcomes.groupby("case")[[*inputs, *names]].mean().dropna()
    if not inputs or not names:
        return "<p>No input varies in this run: all differences are chance.</p>"
    if len(cases) < FEWEST:
        few = f"{counted(len(cases), 'case')} {'is' if len(cases) == 1 else 'are'} too few to say which inputs matter"
        return f"<p>{few}; it takes {FEWEST} or more.</p>"
    measured = [_measured(material, name) for name in names]
    y = cases[names].to_numpy(dtype=float)[:, None, :]
    said = troubles(y)
    x, seed = cases[inputs].to_numpy(), material.results.manifest.seed
    parts = [[inputs.index(column) for column in entry] for entry in entries.values()]
    table = first_table(measured, list(entries), x, y, said, seed, parts)
    good = [each for each, why in zip(measured, said, strict=True) if why is None]
    charts = [
        _chart(material, each, rows_of(table[table["outcome"] == each.name]), entries, first=at == 0)
        for at, each in enumerate(good)
    ]
    silent = [
        f"{sentence(each.label)}: {trouble_words(why)}."
        for each, why in zip(measured, said, strict=True)
        if why is not None
    ]
    told = "".join(f"<p>{escape(text)}</p>" for text in (*silent, *_groups(material)))
    return f'<p class="note">{escape(NOISE)}</p>{"".join(charts)}{told}'


def _entries(material: ReportInput, columns: list[str]) -> dict[str, dict[str, int]]:
    """Return the inputs that vary by column, those of a group together under its name: each with its sign."""
    found: dict[str, dict[str, int]] = {}
    group_of = {name: entry for entry in material.entries.values() for name in entry.signs}
    for column in columns:
        name = column.removeprefix(INPUT_PREFIX)
        entry = group_of.get(name)
        joint = entry is not None and len(entry.signs) > 1
        found.setdefault(entry.name if entry is not None and joint else column, {})[column] = (
            entry.signs[name] if entry is not None else 1
        )
    return found


def _groups(material: ReportInput) -> list[str]:
    return list(group_sentences(material.together, material.inputs))


def _measured(material: ReportInput, name: str) -> StudiedOutcome:
    meaning = describe(name, material.names)
    return StudiedOutcome(name=name, label=meaning.label, unit=meaning.unit)


def _chart(
    material: ReportInput, each: StudiedOutcome, rows: list[Row], entries: Entries, *, first: bool
) -> str:
    seen = sum(row["group"] > 0 for row in rows)
    shown = rows[: min(MOST, max(LEAST, seen))]
    ways = _ways(material.results.outcomes, {row["input"]: entries[row["input"]] for row in shown}, each.name)
    dots = tuple(_dots(material, shown, ways))
    top = max(dot.high for dot in dots)
    plot = forest(
        f"plot-drivers-{each.name}",
        [ForestGroup(label=f"{seen} of {len(rows)} inputs stand out", rows=dots)],
        axis=axis(PARTS_OF_VARIANCE, range=[-0.02 * top, 1.05 * top], nticks=6),
        zero=0,
        told=f"Shares of the variance of {each.label}",
    )
    ranks = [rank(row) if row["group"] > 0 else NOTHING for row in shown]
    inputs = [row["input"].removeprefix(INPUT_PREFIX) for row in shown]
    cells = tuple(
        (link(material, name, dot.label), dot.note, place, dot.words)
        for name, dot, place in zip(inputs, dots, ranks, strict=True)
    )
    headings = ("input", "what it means", "rank", "parts of 100, with its interval")
    table = Table(headings=headings, rows=cells, numbers=(2, 3))
    title = f"What drives {each.label}"
    return figure(plot.html(), title=title, reading=READING if first else SHORT, table=table)


def _dots(material: ReportInput, rows: list[Row], ways: dict[str, str]) -> Iterator[ForestRow]:
    for row in rows:
        value, low, high = (100 * row[name] for name in ("share", "low", "high"))
        clear = row["group"] > 0
        way = ways.get(row["input"], "") if clear else ""
        yield ForestRow(
            label=sentence(material.input_label(row["input"])),
            note=material.input_meaning(row["input"]),
            value=value,
            low=low,
            high=high,
            verdict=HIGHER if clear else UNCLEAR,
            words=f"{share_words(row['share'], row['low'], row['high'])}{way}",
        )


def _ways(outcomes: pd.DataFrame, entries: Entries, outcome: str) -> dict[str, str]:
    """Return for each entry an arrow up where more of it goes with more of the outcome, down for less.

    More of a group is more of its members, or less of those that are turned round.
    """
    groups = {
        name: sum(sign * outcomes[each].rank() for each, sign in signs.items())
        for name, signs in entries.items()
        if name not in signs
    }
    found = rank_correlations(outcomes.assign(**groups), list(entries), outcome)
    return {
        item.column: " ↑" if item.low > 0 else " ↓"
        for item in found
        if np.sign(item.low) == np.sign(item.high)
    }
