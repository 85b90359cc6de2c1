"""A study as a terminal shows it: chance first, then the ranks as far as they go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from rich.table import Table
from rich.text import Text

from simulation.sensitivity_analysis.sentences import THROW, trouble_words
from simulation.sensitivity_analysis.shares import share_words
from simulation.sensitivity_analysis.study import CHANCE, GIVEN, MORRIS, StudiedOutcome, Study
from simulation.wording.phrases import counted, number, sentence
from simulation.wording.plain import Row, rows_of
from simulation.wording.terminal import screen, table_of

MOST = 8
SHARES = "Parts of 100 of the variance of a single history, with 95 % intervals."


def study_text(study: Study) -> str:
    """Return the summary of a study, with colours only where stdout is a terminal that wants them."""
    shown = {MORRIS: _walked, GIVEN: _conditioned}.get(study.method, _shared)
    return screen(shown(study))


def _shared(study: Study) -> Iterator[Text | Table | str]:
    size = f"{counted(study.histories, 'history')} of {counted(study.days, 'day')}"
    basis = f"{size}: {counted(study.cases, 'case')}, each played twice"
    rows = f", and {study.rows:,} rows for total indices" if study.rows else ""
    yield Text(f"\n{study.title}: what drives the outcomes?", style="bold")
    yield Text(f"{basis}{rows}; {counted(len(study.inputs), 'uncertain input')}.\n")
    yield Text(study.answer + "\n", style="bold")
    yield Text(f"How much is chance. {SHARES}")
    yield _chance(study)
    yield from _inputs(study)
    yield Text(" ".join((_reading(study), *study.notes)), style="dim")


def _inputs(study: Study) -> Iterator[Table | Text | str]:
    """Yield the inputs that stand out: over all outcomes, and for each."""
    if len(study.outcomes) > 1:
        yield Text("\nAll outcomes together, each counting the same", style="bold")
        yield from _overall(study)
    for each in study.outcomes:
        if each.name not in study.troubles:
            yield Text(f"\n{sentence(each.label)}", style="bold")
            yield from _ranks(study, each)
    yield ""


def _conditioned(study: Study) -> Iterator[Text | Table | str]:
    yield Text(f"\n{study.title}: what drives the outcomes, given what was reported?", style="bold")
    size = f"{counted(study.histories, 'history')} of {counted(study.days, 'day')}"
    yield Text(
        f"{size}, worth {study.effective:,.0f} after the reports; {counted(len(study.inputs), 'uncertain input')}.\n"
    )
    yield Text(study.answer + "\n", style="bold")
    for each in study.outcomes:
        if each.name in study.troubles:
            yield Text(f"{sentence(each.label)}: {study.outcome_texts[each.name]}")
    yield from _inputs(study)
    yield Text(
        "alone: parts of 100 that knowing this input would take from the variance that is left after the reports, with "
        "95 % intervals by the effective sample size. How much is chance cannot be told: no case is played twice.",
        style="dim",
    )


def _reading(study: Study) -> str:
    return (
        "alone: what knowing this input would take from the variance. in all: with what it does together with "
        "other inputs, in the expected result. with luck: the same with luck as one more input; where it is much "
        "larger than in all, the input does little but deal the later luck again. Inputs of one rank cannot be "
        f"told apart at {study.histories:,} histories; 0 lies within what shuffled histories show where none is listed."
    )


def _chance(study: Study) -> Table:
    table = table_of("outcome", "mean", "standard deviation", "chance", "the same luck everywhere")
    for each in study.outcomes:
        row = rows_of(study.of("chance", each.name))[0]
        trouble = study.troubles.get(each.name)
        cells = (trouble_words(trouble), "") if trouble else (_share(row, "share"), _share(row, "alone"))
        table.add_row(Text(each.label), number(row["mean"]), number(row["deviation"]), *map(Text, cells))
    return table


def _overall(study: Study) -> Iterator[Table | Text]:
    rows = study.tables["overall"]
    seen = rows[rows["group"] > 0]
    if len(seen):
        table = table_of("input", "rank", "alone, on average")
        for row in rows_of(seen[:MOST]):
            table.add_row(Text(study.called(row["input"])), rank(row), _share(row, "share"))
        yield table
    yield Text(f"{counted(len(rows) - len(seen), 'input')} cannot be told from nothing.", style="dim")


def _ranks(study: Study, each: StudiedOutcome) -> Iterator[Table | Text]:
    rows = study.of("first_order", each.name)
    seen = rows[rows["group"] > 0]
    left = len(rows) - len(seen)
    if len(seen):
        more = () if study.method == GIVEN else ("in all", "with luck")
        table = table_of("input", "rank", "alone", *more)
        totals = study.by_input("total", each.name)
        for row in rows_of(seen[:MOST]):
            table.add_row(
                Text(study.called(row["input"])),
                rank(row),
                _share(row, "share"),
                *(_totals(totals, row["input"]) if more else ()),
            )
        yield table
    hidden = f"{len(seen) - MOST} more stand out; " if len(seen) > MOST else ""
    yield Text(
        f"{hidden}{counted(left, 'other input' if len(seen) else 'input')} cannot be told from nothing (below "
        f"{100 * rows['reference'].iloc[0]:.1f}).",
        style="dim",
    )


def _totals(totals: Mapping[str, Row], name: str) -> tuple[str, str]:
    row = totals.get(name)
    return ("", "") if row is None else (_share(row, "share"), _share(row, "with_luck"))


def rank(row: Row) -> str:
    """Return the ranks that an input's interval leaves open, such as "2 to 5"."""
    best, worst = int(row["best_rank"]), int(row["worst_rank"])
    return str(best) if best == worst else f"{best} to {worst}"


