"""Exactly what differs between the scenario files."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.lesson import whole
from simulation.report.markup import Table, figure
from simulation.scenario.description import NOT_SET
from simulation.wording.phrases import NOTHING, sentence
from simulation.wording.plain import Row, rows_of


def changes_section(subject: ComparisonSubject) -> str:
    """Return each scenario's question and lesson and a table of what it changes."""
    asked = "".join(_question(subject, name) for name in (subject.reference, *subject.others))
    rows = tuple(row for name in subject.others for row in _rows(subject, name))
    headings = ("scenario", "what is changed", "in the reference", "here", "where that comes from")
    reading = (
        "How to read it: everything that is not in this table is the same in all scenarios, down to every input, "
        "every claim and the dice of every history. So a difference in the results comes from these lines. "
        "“Not set” says what holds where a scenario is silent. An assumption is our own: somebody had to put a number."
    )
    return f"<dl class='questions'>{asked}</dl>" + figure(
        Table(headings=headings, rows=rows).html(),
        title="What differs in the scenario files",
        reading=reading,
    )


def _question(subject: ComparisonSubject, name: str) -> str:
    at = subject.comparison.names.index(name)
    title, question = subject.comparison.titles[at], subject.comparison.questions[at]
    told = f"{escape(question)}{whole(subject.lesson(name))}"
    return f"<dt>{escape(subject.labels[name])}: {escape(title)}</dt><dd>{told}</dd>"


def _rows(subject: ComparisonSubject, name: str) -> list[tuple[str, ...]]:
    table, label = subject.comparison.changes, subject.labels[name]
    found = [(label, *_row(subject, row)) for row in rows_of(table[table["scenario"] == name])]
    return found or [(label, "nothing", *(3 * [NOTHING]))]


def _row(subject: ComparisonSubject, row: Row) -> tuple[str, ...]:
    """Return what is changed, from what to what, and where that comes from, in words for readers."""
    sides = [str(row["reference"]), str(row["value"])]
    what = _WHAT[str(row["kind"])](subject, str(row["path"]), sides)
    sides = [sentence(side.removeprefix(f"{what}: ")) for side in sides]
    return sentence(what), *(side or NOTHING for side in (*sides, str(row["source"])))


def _measure(subject: ComparisonSubject, path: str, sides: list[str]) -> str:
    """Return the name of a measure, which stands before its numbers on one of the two sides."""
    named = [side.partition(": ")[0] for side in sides if side and not side.startswith(NOT_SET)]
    return named[0] if named and ": " in "".join(sides) else "the measures"


_WHAT: dict[str, Callable[[ComparisonSubject, str, list[str]], str]] = {
    "measure": _measure,
    "input": lambda subject, path, sides: subject.input_label(path),
    "claim": lambda subject, path, sides: f"claim {path.removeprefix('claims.')}",
    "setting": lambda subject, path, sides: f"the {path}",
}
