"""Every score as a table, and what each naive forecast says."""

from __future__ import annotations

import math
from html import escape

from simulation.report.markup import Table, figure, items
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.scoring.sentences import rank_words, skill_number, titles, verdict
from simulation.wording.phrases import NOTHING, number

READING = (
    "How to read it: a score says how far a whole forecast, its middle and its spread, lay from what happened, in "
    "the unit of the row; smaller is better, and for a single number without spread it is the distance. Its name is "
    "continuous ranked probability score (CRPS). ± is the standard error from the number of histories."
)
READING_OF_SKILL = (
    " Skill says what part of the naive forecast's score the model saves: 1 is perfect, 0 is no better, below 0 is "
    "worse. It is left out where the naive forecast hit exactly: nothing is left to gain there. A star marks the best."
)
MORE_READING = (
    "How to read it: the interval score is the width of the 90 % interval, plus 20 times the distance by which it "
    "misses. The log score is minus the logarithm of the chance given to what happened, to the calendar day: the count "
    "beside it says how many draws agree. None of 1,000 counts as half of one, for so few cannot tell rare from "
    "impossible. A naive forecast has as many draws as there are histories, all equal where it names one number. "
    "Amounts have no log score: draws give them no density without further assumptions."
)


def scores_section(scored: Scorecard) -> str:
    """Return the tallies, the table of CRPS and skill, and the other scores to unfold."""
    told = items(verdict(scored, name) for name in scored.naive)
    reading = READING + (READING_OF_SKILL if scored.naive else "")
    main = figure(_crps(scored).html(), title="How far off every forecast was", reading=reading)
    return told + main + f"<details><summary>Interval and log scores</summary>{_more(scored)}</details>"


def naive_section(scored: Scorecard) -> str:
    """Return what each naive forecast says and why."""
    if not scored.naive:
        return "<p>No naive forecast lies beside these seeds.</p>"
    told = "".join(f"<dt>{escape(title)}</dt><dd>{escape(why)}</dd>" for title, why in scored.naive.values())
    return f'<dl class="questions">{told}</dl>'


def _crps(scored: Scorecard) -> Table:
    headings = ["measure", "unit", "the model"]
    for title, _ in scored.naive.values():
        headings += [title, "skill against it"]
    rows = tuple(tuple(_crps_cells(scored, row)) for row in scored.rows)
    return Table(headings=tuple(headings), rows=rows, numbers=tuple(range(2, len(headings))))


def _crps_cells(scored: Scorecard, row: ScoreRow) -> list[str]:
    cells = [row.observable.label, row.observable.unit, _value(row, MODEL)]
    for name in scored.naive:
        cells += [_value(row, name), _skill(row, name)]
    return cells


def _skill(row: ScoreRow, name: str) -> str:
    skill = row.skill(name)
    if skill is not None:
        return skill_number(skill)
    return "left out" if name in row.scores else NOTHING


def _value(row: ScoreRow, name: str) -> str:
    if name not in row.scores:
        return "no forecast"
    found = row.scores[name].crps
    error = f" ± {number(found.error)}" if 0 < found.error < math.inf and name == MODEL else ""
    return f"{number(found.value)}{error}{' *' if name in row.best else ''}"


def _more(scored: Scorecard) -> str:
    rows = []
    for row in scored.rows:
        for name, title in titles(scored):
            found = row.scores.get(name)
            if found is None:
                continue
            log = NOTHING if found.log is None else f"{found.log:.2f} ({found.hits:,} of {found.draws:,})"
            below = rank_words(row) if name == MODEL else ""
            rows.append((row.observable.label, title, number(found.interval), log, below))
    headings = ("measure", "forecast", "interval score", "log score", "rank of 100")
    return figure(
        Table(headings=headings, rows=tuple(rows), numbers=(2, 3, 4)).html(),
        title="Other scores",
        reading=MORE_READING,
    )
