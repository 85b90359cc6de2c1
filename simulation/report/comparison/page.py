"""The whole page of a comparison: sections in their order."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.comparison.question_words import HEAD as QUESTION
from simulation.comparison.question_words import question_sentences
from simulation.comparison.sentences import NOT_CLEAR, answer_paragraphs, scenario_sentences
from simulation.report.comparison.changes import changes_section
from simulation.report.comparison.contrasts import contrasts_section, pairing_section
from simulation.report.comparison.difference import difference_section
from simulation.report.comparison.endings import endings_section
from simulation.report.comparison.falls import falls_section
from simulation.report.comparison.moves import moves_section
from simulation.report.comparison.outcomes import outcomes_section
from simulation.report.comparison.sources import sources_section
from simulation.report.comparison.subject import ComparisonSubject, subject
from simulation.report.comparison.summary import most_section
from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.lesson import prediction
from simulation.report.markup import Table, section
from simulation.report.repeat import repeat_section
from simulation.statistics.intervals import ending_shares
from simulation.updating.sentences import known_words
from simulation.wording.phrases import counted, of_hundred, sentence
from simulation.world.world import World

if TYPE_CHECKING:
    from simulation.comparison.comparison import Comparison
    from simulation.comparison.manifest import ComparisonManifest

TITLE = "What if one circumstance were different?"
SECTIONS: tuple[Section[ComparisonSubject], ...] = (
    Section("question", QUESTION, lambda subject: _asked(subject), shown=lambda subject: subject.conditioned),
    Section("most", "Which circumstance mattered most", most_section),
    Section("changes", "What differs between the scenarios", changes_section),
    Section("endings", "How it ends", endings_section, printed=True),
    Section("moves", "Which histories end differently", moves_section),
    Section("falls", "When places fall", falls_section),
    Section("outcomes", "Key outcomes", outcomes_section, printed=True),
    Section("map", "Where the map differs", difference_section, scripts=("map.js", "difference.js")),
    Section("pairing", "What pairing saved", pairing_section),
    Section("contrasts", "Every contrast", contrasts_section),
    Section("sources", "Where the numbers come from", sources_section),
    Section("repeat", "How to repeat this comparison", lambda subject: _repeat(subject)),
    Section("about", ABOUT, lambda subject: about(_example(subject), subject.leaves_out, subject.note)),
)
CAUTION = (
    "These are counts of plays of a model that is not calibrated: they say what follows from its assumptions, "
    "not what will happen in the world."
)
BY_WEIGHT = (
    "Everything on this page counts histories by these weights, in every scenario alike: “of 100 histories” means 100 "
    "that go as was reported, as far as the reports can be trusted. Intervals are as wide as the effective sample size "
    "makes them. What is clear is judged once, at the end: with more histories a difference that is clear here may "
    "turn out not to be."
)
BY_DRAWING = (
    "Everything on this page is said of these histories, in every scenario alike: “of 100 histories” means 100 that go "
    "as was reported, as far as the reports can be trusted. Intervals are as wide as the effective sample size makes "
    "them. What is clear is judged once, at the end: with more histories a difference that is clear here may turn out "
    "not to be."
)
LISTED, SHOWN = 6, 2


def write_comparison(comparison: Comparison, world: World, manifest: ComparisonManifest, path: Path) -> None:
    """Write the page of a comparison to one HTML file that needs no network; `world` is the reference's."""
    path.write_text(page(subject(comparison, world, manifest)), encoding="utf-8")


def page(subject: ComparisonSubject) -> str:
    """Return the page as HTML."""
    return document(
        command="compare",
        title=TITLE,
        kicker=_basis(subject),
        question=_question(subject),
        main=_opening(subject) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
        before=_prediction(subject),
    )


def _basis(subject: ComparisonSubject) -> str:
    known = subject.comparison
    size = f"{counted(known.replicates, 'history')} of {counted(known.days, 'day')} in each"
    return f"{sentence(known.scenarios[0].title)} · {len(known.scenarios)} scenarios · {size}"


