"""The page of a forecast as a film: what was expected as of one date after the other, and what then happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from simulation.report.frame import ABOUT, Section, about, document, scripts_of, sections
from simulation.report.hindcast.dates import before_and_after
from simulation.report.hindcast.marks import key
from simulation.report.hindcast.picture import CUT, READING, forecast_plot
from simulation.report.hindcast.scorecard import READING as READING_OF_SCORES
from simulation.report.markup import Table, figure, items, section
from simulation.report.page_data import LEAVES_OUT, licences
from simulation.report.repeat import repeat_section
from simulation.results.manifest_head import ManifestHead
from simulation.scoring.as_of import BEFORE
from simulation.scoring.film import FilmRow, ScoredFilm
from simulation.scoring.film_words import film_sentences, three
from simulation.scoring.scorecard import MODEL, ScoreRow
from simulation.scoring.sentences import ONE_EVENT, frequency_of, truth_words
from simulation.statistics.intervals import ending_shares
from simulation.updating.change import Update
from simulation.wording.phrases import counted, of_hundred, sentence
from simulation.world.world import World

TITLE = "The forecast, one date after the other"
QUESTION = "What was to be expected as more became known, and what of it happened?"
WHAT = (
    "Each date is a forecast of its own: the histories are updated on all reports that were known by the end of it, "
    "and nothing later. Only what was still open then is scored. The naive forecasts begin on the same date, from "
    "where the updated histories stand, for that is the best that anybody knew of it."
)
SAME = " Top row: the model before any report. A measure leaves the film once it has happened."
NO_REPORTS = "before any report"


@dataclass(frozen=True, kw_only=True)
class FilmSubject:
    """What the page is made from: the scorecards and what the reports changed, by date; `manifest` of the film."""

    scored: ScoredFilm
    updates: Mapping[str, Update]
    world: World
    manifest: ManifestHead


SECTIONS: tuple[Section[FilmSubject], ...] = (
    Section("film", "What was expected, and what happened", lambda subject: "".join(_panels(subject))),
    Section(
        "dates", "The dates side by side", lambda subject: before_and_after(subject.updates, subject.world)
    ),
    Section("scores", "How far off each forecast was", lambda subject: _scores(subject)),
    Section("repeat", "How to repeat this", lambda subject: _repeat(subject)),
    Section("about", ABOUT, lambda subject: about(_example(subject), LEAVES_OUT, subject.world.region.note)),
)


def write_film(subject: FilmSubject, path: Path) -> None:
    """Write the page to one HTML file that needs no network."""
    path.write_text(page(subject), encoding="utf-8")


def page(subject: FilmSubject) -> str:
    """Return the page as HTML."""
    first, dates = subject.scored.first, subject.scored.cards
    size = f"{counted(first.replicates, 'history')} of {counted(first.horizon, 'day')}"
    return document(
        command="film",
        title=TITLE,
        kicker=f"{sentence(first.title)} · {counted(len(dates), 'date')} · {size}",
        question=QUESTION,
        main=_opening(subject) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
    )


def _opening(subject: FilmSubject) -> str:
    found = "".join(f"<li>{escape(each)}</li>" for each in film_sentences(subject.scored))
    cautions = (ONE_EVENT, *subject.scored.first.notes)
    told = "".join(f'<p class="caution">{escape(each)}</p>' for each in cautions)
    return section("answer", "How the forecasts did", f"<p>{escape(WHAT)}</p><ul>{found}</ul>{told}")


def _panels(subject: FilmSubject) -> Iterator[str]:
    """Yield the key, and a figure for each measure: a row before any report and one for each date."""
    scored = subject.scored
    plain = replace(
        scored.first, naive={name: told for name, told in scored.first.naive.items() if name != BEFORE}
    )
    yield key(plain)
    yield f"<p>{escape(READING + CUT + SAME)}</p>"
    for k, row in enumerate(scored.rows):
        if row.observable.kind == "ending":
            yield f"<p>{escape(_ending(row))}</p>"
            continue
        yield figure(
            forecast_plot(f"film-{k}", plain, list(_frames(row))).html(),
            title=f"{row.observable.label}: {truth_words(row.observable)}",
            reading="",
        )


def _frames(row: FilmRow) -> Iterator[ScoreRow]:
    """Yield a measure before any report and as of each date, each under its date."""
    first = next(iter(row.frames.values()))
    yield ScoreRow(observable=replace(row.observable, label=NO_REPORTS), scores={MODEL: first.scores[BEFORE]})
    for date, found in row.frames.items():
        scores = {name: each for name, each in found.scores.items() if name != BEFORE}
        yield ScoreRow(observable=replace(row.observable, label=f"as of {date}"), scores=scores)


def _ending(row: FilmRow) -> str:
    first = next(iter(row.frames.values()))
    told = [f"{NO_REPORTS} in {frequency_of(first.scores[BEFORE])}"]
    told += [f"as of {date} in {frequency_of(found.scores[MODEL])}" for date, found in row.frames.items()]
    return f"{row.observable.label}: it did; in the model {', '.join(told)}."


def _scores(subject: FilmSubject) -> str:
    scored = subject.scored
    headings = ["measure", "what happened"]
    for date in scored.cards:
        headings += [f"updated, {date}", "without the reports", "best naive"]
    rows = tuple(
        (
            row.observable.label,
            truth_words(row.observable),
            *(cell for date in scored.cards for cell in three(row, date)),
        )
        for row in scored.rows
    )
    table = Table(headings=tuple(headings), rows=rows, numbers=tuple(range(2, len(headings))))
    reading = (
        f"{READING_OF_SCORES} A star marks the best of the three; a dash says that it had happened by then."
    )
    return figure(table.html(), title="CRPS as of each date", reading=reading)


def _repeat(subject: FilmSubject) -> str:
    manifest = subject.manifest
    return repeat_section(
        manifest,
        histories=f"{manifest.replicates:,} for each date",
        licences=licences(subject.world),
        where="Type it in the folder of this page, where the folder runs lies beside it.",
    ) + items([f"As of {date}: a hindcast of its own, with all tables." for date in subject.scored.cards])


def _example(subject: FilmSubject) -> str:
    results = next(iter(subject.updates.values())).results
    shares = ending_shares(results.outcomes, results.manifest.endings)
    return of_hundred(max(shares.values(), key=lambda share: share.count))
