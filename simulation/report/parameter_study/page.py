"""The whole page of a sweep: sections in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from simulation.parameter_study.factor import INPUTS, Factor, shown
from simulation.parameter_study.manifest import SweepManifest
from simulation.parameter_study.sentences import answer, basis, sentences
from simulation.parameter_study.study import ParameterStudy
from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.markup import Table, items, section
from simulation.report.page_data import LEAVES_OUT, licences
from simulation.report.parameter_study.clouds import cloud_figures
from simulation.report.parameter_study.curves import curves_figure
from simulation.report.parameter_study.panels import panel_figures
from simulation.report.repeat import repeat_section
from simulation.scenario.inputs import Input
from simulation.wording.phrases import counted, listed, sentence
from simulation.world.world import World

CAUTION = (
    "This says what the model does at these points, and the model is not calibrated. Every other number is drawn as "
    "the scenario says, so that each point is a whole range of histories."
)

MOST_VALUES = 12


@dataclass(frozen=True, kw_only=True)
class SweepSubject:
    """A sweep with what its page shows beside it; `world` is that of the first point."""

    study: ParameterStudy
    world: World
    manifest: SweepManifest


SECTIONS: tuple[Section[SweepSubject], ...] = (
    Section("points", "Point by point", lambda subject: _figures(subject.study), printed=True),
    Section("outcomes", "Outcome by outcome", lambda subject: items(sentences(subject.study))),
    Section("inputs", "What was swept", lambda subject: _swept(subject)),
    Section("repeat", "How to repeat this sweep", lambda subject: _repeat(subject)),
    Section("about", ABOUT, lambda subject: about(_example(subject), LEAVES_OUT, subject.world.region.note)),
)


def write_sweep(study: ParameterStudy, world: World, manifest: SweepManifest, path: Path) -> None:
    """Write the page of a sweep to one HTML file that needs no network."""
    path.write_text(page(SweepSubject(study=study, world=world, manifest=manifest)), encoding="utf-8")


def page(subject: SweepSubject) -> str:
    """Return the page as HTML."""
    study = subject.study
    return document(
        command="sweep",
        title="What if these numbers were others?",
        kicker=f"{sentence(study.title)} · {counted(len(study.design.points), 'point')} of "
        f"{counted(study.replicates, 'history')} · {counted(study.days, 'day')}",
        question=_question(study),
        main=_opening(study) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
    )


def _question(study: ParameterStudy) -> str:
    return (
        f"How do endings, places and people depend on {listed([factor.label for factor in study.factors])}?"
    )


def _opening(study: ParameterStudy) -> str:
    body = f'<p class="lead">{escape(answer(study))}</p><p class="next">{escape(sentence(basis(study)))}.</p>'
    return section("answer", "The answer", body + f'<p class="caution">{escape(CAUTION)}</p>')


def _figures(study: ParameterStudy) -> str:
    """Return the figures that fit the number of inputs."""
    if len(study.factors) == 1:
        return curves_figure(study)
    return panel_figures(study) if len(study.factors) == 2 and study.design.full else cloud_figures(study)


def _swept(subject: SweepSubject) -> str:
    inputs = subject.world.scenario.inputs
    rows = tuple(
        (factor.label, _meaning(factor, inputs), factor.unit, _values(factor))
        for factor in subject.study.factors
    )
    return Table(headings=("input", "what it means", "unit", "values"), rows=rows).html()


def _meaning(factor: Factor, inputs: Mapping[str, Input]) -> str:
    known = inputs.get(factor.path.removeprefix(INPUTS))
    return factor.path if known is None else known.meaning


def _values(factor: Factor) -> str:
    """Return the values in a list; of very many numbers the ends."""
    if factor.numbers and len(factor.values) > MOST_VALUES:
        return f"{len(factor.values)} values from {shown(factor.values[0])} to {shown(factor.values[-1])}"
    return ", ".join(map(shown, factor.values))


def _repeat(subject: SweepSubject) -> str:
    points, histories = len(subject.study.design.points), subject.manifest.replicates
    return repeat_section(
        subject.manifest,
        histories=f"{histories:,} at each of {points} points",
        licences=licences(subject.world),
    )


def _example(subject: SweepSubject) -> str:
    return counted(subject.study.replicates, "history")
