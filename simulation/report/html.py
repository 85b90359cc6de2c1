"""The whole page: sections in their order, put into the template."""

from __future__ import annotations

from html import escape
from pathlib import Path

from simulation.report.distributions import distributions_section
from simulation.report.document import ABOUT, about, document, sections
from simulation.report.drivers import drivers_section
from simulation.report.endings import endings_section
from simulation.report.evidence import claims_section, repeat_section
from simulation.report.falls import falls_section
from simulation.report.fans import displacement_section, losses_section, territory_section
from simulation.report.lesson import afterwards, prediction
from simulation.report.maps import map_table, map_widget, probable_frames
from simulation.report.markup import figure, section
from simulation.report.material import ReportInput
from simulation.report.settling import settling_section
from simulation.report.sources import linked, origin, sources_section
from simulation.report.stories import stories_section
from simulation.results.statistics import ending_shares
from simulation.results.summary import answer
from simulation.results.words import number, of_hundred, sentence

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


def map_section(material: ReportInput) -> str:
    """Return the map of the most likely holders."""
    assert material.grid is not None, "a world without a map has no such section"
    if material.results.cells.empty:
        return "<p>This run kept no map.</p>"
    frames = probable_frames(material, material.grid)
    label = (
        "Map of the most likely holder of every square, by day; the table below tells it for named places."
    )
    reading = (
        "How to read it: a square has the colour of the actor that holds it in most histories on that day; "
        "the paler it is, the more histories differ. Move the slider, or use the arrow keys once it is "
        "selected. Control on day 0 is an educational approximation, within about 5 km near the front line."
    )
    return figure(
        map_widget(material, material.grid, frames, name="map-control", label=label),
        reading=reading,
        table=linked(material, map_table(material, material.grid, frames), "places"),
        table_name="The same as a table of places",
    )


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