def _share(row: Row, name: str) -> str:
    """Return a share with its interval, such as "32 (27 to 36)"."""
    prefix = "" if name == "share" else f"{name}_"
    return share_words(row[name], row[f"{prefix}low"], row[f"{prefix}high"])


def _walked(study: Study) -> Iterator[Text | Table | str]:
    yield Text(f"\n{study.title}: a first look at what drives the outcomes", style="bold")
    yield Text(
        f"{counted(study.histories, 'history')} of {counted(study.days, 'day')}: {counted(study.rows, 'walk')}, each "
        f"moving all of {counted(len(study.inputs), 'input')} one by one with the same luck.\n"
    )
    yield Text(study.answer + "\n", style="bold")
    for each in study.outcomes:
        rows = study.of("effects", each.name)
        yield Text(f"\n{sentence(each.label)}, {each.unit}", style="bold")
        table = table_of("input", "rank", "mean effect", "mean size", "spread")
        shown = pd.concat([rows[rows["input"] == CHANCE], rows[rows["group"] > 0][:MOST]])
        for row in rows_of(shown):
            name = entry_name(study, row["input"])
            place = "" if row["input"] == CHANCE else rank(row)
            table.add_row(
                Text(name), place, *(effect_words(row, which) for which in ("mean", "size", "spread"))
            )
        yield table
    yield ""
    reading = (
        "An effect is what moving an input by half of its distribution, from lower to higher, makes. Only inputs are "
        f"listed whose mean effect is not zero, or whose effects are larger than those of {THROW}."
    )
    yield Text(" ".join((reading, *study.notes)), style="dim")


def entry_name(study: Study, name: str) -> str:
    """Return what an entry of the table of effects is called: an input, or a new throw of the dice."""
    return THROW if name == CHANCE else study.called(name)


def effect_words(row: Row, name: str) -> str:
    """Return a column of the table of effects with its interval, such as "2 (1 to 3)"; a single point has none."""
    value, low, high = (_signed(row[key]) for key in (name, f"{name}_low", f"{name}_high"))
    return value if low == high else f"{value} ({low} to {high})"


def _signed(value: float) -> str:
    """Return a number with a true minus sign."""
    return f"\N{MINUS SIGN}{number(-value)}" if value < 0 else number(value)
