"""Exactly what differs between the scenario files."""

from __future__ import annotations

from html import escape

from simulation.report.comparison.subject import Subject
from simulation.report.lesson import whole
from simulation.report.markup import Table, figure
from simulation.results.words import NOTHING


def changes_section(subject: Subject) -> str:
    """Return each scenario's question and lesson and a table of what it changes."""
    asked = "".join(_question(subject, name) for name in (subject.reference, *subject.others))
    rows = tuple(row for name in subject.others for row in _rows(subject, name))
    headings = ("scenario", "what is changed", "kind", "in the reference", "here")
    reading = (
        "How to read it: everything that is not in this table is the same in all scenarios, down to every input, "
        "every claim and the dice of every history. So a difference in the results comes from these lines. "
        "A dash means that there is nothing of the kind."
    )
    return f"<dl class='questions'>{asked}</dl>" + figure(
        Table(headings=headings, rows=rows).html(),
        title="What differs in the scenario files",
        reading=reading,
    )


def _question(subject: Subject, name: str) -> str:
    at = subject.comparison.names.index(name)
    title, question = subject.comparison.titles[at], subject.comparison.questions[at]
    told = f"{escape(question)}{whole(subject.lesson(name))}"
    return f"<dt>{escape(subject.labels[name])}: {escape(title)}</dt><dd>{told}</dd>"


def _rows(subject: Subject, name: str) -> list[tuple[str, ...]]:
    table = subject.comparison.changes
    label = subject.labels[name]
    found: list[tuple[str, ...]] = [
        (
            label,
            str(row["path"]),
            str(row["kind"]),
            str(row["reference"]) or NOTHING,
            str(row["value"]) or NOTHING,
        )
        for row in table[table["scenario"] == name].to_dict("records")
    ]
    return found or [(label, "nothing", NOTHING, NOTHING, NOTHING)]
