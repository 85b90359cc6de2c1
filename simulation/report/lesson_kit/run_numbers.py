"""The numbers of a run that an answer may name, each in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulation.comparison import quantities
from simulation.comparison.comparison import Comparison
from simulation.comparison.finding import Finding, FindingKind
from simulation.outcomes.labels import INPUT_PREFIX, describe
from simulation.report.lesson_kit.run_facts import RunFacts
from simulation.results.folder import Results
from simulation.results.summary import fallen_shares, spread_of
from simulation.sensitivity_analysis.entries import study_entries
from simulation.sensitivity_analysis.indices import first_table, troubles
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.evidence import CLEAR, IDENTICAL
from simulation.statistics.intervals import Share, Spread, ending_shares
from simulation.updating.sentences import most_words
from simulation.wording.phrases import amount, counted, listed, of_hundred, parts_of_hundred, sentence
from simulation.wording.plain import rows_of

FEWEST, FIRST = 100, 3
"""Draws of the inputs below which nothing is said of them, and how many of several things are named."""
_SURE = (FindingKind.ENDING, FindingKind.FALL, FindingKind.OUTCOME)


def share_words(share: Share) -> str:
    """Return "62 of 100 histories (58 to 66)"."""
    return f"{of_hundred(share)} ({100 * share.low:.0f} to {100 * share.high:.0f})"


def spread_words(spread: Spread, unit: str = "") -> str:
    """Return the middle of a spread, and between which numbers nine of ten histories lie."""
    low, _, middle, _, high = (amount(value, unit) for value in spread.quantiles)
    return f"{middle} ({low} to {high})"


def _ending(facts: RunFacts, name: str) -> str:
    return facts.beside(
        lambda results: share_words(ending_shares(results.columns("ending"), results.manifest.endings)[name])
    )


def _place(facts: RunFacts, name: str) -> str:
    return facts.beside(lambda results: share_words(fallen_shares(results)[name]))


def _outcome(facts: RunFacts, name: str) -> str:
    return facts.beside(lambda results: spread_words(spread_of(results, name), describe(name).unit))


def _before(facts: RunFacts, name: str) -> str:
    """Return what was so of an ending or a place before the reports."""
    assert facts.update is not None
    kind, _, of = name.partition(".")
    before, _after = (facts.update.places if kind == "place" else facts.update.endings)[of]
    return share_words(before)


def _change(facts: RunFacts, name: str) -> str:
    """Return by how much an ending, a place or an outcome differs, and whether that can be told."""
    assert facts.comparison is not None
    kind, _, of = name.partition(".")
    table, column = {
        "ending": (facts.comparison.endings, "ending"),
        "place": (facts.comparison.falls, "place"),
        "outcome": (facts.comparison.outcomes, "outcome"),
    }[kind]
    rows = [row for row in rows_of(table) if row[column] == of]
    told = [_difference(row, kind) for row in rows]
    if len(rows) == 1:
        return told[0]
    return listed([f"{words} with {row['scenario']}" for words, row in zip(told, rows, strict=True)])


def _difference(row: Mapping[str, Any], kind: str) -> str:
    if row["verdict"] == IDENTICAL:
        return "the same in every history"
    sure = "clear" if row["verdict"] in CLEAR else "not distinguishable"
    if kind == "outcome":
        return f"{quantities.mean_difference(row)} ({quantities.mean_span(row)}; {sure})"
    return f"{quantities.share_difference(row)} ({quantities.share_interval(row)}; {sure})"


def _endings(facts: RunFacts, _: str) -> str:
    """Return how many endings occur, and the commonest."""
    results = facts.runs[0][1]
    shares = ending_shares(results.columns("ending"), results.manifest.endings)
    first = max(shares, key=lambda name: shares[name].count)
    occur = sum(share.count > 0 for share in shares.values())
    label = facts.labels.get(first, first)
    return f"{occur} of {counted(len(shares), 'ending')} occur, most often “{label}” ({of_hundred(shares[first])})"


def _moved(facts: RunFacts, _: str) -> str:
    """Return in how many histories the ending is another, and between which two most."""
    assert facts.comparison is not None
    return listed([*_moves(facts, facts.comparison)])


def _moves(facts: RunFacts, comparison: Comparison) -> Iterator[str]:
    for name in comparison.names[1:]:
        table = comparison.moves[comparison.moves["scenario"] == name]
        moved = table[table["from_ending"] != table["to_ending"]]
        total = int(moved["replicates"].sum())
        where = "" if len(comparison.names) == 2 else f" with {name}"
        told = f"{total:,} of {counted(comparison.replicates, 'history')} end otherwise{where}"
        if total:
            most = moved.iloc[0]
            a, b = str(most["from_ending"]), str(most["to_ending"])
            back = moved[(moved["from_ending"] == b) & (moved["to_ending"] == a)]["replicates"].sum()
            told += (
                f" ({int(most['replicates']):,} from “{facts.labels.get(a, a)}” to “{facts.labels.get(b, b)}”, "
                f"{int(back):,} the other way)"
            )
        yield told


def _clear(facts: RunFacts, _: str) -> str:
    """Return what the report says can be told apart, of each scenario; that nothing can, where so."""
    assert facts.comparison is not None
    told = {
        name: listed([_subject(facts, each) for each in findings if each.kind in _SURE][:FIRST]) or "nothing"
        for name, findings in facts.comparison.scenario_findings.items()
    }
    return listed([what if len(told) == 1 else f"{what} with {name}" for name, what in told.items()])


def _subject(facts: RunFacts, finding: Finding) -> str:
    assert facts.comparison is not None
    if finding.kind is FindingKind.ENDING:
        return f"“{facts.labels.get(finding.subject, finding.subject)}”"
    if finding.kind is FindingKind.FALL:
        return f"the fall of {finding.subject}"
    return f"“{describe(finding.subject, facts.comparison.actors).label}”"


def _worth(facts: RunFacts, _: str) -> str:
    """Return what the histories are worth after the reports."""
    evidence = facts.evidence
    assert evidence is not None
    return f"{evidence.effective:,.0f} of {counted(evidence.histories, 'history')}"


def _report(facts: RunFacts, _: str) -> str:
    """Return the report that moves the endings most, in a sentence without its stop."""
    evidence = facts.evidence
    assert evidence is not None
    return sentence(most_words(evidence, facts.labels))


def _learnt(facts: RunFacts, _: str) -> str:
    """Return the inputs of which the reports have taught something, and which way."""
    assert facts.update is not None
    inputs = facts.world.scenario.inputs
    clear = [each for each in facts.update.inputs if each.clear][:FIRST]
    if not clear:
        return "none that can be told from no move"
    told = [(inputs[each.name].label or each.name.replace("_", " "), each.moved > 0) for each in clear]
    return listed([f"{label} ({'higher' if up else 'lower'} than was thought)" for label, up in told])


def _strongest(facts: RunFacts, outcome: str) -> str:
    """Return the unknown number, or the group of them, that explains most of an outcome, as the report has it."""
    results, scenario = facts.runs[0][1], facts.world.scenario
    outcomes = results.outcomes
    entries = [
        each
        for each in study_entries(scenario.inputs, scenario.together).values()
        if all(f"{INPUT_PREFIX}{name}" in outcomes for name in each.signs)
    ]
    columns = [f"{INPUT_PREFIX}{name}" for each in entries for name in each.signs]
    cases = outcomes.groupby("case")[[*columns, outcome]].mean().dropna()
    if len(cases) < FEWEST:
        return f"more than the {counted(len(cases), 'draw')} of this run can tell"
    y = cases[[outcome]].to_numpy(dtype=float)[:, None, :]
    stops = np.cumsum([len(each.signs) for each in entries])
    parts = [list(range(stop - len(each.signs), stop)) for each, stop in zip(entries, stops, strict=True)]
    studied = StudiedOutcome(name=outcome, label=outcome, unit="")
    names, x = [each.name for each in entries], cases[columns].to_numpy(dtype=float)
    table = first_table([studied], names, x, y, troubles(y), results.manifest.seed, parts)
    if table.empty:
        return "nothing: it hardly varies"
    first = rows_of(table)[0]
    label = next(each.label for each in entries if each.name == first["input"])
    return f"{label} (about {100 * first['share']:.0f} of 100 parts)"


def slips(facts: RunFacts) -> str:
    """Return which numbers from 1 to 100 stand for which ending in each run, before any reports and after them.

    Runs that are compared given reports are told as a class plays them, which knows no report; where their histories
    were drawn given the reports there are no others to tell of.
    """
    rows = {
        label: ending_shares(
            _unweighted(results) if facts.comparison else results.columns("ending"), results.manifest.endings
        )
        for label, results in facts.runs
    }
    if facts.comparison is None and facts.update is not None:
        (after,) = rows.values()
        rows = {"before": {name: pair[0] for name, pair in facts.update.endings.items()}, "after": after}
    if len(rows) == 1:
        return "".join(f"{_numbered(facts, shares)}." for shares in rows.values())
    told = " ".join(f"{label}: {_numbered(facts, shares)}." for label, shares in rows.items())
    condition = None if facts.comparison is None else facts.comparison.condition
    if condition is None:
        return told
    drawn = condition.is_sequential
    return f"{'Given the reports' if drawn else 'Without the reports, as a class plays them'}: {told}"


def _unweighted(results: Results) -> pd.DataFrame:
    return results.columns("ending")[["ending"]]


def _numbered(facts: RunFacts, shares: Mapping[str, Share]) -> str:
    parts = parts_of_hundred([share.share for share in shares.values()])
    found, first = [], 1
    for name, part in zip(shares, parts, strict=True):
        if part:
            numbers = str(first) if part == 1 else f"{first}\N{EN DASH}{first + part - 1}"
            found.append(f"{numbers} {facts.labels.get(name, name)}")
        first += part
    return ", ".join(found)


NUMBERS: dict[str, Callable[[RunFacts, str], str]] = {
    "ending": _ending, "place": _place, "outcome": _outcome, "before": _before, "change": _change,
    "strongest": _strongest, "endings": _endings, "learnt": _learnt, "moved": _moved, "report": _report,
    "worth": _worth, "clear": _clear,
}  # fmt: skip
"""How each number that an answer may name is told."""
OF_RUNS, OF_COMPARISONS = ("before", "endings", "learnt", "strongest"), ("change", "moved", "clear")
"""Those that only one run has, and those that only a comparison has."""
OF_REPORTS = ("before", "learnt", "report", "worth")
"""Those that only histories updated on reports have."""