def _question(subject: ComparisonSubject) -> str:
    """Return the only other scenario's question, or which of several circumstances changes most."""
    others = [subject.comparison.scenario(name) for name in subject.others]
    if len(others) == 1:
        return others[0].question
    told = " · ".join(sentence(each.title) for each in others[:LISTED])
    rest = f" · and {len(others) - LISTED} more" if len(others) > LISTED else ""
    return f"Which of these would change most, and how sure is that? {told}{rest}"


def _opening(subject: ComparisonSubject) -> str:
    told = "" if subject.nothing_differs else f"<h3>One by one</h3><ul>{_one_by_one(subject)}</ul>"
    link = f'<a href="#about">{escape(ABOUT)}</a>'
    paragraphs = answer_paragraphs(subject.comparison.answer_findings, subject.vocabulary)
    answer = "".join(_paragraph(each.head, each.sentences) for each in paragraphs)
    body = f'{answer}{told}<p class="caution">{escape(CAUTION)} {link}.</p>'
    return section("answer", "What can be told apart, and what cannot", body)


def _asked(subject: ComparisonSubject) -> str:
    """Return which question is asked on reports, the reports, and how to read numbers by weight."""
    condition = subject.comparison.condition
    assert condition is not None, "the section is shown only on reports"
    told = "".join(f"<p>{escape(text)}</p>" for text in question_sentences(condition, subject.vocabulary))
    headings = ("report", "known", "who says it", "what it says")
    reports = [pull.report for pull in condition.evidence.pulls]
    rows = tuple((each.id, known_words(each), each.speaker, each.text) for each in reports)
    table = Table(headings=headings, rows=rows).html()
    reading = BY_DRAWING if condition.is_sequential else BY_WEIGHT
    return f"{told}<p>{escape(reading)}</p><details><summary>The reports</summary>{table}</details>"


def _paragraph(head: str, sentences: Sequence[str]) -> str:
    """Return a paragraph of the answer: its first sentence large under its head, the others below."""
    if not head:
        return f'<p class="next">{_set(sentences)}</p>'
    lead, *more = sentences
    rest = f'<p class="next">{_set(more)}</p>' if more else ""
    return f'<h3>{escape(head)}</h3><p class="lead">{_set([lead])}</p>{rest}'


def _set(sentences: Sequence[str]) -> str:
    """Return sentences as HTML."""
    return escape(" ".join(f"{sentence(each)}." for each in sentences))


def _prediction(subject: ComparisonSubject) -> str:
    """Return what to predict where one scenario is compared with the reference; of several, none is asked."""
    others = [subject.comparison.scenario(name) for name in subject.others]
    return prediction(others[0].lesson) if len(others) == 1 else ""


def _one_by_one(subject: ComparisonSubject) -> str:
    """Return for each scenario its clearest sentences, and the others folded."""
    told = []
    for name, findings in subject.comparison.scenario_findings.items():
        sentences = scenario_sentences(findings, subject.vocabulary)
        shown = [each.text for each in sentences[:SHOWN] if each.kind not in NOT_CLEAR]
        rest = [each.text for each in sentences[len(shown) :]]
        more = f"<details><summary>and what else</summary><p>{_set(rest)}</p></details>" if rest else ""
        told.append(f"<li><strong>{escape(subject.labels[name])}.</strong> {_set(shown)}{more}</li>")
    return "".join(told)


def _repeat(subject: ComparisonSubject) -> str:
    return repeat_section(
        subject.manifest,
        histories=f"{subject.pairs} in every scenario, compared pair by pair",
        licences=subject.licences,
        names=[subject.labels[name] for name in subject.comparison.names],
    )


def _example(subject: ComparisonSubject) -> str:
    shares = ending_shares(subject.outcomes[subject.reference], list(subject.ending_labels))
    return of_hundred(max(shares.values(), key=lambda share: share.count))
