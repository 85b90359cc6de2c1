"""Which rows of a study's tables are findings: chance first, then what can be told apart and what cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from simulation.sensitivity_analysis.finding import StudyFinding
from simulation.sensitivity_analysis.finding import StudyFindingKind as Kind
from simulation.sensitivity_analysis.study import CHANCE, GIVEN, MORRIS, Study
from simulation.wording.plain import Row, rows_of

LEADING = 3
"""Inputs that the answer names over all outcomes."""
ENDS = ("share", "low", "high")


def answer_findings(study: Study) -> tuple[StudyFinding, ...]:
    """Return the most important: how much is chance, at most and at least, and what drives the clearest one."""
    if study.method == MORRIS:
        return (_first_look(study),)
    if study.method == GIVEN:
        return tuple(_conditioned(study))
    chance = study.tables["chance"]
    said = sorted(
        (row for row in rows_of(chance) if row["outcome"] not in study.troubles),
        key=lambda row: float(row["share"]),
    )
    if not said:
        return (StudyFinding(kind=Kind.NOTHING_SAID),)
    shares = [_of_row(Kind.MOST_CHANCE, said[-1])]
    shares += [_of_row(Kind.LEAST_CHANCE, row) for row in said[:-1][:1]]
    return (*shares, *_drivers(study, len(said)), *_strongest(study))


def _strongest(study: Study) -> list[StudyFinding]:
    """Return for which outcomes a single strongest input can be named."""
    clear = [
        StudyFinding(kind=Kind.STRONGEST, outcome=each.name)
        for each in study.outcomes
        if _has_strongest(study, each.name)
    ]
    return clear or [StudyFinding(kind=Kind.NO_STRONGEST)]


def _conditioned(study: Study) -> Iterator[StudyFinding]:
    """Yield what histories that were updated on reports are worth, and what drives what still differs."""
    said = len(study.outcomes) - len(study.troubles)
    numbers = {"histories": study.histories, "effective": study.effective}
    if said:
        yield from (*_drivers(study, said), *_strongest(study))
    else:
        yield StudyFinding(kind=Kind.NOTHING_SAID)
    yield StudyFinding(kind=Kind.CONDITIONED, numbers=numbers)


def outcome_findings(study: Study) -> tuple[tuple[StudyFinding, ...], ...]:
    """Return the findings of each outcome, in the order of the study's."""
    found = _walked if study.method == MORRIS else _shared
    return tuple(tuple(found(study, each.name)) for each in study.outcomes)


def _of_row(kind: Kind, row: Row, **more: float) -> StudyFinding:
    """Return a finding of a row of shares."""
    numbers = {name: row[name] for name in ENDS} | more
    return StudyFinding(
        kind=kind, outcome=row.get("outcome", ""), input=row.get("input", ""), numbers=numbers
    )


def _drivers(study: Study, outcomes: int) -> Iterator[StudyFinding]:
    """Yield which inputs drive most when every outcome counts the same, where anything stands out."""
    rows = study.tables["overall"]
    if outcomes > 1:
        for row in rows_of(rows[rows["group"] > 0][:LEADING]):
            yield _of_row(Kind.DRIVER, row, group=row["group"], outcomes=outcomes)


def _first_look(study: Study) -> StudyFinding:
    effects = study.tables["effects"]
    seen = int(effects[effects["group"] > 0]["input"].nunique())
    numbers = {"walks": study.rows, "seen": seen, "inputs": len(study.inputs)}
    return StudyFinding(kind=Kind.FIRST_LOOK, numbers=numbers)


def _shared(study: Study, outcome: str) -> Iterator[StudyFinding]:
    if outcome in study.troubles:
        yield StudyFinding(kind=Kind.UNSAID, outcome=outcome)
        return
    if study.method != GIVEN:
        yield _of_row(Kind.CHANCE, rows_of(study.of("chance", outcome))[0])
    rows = study.of("first_order", outcome)
    for row in _by_group(rows):
        yield _of_row(Kind.INPUT, row, group=row["group"], histories=study.histories)
    numbers = {"left": int((rows["group"] == 0).sum()), "inputs": len(rows), "cases": study.cases}
    yield StudyFinding(kind=Kind.OTHERS, outcome=outcome, numbers=numbers)
    yield from _total(study, outcome)


def _by_group(rows: pd.DataFrame) -> list[Row]:
    """Return the rows that stand out, those of the first group first."""
    return sorted(rows_of(rows[rows["group"] > 0]), key=lambda row: int(row["group"]))


def _total(study: Study, outcome: str) -> Iterator[StudyFinding]:
    """Yield the total of the strongest input, where it can be told from all others."""
    if "total" in study.tables:
        rows = study.of("total", outcome)
        top = rows_of(rows[rows["group"] == 1])
        if len(top) == 1:
            yield _of_row(Kind.TOTAL, top[0])


def _walked(study: Study, outcome: str) -> Iterator[StudyFinding]:
    rows = study.of("effects", outcome)
    luck = rows_of(rows[rows["input"] == CHANCE])[0]
    yield _of_effect(Kind.DICE, luck)
    seen = rows_of(rows[rows["group"] > 0])
    yield from (_of_effect(Kind.EFFECT, row) for row in seen)
    if not seen:
        yield StudyFinding(kind=Kind.NO_EFFECT, outcome=outcome, numbers={"walks": study.rows})


def _of_effect(kind: Kind, row: Row) -> StudyFinding:
    numbers = {name: row[name] for name in ("mean", "mean_low", "mean_high", "size", "group")}
    return StudyFinding(kind=kind, outcome=row["outcome"], input=row["input"], numbers=numbers)


def _has_strongest(study: Study, outcome: str) -> bool:
    rows = study.of("first_order", outcome)
    return int((rows["group"] == 1).sum()) == 1
