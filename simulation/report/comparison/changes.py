"""Exactly what differs between the scenario files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from simulation.comparison.change import Change, ChangeKind
from simulation.outcomes.labels import spell
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.lesson import whole
from simulation.report.markup import Table, figure
from simulation.wording.phrases import NOTHING, sentence


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
    known = subject.comparison.scenario(name)
    told = f"{escape(known.question)}{whole(known.lesson)}"
    return f"<dt>{escape(subject.labels[name])}: {escape(known.title)}</dt><dd>{told}</dd>"


def _rows(subject: ComparisonSubject, name: str) -> list[tuple[str, ...]]:
    label = subject.labels[name]
    found = [(label, *_row(subject, change)) for change in subject.comparison.differing[name]]
    return found or [(label, "nothing", *(3 * [NOTHING]))]


def _row(subject: ComparisonSubject, change: Change) -> tuple[str, ...]:
    """Return what is changed, from what to what, and where that comes from, in words for readers."""
    what = _WHAT[change.kind](subject, change)
    sides = [side.detail if side.name == what else side.words for side in (change.reference, change.value)]
    return sentence(what), *(part or NOTHING for part in (*map(sentence, sides), change.source))


def _measure(subject: ComparisonSubject, change: Change) -> str:
    """Return the name of the measure: that of the reference where both sides have one."""
    return change.reference.name or change.value.name or "the measures"


_WHAT: Mapping[ChangeKind, Callable[[ComparisonSubject, Change], str]] = {
    ChangeKind.MEASURE: _measure,
    ChangeKind.INPUT: lambda subject, change: subject.input_label(change.name),
    ChangeKind.GROUP: lambda subject, change: f"the group {spell(change.name)}",
    ChangeKind.CLAIM: lambda subject, change: f"claim {change.name}",
    ChangeKind.SETTING: lambda subject, change: f"the {change.name}",
}
