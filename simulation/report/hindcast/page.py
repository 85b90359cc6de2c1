"""The whole page of a hindcast: sections in their order."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.hindcast.picture import picture_section
from simulation.report.hindcast.ranks import ranks_section
from simulation.report.hindcast.scorecard import naive_section, scores_section
from simulation.report.markup import items, section
from simulation.report.page_data import LEAVES_OUT, licences
from simulation.report.repeat import repeat_section
from simulation.results.folder import Results
from simulation.scoring.scorecard import Scorecard
from simulation.scoring.sentences import ONE_EVENT, against, as_of_words, where
from simulation.statistics.intervals import ending_shares
from simulation.wording.phrases import counted, of_hundred, sentence
from simulation.world.world import World

TITLE = "What happened, against the forecast"
QUESTION = "Where does what happened lie among the histories, and would a naive forecast have done better?"
NEVER = (
    "The histories know nothing of it: what happened stands in files that only the scoring opens. No number of the "
    "model may be chosen or moved because of it."
)
RULES = (
    "A day is a calendar day: 8 is all of day 8, 10.5 the night after day 10. The model's clock is rounded down to it.",
    "A place falls when it first passes to the side named (to anybody, if none is), or when the government that holds "
    "it stands down.",
    "A run has an end. A place that has not fallen by then counts as falling on that day, in every forecast and in the "
    "truth alike, so days after the end are not looked at.",
    "An amount by day 11 is read at the end of day 11. A history that ended earlier keeps its last value.",
    "Where sources differ, the best value is scored and the spread is only shown. H, M and L is how sure the value is.",
    "An ending is a yes or no; its CRPS is the square of the chance that the forecast gave to the other answer.",
)


@dataclass(frozen=True, kw_only=True)
class HindcastSubject:
    """What the page is made from."""

    scored: Scorecard
    world: World
    results: Results


SECTIONS: tuple[Section[HindcastSubject], ...] = (
    Section("picture", "Forecast and truth", lambda subject: picture_section(subject.scored), printed=True),
    Section(
        "ranks", "Where the truth lies among the histories", lambda subject: ranks_section(subject.scored)
    ),
    Section("scores", "Who did better", lambda subject: scores_section(subject.scored), printed=True),
    Section("naive", "The naive forecasts", lambda subject: naive_section(subject.scored)),
    Section("rules", "How it is scored", lambda subject: _rules(subject.scored)),
    Section("repeat", "How to repeat this", lambda subject: _repeat(subject)),
    Section("about", ABOUT, lambda subject: about(_example(subject), LEAVES_OUT, subject.world.region.note)),
)


def write_hindcast(scored: Scorecard, world: World, results: Results, path: Path) -> Path:
    """Write the page to one HTML file that needs no network; return its path."""
    path.write_text(page(HindcastSubject(scored=scored, world=world, results=results)), encoding="utf-8")
    return path


def page(subject: HindcastSubject) -> str:
    """Return the page as HTML."""
    return document(
        command="hindcast",
        title=TITLE,
        kicker=_basis(subject),
        question=QUESTION,
        main=_opening(subject.scored) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
    )


def _basis(subject: HindcastSubject) -> str:
    scored = subject.scored
    size = f"{counted(scored.replicates, 'history')} of {counted(scored.horizon, 'day')}"
    return f"{sentence(scored.title)} · {size} · {counted(len(scored.rows), 'measure')}"


def _opening(scored: Scorecard) -> str:
    told = "".join(f"<li>{escape(against(scored, name))}.</li>" for name in scored.naive)
    body = f'<p class="lead">{escape(where(scored))}.</p><ul>{told}</ul>' + "".join(
        f'<p class="caution">{escape(text)}</p>'
        for text in (*as_of_words(scored), ONE_EVENT, *scored.notes, NEVER)
    )
    return section("answer", "How the forecast did", body)


def _rules(scored: Scorecard) -> str:
    left = [f"{each.what} {each.why}" for each in scored.not_scored]
    return items(RULES) + (f"<h3>Not scored</h3>{items(left)}" if left else "")


def _repeat(subject: HindcastSubject) -> str:
    return repeat_section(
        subject.results.manifest,
        histories=f"{subject.scored.replicates:,}",
        licences=licences(subject.world),
    )


def _example(subject: HindcastSubject) -> str:
    shares = ending_shares(subject.results.outcomes, subject.results.manifest.endings)
    return of_hundred(max(shares.values(), key=lambda share: share.count))
