"""What a study found, in sentences: chance first, then what can be told apart and what cannot."""

from __future__ import annotations

import pandas as pd

from simulation.sensitivity_analysis.study import CHANCE, MORRIS, SHARE, Study
from simulation.wording.phrases import listed, number, sentence
from simulation.wording.plain import Row, rows_of

NAMED = 4
LEADING = 3
"""Inputs that the answer names over all outcomes."""


def answer(study: Study) -> str:
    """Return the most important: how much is chance, over the outcomes, and what drives the clearest one."""
    if study.method == MORRIS:
        return _first_look(study)
    chance = study.tables["chance"]
    said = chance[chance["trouble"] == ""]
    if said.empty:
        return "Nothing can be said: no outcome varies often enough in so few histories."
    low, *_, high = 2 * sorted(rows_of(said), key=lambda row: float(row["share"]))
    clear = [each.label for each in study.outcomes if _clear(study, each.name)]
    ranked = (
        f"A single strongest input can be named for {listed(clear)}"
        if clear
        else "For no outcome can a single strongest input be named"
    )
    return (
        f"Of how much histories differ (the variance), chance makes {parts(high)} for "
        f"{_label(study, high['outcome'])} and {parts(low)} for {_label(study, low['outcome'])}; the rest comes from "
        f"what nobody knows. {_overall(study, len(said))}{ranked}."
    )


def _overall(study: Study, outcomes: int) -> str:
    """Return which inputs drive most when every outcome counts the same, where anything stands out."""
    rows = study.tables["overall"]
    top, first = rows[rows["group"] > 0][:LEADING], rows[rows["group"] == 1]
    if top.empty or outcomes == 1:
        return ""
    names = listed([f"{study.called(row['input'])} ({100 * row['share']:.1f})" for row in rows_of(top)])
    among = min(len(top), len(first))
    order = "" if among < 2 else f"; the first {among} are too close to be put in order"
    return f"Over all {outcomes} outcomes, in parts of 100 on average, {names} drive most{order}. "


def _first_look(study: Study) -> str:
    effects = study.tables["effects"]
    seen = effects[effects["group"] > 0]["input"].nunique()
    return (
        f"A first look along {study.rows:,} walks: {seen} of {len(study.inputs)} inputs show an effect on some "
        "outcome that is more than a new throw of the dice. Sizes are rough; shares of variance need the full study."
    )


def sentences(study: Study) -> tuple[str, ...]:
    """Return one paragraph for each outcome."""
    tell = _walked if study.method == MORRIS else _shared
    return tuple(f"{sentence(each.label)}: {tell(study, each.name)}" for each in study.outcomes)


def _shared(study: Study, outcome: str) -> str:
    row = rows_of(study.of("chance", outcome))[0]
    if row["trouble"]:
        return f"nothing can be said; it is {row['trouble']}."
    chance = f"{parts(row)} of the variance are chance ({_range(row)})."
    return f"{chance} {_ranking(study, study.of('first_order', outcome))}{_beyond(study, outcome)}"


def _ranking(study: Study, rows: pd.DataFrame) -> str:
    """Return the groups in order, and how many inputs cannot be told from nothing."""
    told = [rows[rows["group"] == k] for k in sorted(set(rows["group"])) if k > 0]
    left = f"{_rest(rows)} cannot be told from none at {study.cases:,} cases."
    if not told:
        return f"No input stands out: the effects of {left}"
    clauses = "; then ".join(_group(study, each) for each in told)
    return f"What knowing one number would take away, in parts: {clauses}. The effects of {left}"


def _group(study: Study, rows: pd.DataFrame) -> str:
    names = [f"{study.called(row['input'])} ({100 * row['share']:.0f})" for row in rows_of(rows[:NAMED])]
    known = listed([*names, f"{len(rows) - NAMED} more"] if len(rows) > NAMED else names)
    return known if len(rows) == 1 else f"{known}, not to be told apart at {study.histories:,} histories"


def _rest(rows: pd.DataFrame) -> str:
    count = int((rows["group"] == 0).sum())
    return f"the other {count:,}" if count != len(rows) else f"all {count:,}"


def _beyond(study: Study, outcome: str) -> str:
    """Return what the strongest total says where it clearly exceeds what that input does alone."""
    if "total" not in study.tables:
        return ""
    rows = study.of("total", outcome)
    top = rows[rows["group"] == 1]
    if len(top) != 1:
        return ""
    row = rows_of(top)[0]
    return f" Together with the other inputs {study.called(row['input'])} has a hand in {parts(row)} ({_range(row)})."


def _walked(study: Study, outcome: str) -> str:
    rows = study.of("effects", outcome)
    luck = rows_of(rows[rows["input"] == CHANCE])[0]
    seen = rows[rows["group"] > 0]
    unit = next(each.unit for each in study.outcomes if each.name == outcome)
    dice = f"a new throw of the dice alone changes it by {_sized(luck['size'], unit)} on average."
    if seen.empty:
        return f"{dice} No input shows more than that along {study.rows:,} walks."
    names = listed([_effect(study, row, unit) for row in rows_of(seen[:NAMED])])
    more = f", and {len(seen) - NAMED} more" if len(seen) > NAMED else ""
    return f"{dice} An effect shows in {names}{more}; order within a group says nothing."


def _effect(study: Study, row: Row, unit: str) -> str:
    sign = "+" if row["mean"] >= 0 else "\N{MINUS SIGN}"
    return f"{study.called(row['input'])} ({sign}{_sized(abs(row['mean']), unit)})"


def _sized(value: float, unit: str) -> str:
    """Return a size with its unit; a share of histories as a count of 100."""
    return f"{100 * value:.0f} of 100 histories" if unit == SHARE else f"{number(value)} {unit}"


def parts(row: Row) -> str:
    """Return a share of variance as "32 of 100 parts"."""
    return f"{100 * min(1, max(0, row['share'])):.0f} of 100 parts"


def _range(row: Row) -> str:
    return f"{100 * row['low']:.0f} to {100 * row['high']:.0f}"


def _clear(study: Study, outcome: str) -> bool:
    rows = study.of("first_order", outcome)
    return int((rows["group"] == 1).sum()) == 1


def _label(study: Study, outcome: str) -> str:
    return next(each.label for each in study.outcomes if each.name == outcome)
