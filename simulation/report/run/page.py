"""The whole page: sections in their order, put into the template."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from simulation.outcomes.variables import OUTCOMES
from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.lesson import afterwards, prediction
from simulation.report.markup import section
from simulation.report.repeat import repeat_section
from simulation.report.run.claim_table import claims_section
from simulation.report.run.convergence import settling_section
from simulation.report.run.distributions import distributions_section
from simulation.report.run.drivers import drivers_section
from simulation.report.run.drivers_by_weight import weighted_drivers
from simulation.report.run.endings import endings_section
from simulation.report.run.falls import falls_section
from simulation.report.run.fans import displacement_section, losses_section, territory_section
from simulation.report.run.map import map_section
from simulation.report.run.record import record_section
from simulation.report.run.report_input import ReportInput
from simulation.report.run.single_histories import stories_section
from simulation.report.run.sources import origin, sources_section
from simulation.report.run.understood import understood_section
from simulation.report.run.updating import updating_section
from simulation.results.summary import answer
from simulation.statistics.intervals import ending_shares, weights_of
from simulation.wording.phrases import counted, of_hundred, sentence


@dataclass(frozen=True)
class RunSection(Section[ReportInput]):
    """A section of the report of a run: below it stands where its numbers come from.

    `outcomes` names those that it shows, or begins their names.
    """

    outcomes: tuple[str, ...] = ()

    def content(self, subject: ReportInput) -> str:
        """Return the HTML below the heading, with the line on the origin of the numbers."""
        return super().content(subject) + origin(subject, self.outcomes)


def _has_map(material: ReportInput) -> bool:
    return material.grid is not None


def _has_reports(material: ReportInput) -> bool:
    return bool(material.results.manifest.reports)


def _counts_alike(material: ReportInput) -> bool:
    """Return whether all histories count alike: of weighted ones no confidence sequence is known."""
    return not _has_reports(material)


def _is_understood(material: ReportInput) -> bool:
    return material.understood is not None


def _has_record(material: ReportInput) -> bool:
    return material.compared is not None


LAND = ("area_km2_",)
LOSSES = (
    "fighters_killed_",
    "fighters_wounded_",
    "fighters_captured_",
    "fighters_deserted_",
    "civilians_killed",
)
EVERYTHING = tuple(name for name in OUTCOMES if name != "events")
"""Every outcome but the count of events, to which all processes add."""
SECTIONS = (
    RunSection("understood", "What was understood", understood_section, shown=_is_understood),
    RunSection("endings", "How it ends", endings_section, printed=True),
    RunSection("updating", "What the reports changed", updating_section, shown=_has_reports, printed=True),
    RunSection("falls", "When places fall", falls_section, shown=_has_map, outcomes=LAND, printed=True),
    RunSection(
        "map", "Who holds what, day by day", map_section, shown=_has_map, outcomes=LAND, scripts=("map.js",)
    ),
    RunSection("territory", "Land", territory_section, shown=_has_map, outcomes=LAND),
    RunSection("losses", "Civilians and fighters killed", losses_section, outcomes=LOSSES, printed=True),
    RunSection(
        "displacement",
        "People in flight",
        displacement_section,
        shown=_has_map,
        outcomes=("displaced_peak",),
        printed=True,
    ),
    RunSection("spread", "How far results spread", distributions_section, outcomes=EVERYTHING),
    RunSection("settling", "How the estimate settled", settling_section, shown=_counts_alike),
    RunSection(
        "stories", "Single histories", stories_section, outcomes=EVERYTHING, scripts=("map.js", "replay.js")
    ),
    RunSection("claims", "Claims against histories", claims_section),
    RunSection("record", "Compared with the record", record_section, shown=_has_record),
    RunSection("drivers", "Which inputs matter", lambda material: _drivers(material)),
    RunSection("sources", "Where every number comes from", sources_section, scripts=("sources.js",)),
    RunSection("repeat", "How to repeat this run", lambda material: _repeat(material)),
)
"""The report's sections in their order. One that needs a map is left out of a world without."""


def write_report(material: ReportInput, path: Path) -> Path:
    """Write the report to one HTML file that needs no network; return its path."""
    path.write_text(page(material), encoding="utf-8")
    return path


def page(material: ReportInput) -> str:
    """Return the report as HTML."""
    return document(
        command="run",
        title=material.results.manifest.title,
        kicker=_basis(material),
        question=material.question,
        main=_opening(material) + sections(SECTIONS, material),
        scripts=scripts_of(SECTIONS),
        before=prediction(material.lesson),
    )


def _opening(material: ReportInput) -> str:
    answered = section("answer", "The answer in two sentences", f"<p>{escape(_answer(material))}</p>")
    told = about(_example(material), material.leaves_out, material.note) + afterwards(material.lesson)
    return answered + section("about", ABOUT, told)


def _repeat(material: ReportInput) -> str:
    manifest = material.results.manifest
    histories = f"{material.histories:,}, {manifest.per_case:,} for each draw of the inputs"
    return repeat_section(manifest, histories=histories, licences=material.licences)


def _answer(material: ReportInput) -> str:
    return answer(
        ending_shares(material.results.outcomes, material.results.manifest.endings), material.clauses
    )


def _example(material: ReportInput) -> str:
    shares = ending_shares(material.results.outcomes, material.results.manifest.endings)
    return of_hundred(max(shares.values(), key=lambda share: share.count))


def _basis(material: ReportInput) -> str:
    manifest, date = material.results.manifest, material.start
    days = f"up to {counted(manifest.days, 'day')} from {date.day} {date:%B %Y}"
    return (
        f"{counted(material.histories, 'random history')} of {days} · scenario {sentence(manifest.scenario)}"
    )


def _drivers(material: ReportInput) -> str:
    plain = weights_of(material.results.outcomes) is None and not material.results.manifest.is_branched
    return drivers_section(material) if plain else weighted_drivers(material)
