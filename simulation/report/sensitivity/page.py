"""The whole page of a study: sections in their order."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.markup import Table, section
from simulation.report.page_data import LEAVES_OUT, licences
from simulation.report.repeat import repeat_section
from simulation.report.sensitivity.bars import bars_section
from simulation.report.sensitivity.convergence import settling_section
from simulation.report.sensitivity.dots import dots_section, effects_section, luck_section
from simulation.scenario.description import range_words
from simulation.sensitivity_analysis.entries import study_entries
from simulation.sensitivity_analysis.manifest import StudyManifest
from simulation.sensitivity_analysis.study import GIVEN, MORRIS, Study
from simulation.wording.phrases import counted, sentence
from simulation.world.world import World

QUESTION = "How much is chance, and which of the numbers nobody knows drive the result?"
GIVEN_QUESTION = "Given what was reported, which of the numbers nobody knows drive what still differs?"
CAUTION = (
    "This explains a model that is not calibrated. An input that drives the model's result is where more "
    "knowledge, or doubt about the model, is worth most; it need not be what drives events in the world. All "
    "shares hold for the ranges that the scenario gives its inputs: a wider range drives more."
)


@dataclass(frozen=True, kw_only=True)
class StudySubject:
    """A study with what its page shows beside it."""

    study: Study
    world: World
    manifest: StudyManifest


SHARES: tuple[Section[StudySubject], ...] = (
    Section("chance", "Chance against ignorance", lambda subject: bars_section(subject.study), printed=True),
    Section("inputs", "Which inputs drive what", lambda subject: dots_section(subject.study), printed=True),
    Section("luck", "Why luck is kept apart", lambda subject: luck_section(subject.study)),
    Section("settling", "How the shares settled", lambda subject: settling_section(subject.study)),
)
WALKS: tuple[Section[StudySubject], ...] = (
    Section("effects", "Which inputs show an effect", lambda subject: effects_section(subject.study)),
)
CONDITIONED: tuple[Section[StudySubject], ...] = (
    Section(
        "inputs",
        "Which inputs drive what, given what was reported",
        lambda subject: dots_section(subject.study),
        printed=True,
    ),
)
ENDING: tuple[Section[StudySubject], ...] = (
    Section("names", "What the inputs mean", lambda subject: _inputs(subject)),
    Section("repeat", "How to repeat this study", lambda subject: _repeat(subject)),
    Section("about", ABOUT, lambda subject: about(_example(subject), LEAVES_OUT, subject.world.region.note)),
)


def write_sensitivity(study: Study, world: World, manifest: StudyManifest, path: Path) -> None:
    """Write the page of a study to one HTML file that needs no network."""
    path.write_text(page(StudySubject(study=study, world=world, manifest=manifest)), encoding="utf-8")


def page(subject: StudySubject) -> str:
    """Return the page as HTML."""
    study = subject.study
    shown = shown_sections(study)
    return document(
        command="sensitivity",
        title="What drives the result?",
        kicker=f"{sentence(study.title)} · {_size(study)} · {_design(study)}",
        question=GIVEN_QUESTION if study.method == GIVEN else QUESTION,
        main=_opening(study) + sections(shown, subject),
        scripts=scripts_of(shown),
    )


def shown_sections(study: Study) -> tuple[Section[StudySubject], ...]:
    """Return the sections of the page of a study, which follow from its method."""
    return (*{MORRIS: WALKS, GIVEN: CONDITIONED}.get(study.method, SHARES), *ENDING)


def _size(study: Study) -> str:
    return f"{counted(study.histories, 'history')} of {counted(study.days, 'day')}"


def _design(study: Study) -> str:
    inputs = counted(len(study.inputs), "input")
    if study.method == MORRIS:
        return f"{counted(study.rows, 'walk')} through {inputs}"
    if study.method == GIVEN:
        return f"worth {study.effective:,.0f} after the reports · {inputs}"
    return f"{counted(study.cases, 'draw')} of {inputs}, each played twice"


def _opening(study: Study) -> str:
    lead, *rest = study.answer_sentences
    body = f'<p class="lead">{escape(lead)}</p>'
    body += f'<p class="next">{escape(" ".join(rest))}</p>' if rest else ""
    return section("answer", "The answer", body + f'<p class="caution">{escape(CAUTION)}</p>')


def _inputs(subject: StudySubject) -> str:
    scenario = subject.world.scenario
    declared, entries = scenario.inputs, study_entries(scenario.inputs, scenario.together)
    asked = {
        name
        for each in subject.study.inputs
        for name in (entries[each].signs if each in entries else (each,))
    }
    rows = tuple(
        (sentence(each.label), each.meaning, each.unit, range_words(each))
        for name, each in declared.items()
        if name in asked
    )
    told = "".join(f"<p>{escape(text)}</p>" for text in subject.study.notes)
    table = Table(headings=("input", "what it means", "unit", "range"), rows=rows).html()
    summary = f"<summary>All {len(rows)} uncertain inputs that were asked about</summary>"
    return f'{told}<details class="numbers">{summary}{table}</details>'


def _repeat(subject: StudySubject) -> str:
    return repeat_section(
        subject.manifest, histories=f"{subject.study.histories:,}", licences=licences(subject.world)
    )


def _example(subject: StudySubject) -> str:
    return counted(subject.study.histories, "history")
