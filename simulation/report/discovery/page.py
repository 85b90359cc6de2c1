"""The whole page of a discovery: sections in their order."""

from __future__ import annotations

import shlex
from html import escape
from pathlib import Path

from simulation.report.discovery.bars import bars_figure
from simulation.report.discovery.peeling import peeling_figure
from simulation.report.discovery.subject import DiscoverySubject
from simulation.report.frame import Section, document, scripts_of, sections
from simulation.report.markup import Table, section
from simulation.report.repeat import repeat_section
from simulation.scenario_discovery.condition import conditions_words
from simulation.scenario_discovery.discovery import Discovery
from simulation.scenario_discovery.sentences import answer, caution, second_look, weight_words
from simulation.scenario_discovery.terminal import per_hundred
from simulation.wording.phrases import counted, sentence

CAUTION = (
    "A condition says where, among the histories of a model that is not calibrated, something happens more often. It "
    "is no cause: an input may stand in for what goes along with it, and what the conditions leave out is chance, or "
    "takes several inputs together."
)

SECTIONS: tuple[Section[DiscoverySubject], ...] = (
    Section(
        "conditions",
        "The conditions, one by one",
        bars_figure,
        lambda subject: subject.found.confirmed,
        printed=True,
    ),
    Section(
        "tree", "A second look: a decision tree", lambda subject: _tree(subject), lambda s: s.found.confirmed
    ),
    Section("search", "How the search went", peeling_figure, lambda subject: bool(subject.found.steps)),
    Section("repeat", "How to repeat this", lambda subject: _repeat(subject)),
)


def write_discovery(subject: DiscoverySubject, path: Path) -> None:
    """Write the page of a discovery to one HTML file that needs no network."""
    path.write_text(page(subject), encoding="utf-8")


def page(subject: DiscoverySubject) -> str:
    """Return the page as HTML."""
    return document(
        command="discover",
        title="Under which conditions?",
        kicker=f"{sentence(subject.manifest.title)} · {counted(subject.found.histories, 'history')} of "
        f"{counted(subject.manifest.days, 'day')}",
        question=f"When does it happen that {subject.happens}?",
        main=_opening(subject) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
        plots=bool(subject.found.steps),
    )


def _opening(subject: DiscoverySubject) -> str:
    told = " ".join(text for text in _told(subject.found) if text)
    body = f'<p class="lead">{escape(answer(subject.found, subject.happens))}</p>'
    body += f'<p class="next">{escape(told)}</p>' if told else ""
    return section("answer", "The answer", body + f'<p class="caution">{escape(CAUTION)}</p>')


def _told(found: Discovery) -> tuple[str, ...]:
    return second_look(found), caution(found), weight_words(found)


def _tree(subject: DiscoverySubject) -> str:
    """Return the leaves of the tree as a table."""
    rows = tuple(
        (
            sentence(conditions_words(leaf.conditions) or "all histories"),
            f"{leaf.held_out.both:,} of {leaf.held_out.met:,}",
            per_hundred(leaf.held_out),
        )
        for leaf in subject.found.leaves
    )
    table = Table(headings=("histories with", "it happened in", "of 100"), rows=rows, numbers=(1, 2))
    text = (
        "The tree asks at most three questions, each where the answer best parts the histories in which it happened "
        "from the others; every history lies in one row. It was grown on one half, and the numbers are of the other."
    )
    return f"<p>{escape(text)}</p>{table.html()}"


def _repeat(subject: DiscoverySubject) -> str:
    return repeat_section(
        subject.manifest,
        histories=f"{subject.found.histories:,}",
        licences=(),
        command=shlex.join(("simulate", "discover", ".", "--outcome", subject.text)),
        where="Type it in the folder of the run.",
    )
