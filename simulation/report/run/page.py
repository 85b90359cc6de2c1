"""The whole page: sections in their order, put into the template."""

from __future__ import annotations

from html import escape
from pathlib import Path

from simulation.report.frame import ABOUT, about, document, sections
from simulation.report.lesson import afterwards, prediction
from simulation.report.markup import section
from simulation.report.run.claim_table import claims_section, repeat_section
from simulation.report.run.convergence import settling_section
from simulation.report.run.distributions import distributions_section
from simulation.report.run.drivers import drivers_section
from simulation.report.run.endings import endings_section
from simulation.report.run.falls import falls_section
from simulation.report.run.fans import displacement_section, losses_section, territory_section
from simulation.report.run.map import map_section
from simulation.report.run.report_input import ReportInput
from simulation.report.run.single_histories import stories_section
from simulation.report.run.sources import origin, sources_section
from simulation.results.summary import answer
from simulation.statistics.intervals import ending_shares
from simulation.wording.phrases import number, of_hundred, sentence

SECTIONS = (
    ("endings", "How it ends", endings_section),
    ("falls", "When places fall", falls_section),
    ("map", "Who holds what, day by day", lambda material: map_section(material)),
    ("territory", "Land", territory_section),
    ("losses", "Civilians and fighters killed", losses_section),
    ("displacement", "People in flight", displacement_section),
    ("spread", "How far results spread", distributions_section),
    ("settling", "How the estimate settled", settling_section),
    ("stories", "Single histories", stories_section),
    ("claims", "Claims against histories", claims_section),
    ("drivers", "Which inputs matter", drivers_section),
    ("sources", "Where every number comes from", sources_section),
    ("repeat", "How to repeat this run", repeat_section),
)
ON_A_MAP = ("falls", "map", "territory", "displacement")
"""Sections that a world without a map has nothing to show in."""


def write_report(material: ReportInput, path: Path) -> Path:
    """Write the report to one HTML file that needs no network; return its path."""
    path.write_text(page(material), encoding="utf-8")
    return path


def page(material: ReportInput) -> str:
    """Return the report as HTML."""
    return document(
        title=material.results.manifest.title,
        kicker=_basis(material),
        question=material.question,
        main=_opening(material)
        + sections(
            (name, heading, build(material) + origin(material, name))
            for name, heading, build in SECTIONS
            if material.grid is not None or name not in ON_A_MAP
        ),
        scripts=("map.js", "replay.js", "sources.js", "page.js"),
    )


def _opening(material: ReportInput) -> str:
    answered = section("answer", "The answer in two sentences", f"<p>{escape(_answer(material))}</p>")
    mapped = material.grid is not None
    told = about(_example(material), material.leaves_out, mapped=mapped) + afterwards(material.lesson)
    return prediction(material.lesson) + answered + section("about", ABOUT, told)


def _answer(material: ReportInput) -> str:
    return answer(
        ending_shares(material.results.outcomes, material.results.manifest.endings), material.meanings
    )


def _example(material: ReportInput) -> str:
    shares = ending_shares(material.results.outcomes, material.results.manifest.endings)
    return of_hundred(max(shares.values(), key=lambda share: share.count))


def _basis(material: ReportInput) -> str:
    manifest, date = material.results.manifest, material.start
    days = f"up to {number(manifest.days)} days from {date.day} {date:%B %Y}"
    return f"{material.histories:,} random histories of {days} · scenario {sentence(manifest.scenario)}"
