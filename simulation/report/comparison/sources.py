"""Where the numbers behind a comparison come from: every input of the reference, and how to print a chain."""

from __future__ import annotations

from html import escape

from simulation.outcomes.labels import spell
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Table
from simulation.scenario.description import group_words, input_words
from simulation.scenario.inputs import Input
from simulation.wording.phrases import counted, sentence


def sources_section(subject: ComparisonSubject) -> str:
    """Return what all scenarios rest on, the inputs of the reference folded, and the commands that tell more."""
    drawn = sum(each.dist is not None for each in subject.inputs.values())
    text = (
        f"All scenarios rest on the same {subject.claims:,} claims of documents and the same {len(subject.inputs):,} "
        f"inputs, but for the lines under “What differs between the scenarios”. {drawn:,} inputs are ranges: each "
        "history draws a number from them, the same one in every scenario. Where no source gives a number it is "
        "called an assumption."
    )
    how = (
        "The whole chain of every actor, relation and number, down to the sentence of a document, is printed by "
        "these commands, typed in the folder of this page; the second follows a single name. The report of a single "
        "run has the same as a section to search."
    )
    return (
        f"<p>{escape(text)}</p>{_inputs(subject)}{_groups(subject)}<p>{escape(how)}</p>{_commands(subject)}"
    )


def _groups(subject: ComparisonSubject) -> str:
    """Return the groups of inputs that are drawn together, with their sources; nothing where there are none."""
    rows = tuple(
        (sentence(spell(name)), group_words(group, subject.inputs), group.source)
        for name, group in subject.together.items()
        if group.drawn(subject.inputs)
    )
    if not rows:
        return ""
    table = Table(
        headings=("group", "inputs that are drawn together", "where it comes from"), rows=rows
    ).html()
    summary = f"<summary>Inputs that are drawn together: {counted(len(rows), 'group')}</summary>"
    return f'<details class="numbers">{summary}{table}</details>'


def _inputs(subject: ComparisonSubject) -> str:
    rows = tuple(_row(each) for each in subject.inputs.values())
    table = Table(headings=("input", "what it means", "value", "where it comes from"), rows=rows).html()
    return f'<details class="numbers"><summary>All inputs of the reference: {len(rows):,}</summary>{table}</details>'


def _row(each: Input) -> tuple[str, ...]:
    return sentence(each.label), each.meaning, input_words(each, digits=3), each.source


def _commands(subject: ComparisonSubject) -> str:
    file = f"runs/{subject.runs[subject.reference].folder.name}/scenario.yaml"
    name = next((name for name, each in subject.inputs.items() if each.dist is not None), "NAME")
    lines = f"simulate sources {file}\nsimulate sources {file} {name}"
    return f'<pre class="command" tabindex="0"><code>{escape(lines)}</code></pre>'
