"""A comparison as a terminal shows it: the sentences first, then what differs and the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from rich.table import Table
from rich.text import Text

from simulation.comparison.comparison import Comparison
from simulation.comparison.pairing import pairing_words
from simulation.comparison.selection import OTHERS, clearest_first
from simulation.comparison.sentences import scenario_sentences
from simulation.outcomes.labels import columns_named, describe, spell
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.statistics.evidence import HIGHER, IDENTICAL, LOWER
from simulation.wording.phrases import NOTHING, counted, listed, number
from simulation.wording.plain import Row, rows_of
from simulation.wording.terminal import screen, table_of

SIGNS = {HIGHER: "▲", LOWER: "▼", IDENTICAL: "="}
READING = (
    "▲ ▼ clearly more, less than {}; = the same in every history; no sign: not distinguishable at {}, "
    "all that is looked at allowed for"
)
DECIMALS = 4
MOST_CHANGES, MOST_PLACES, MOST_OUTCOMES, MOST_MOVES = 8, 6, 4, 3


def comparison_text(comparison: Comparison) -> str:
    """Return the summary of a comparison."""
    return screen(_parts(comparison))


def _parts(comparison: Comparison) -> Iterator[Text | Table | str]:
    yield ""
    yield Text(f"{comparison.scenarios[0].title}: what if?", style="bold")
    yield Text(_basis(comparison))
    yield ""
    if comparison.question:
        yield Text(comparison.question)
        yield ""
    yield Text(comparison.answer, style="bold")
    for name, findings in comparison.scenario_findings.items():
        told = " ".join(each.text for each in scenario_sentences(findings, comparison.vocabulary))
        yield ""
        yield Text.assemble((name, "bold"), ": ", told)
    yield ""
    yield _changes(comparison)
    yield ""
    yield Text(
        READING.format(comparison.names[0], comparison.vocabulary.histories(comparison.replicates)),
        style="dim",
    )
    yield _endings(comparison)
    yield _outcomes(comparison)
    if _shown_places(comparison):
        yield _falls(comparison)
    yield ""
    yield from (Text(line) for line in (*_moves(comparison), *_pairing(comparison)))


def _basis(comparison: Comparison) -> str:
    asked = max(run.manifest.replicates for run in comparison.runs)
    lost = asked - comparison.replicates
    left_out = f" ({lost:,} left out: they failed in one scenario or another)" if lost else ""
    size = f"{counted(comparison.replicates, 'history')} of {counted(comparison.days, 'day')}"
    return (
        f"{listed(comparison.names[1:])} compared with {comparison.names[0]}: {size}{left_out}, "
        "with the same cases and the same luck in each."
    )


def _changes(comparison: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("scenario", "what differs", comparison.names[0], "there"):
        table.add_column(Text(heading), overflow="fold")
    for name in comparison.names[1:]:
        rows = _of(comparison.changes, name)
        for k, row in enumerate(rows[:MOST_CHANGES]):
            words = (
                name if k == 0 else "",
                row["path"],
                row["reference"] or NOTHING,
                row["value"] or NOTHING,
            )
            table.add_row(*map(Text, words))
        if len(rows) > MOST_CHANGES:
            table.add_row("", f"and {len(rows) - MOST_CHANGES} more")
        if not rows:
            table.add_row(Text(name), "nothing")
    return table


def _endings(comparison: Comparison) -> Table:
    names = list(comparison.runs[0].manifest.endings)
    return _contrasts(comparison, comparison.endings, "ending", names, "of 100 histories")


def _outcomes(comparison: Comparison) -> Table:
    return _contrasts(comparison, comparison.outcomes, "outcome", _shown_outcomes(comparison), "mean")


def _falls(comparison: Comparison) -> Table:
    return _contrasts(comparison, comparison.falls, "place", _shown_places(comparison), "falls, of 100")


def _contrasts(
    comparison: Comparison, contrasts: pd.DataFrame, what: str, names: Sequence[str], heading: str
) -> Table:
    """Return a table: a row for each scenario, a column for each of some endings, outcomes or places."""
    labels = [_heading(comparison, what, name) for name in names]
    table, value, scale = table_of(heading, *labels), *(("mean", 1) if what == "outcome" else ("share", 100))
    for k, scenario in enumerate(comparison.names[1:]):
        found = {row[what]: row for row in _of(contrasts, scenario)}
        rows = [found[name] for name in names]
        if k == 0:
            table.add_row(
                Text(comparison.names[0]), *(_number(row[f"{value}_reference"], scale) for row in rows)
            )
        table.add_row(Text(scenario), *(_cell(row, _number(row[value], scale), scale) for row in rows))
    return table


def _heading(comparison: Comparison, what: str, name: str) -> str:
    """Return the head of a column; that of an ending can be broken between its words."""
    if what == "outcome":
        return describe(name, comparison.actors).label
    return comparison.vocabulary.ending(name) if what == "ending" else name


def _cell(row: Row, value: str, scale: int) -> str:
    """Return a value with its verdict and difference, such as "24 ▲+8"; identical ones have no difference."""
    if row["verdict"] == IDENTICAL:
        return f"{value} {SIGNS[IDENTICAL]}"
    way = "+" if row["difference"] >= 0 else "\N{MINUS SIGN}"
    return f"{value} {SIGNS.get(row['verdict'], '')}{way}{_number(abs(row['difference']), scale)}"


def _number(value: float, scale: int) -> str:
    if scale == 1:
        return number(value)
    return f"{round(scale * value, DECIMALS):.3g}"  # weights can be as small as anything


def _of(table: pd.DataFrame, scenario: str) -> list[Row]:
    return rows_of(table[table["scenario"] == scenario])


def _shown_outcomes(comparison: Comparison) -> list[str]:
    """Return the outcomes of the table: what happens to civilians, then what differs most clearly."""
    means = comparison.outcomes.groupby("outcome", sort=False)[["mean_reference", "mean"]].max().max(axis=1)
    known = [str(name) for name in means.index[means > 0]]
    ranked = [row["outcome"] for row in clearest_first(comparison.outcomes)]
    others = columns_named(OTHERS, dict.fromkeys([*ranked, *known]))
    return [*(name for name in CIVILIAN_OUTCOMES if name in known), *others][:MOST_OUTCOMES]


def _shown_places(comparison: Comparison) -> list[str]:
    """Return the places whose fall differs most clearly under any scenario."""
    return list(dict.fromkeys(row["place"] for row in clearest_first(comparison.falls)))[:MOST_PLACES]


def _moves(comparison: Comparison) -> Iterator[str]:
    for name in comparison.names[1:]:
        moved = [row for row in _of(comparison.moves, name) if row["from_ending"] != row["to_ending"]]
        if moved:
            most = ", ".join(_move(row) for row in moved[:MOST_MOVES])
            count = sum(row["replicates"] for row in moved)
            ends = f"{'ends' if count == 1 else 'end'} otherwise"
            yield f"{name}: {count:,} of {counted(comparison.replicates, 'history')} {ends}; most often {most}."


def _move(row: Row) -> str:
    return f"{spell(row['from_ending'])} to {spell(row['to_ending'])} {row['replicates']:,}"


def _pairing(comparison: Comparison) -> Iterator[str]:
    told = pairing_words(comparison.pairing)
    if told:
        yield told
