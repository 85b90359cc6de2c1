"""The library: the forecast as a film, scored as of one date after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.conditioning import date_of, updated
from simulation.api.hindcast import PAGE as DATE_PAGE
from simulation.api.hindcast import Hindcast, finished_hindcast, hindcast_in
from simulation.api.hindcast import write_page as write_date
from simulation.api.scored_scenario import Scored, ScoredScenario
from simulation.api.setup import asked_of, terms_of
from simulation.errors import InputError
from simulation.io.folders import FIRST_CASE
from simulation.results.checkpoint import Checkpoint
from simulation.results.manifest_head import MANIFEST, Failure
from simulation.results.manifest_reader import read_manifest
from simulation.results.opening import page_in
from simulation.results.publication import Publication
from simulation.results.unfinished import Unfinished
from simulation.scoring.film import ScoredFilm
from simulation.scoring.film_manifest import FilmManifest, film_manifest
from simulation.scoring.film_words import film_sentences, film_text
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

PAGE, TABLE = "film.html", "film"
SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Film:
    """Finished hindcasts as of several dates, in order, with the folder of their common table and page."""

    hindcasts: tuple[Hindcast, ...]
    manifest: FilmManifest
    folder: Path
    report: Path | None

    def __repr__(self) -> str:
        """Return what was scored, as of when, and the folder on one line."""
        dates = ", ".join(self.scored.cards)
        return one_line(self, f"of {self.hindcasts[0].manifest.scenario} as of {dates} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=film_text(self.scored), page=self.report)

    @property
    def scored(self) -> ScoredFilm:
        """The scorecards by date."""
        return ScoredFilm({str(each.manifest.as_of): each.scored for each in self.hindcasts})

    @property
    def scores(self) -> pd.DataFrame:
        """One row for each date, measure and forecast."""
        return _table(self.scored)

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The histories that could not be finished, of any date."""
        return self.manifest.failed

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        return {
            "schema_version": SCHEMA_VERSION,
            "folder": str(self.folder),
            "as_of": list(self.scored.cards),
            "sentences": list(film_sentences(self.scored)),
            "hindcasts": [each.summary() for each in self.hindcasts],
        }

    def text(self) -> str:
        """Return the summary for a terminal."""
        return f"{film_text(self.scored)}\n{whereabouts(self.folder, self.report, called='Page')}"


def film(
    scenario: str | Path = FIRST_CASE,
    as_of: Sequence[date | str] = (),
    *,
    truth: Sequence[str | Path] | str | Path = (),
    replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    client: Client | None = None,
    out: str | Path | None = None,
    report: bool = True,
    progress: bool = False,
    overrides: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    sequential: bool | None = None,
) -> Film:
    """Score what was still open as of each of some dates, and put the forecasts side by side.

    Each date makes a hindcast of its own, as `hindcast(as_of=…)` does, in a folder named by its date under `runs/`.
    They lie in one folder, `out` or `results/film-…`, with the table and the page that hold them together. A doubt must
    be of a report that was known by the first date. InputError as `hindcast`, and for fewer than two dates or dates out
    of order.
    """
    dates = _dates(as_of)
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    asked = asked_of(terms, replicates, sequential=sequential)
    settings, files = arguments.texts("overrides", overrides), arguments.paths("truth", truth)
    return play_film(
        [
            ScoredScenario(
                file=scenario, settings=settings, truth=files, asked=asked,
                known=partial(updated, as_of=each, given=(), doubt=doubt),
            )
            for each in dates
        ]
    )  # fmt: skip


def play_film(every: Sequence[ScoredScenario]) -> Film:
    """Run the scenarios of a film, one for each date, and score them side by side, as they are asked for."""
    asked, manifests = every[0].asked, [each.checked() for each in every]
    place = Publication(film_manifest(manifests), asked.place, asked.within)
    by_folder = dict(zip(place.manifest.folders, every, strict=True))
    with Unfinished(place, partial(_write_inputs, by_folder), asked.unfinished) as unfinished, place:
        found = []
        for (name, each), manifest in zip(by_folder.items(), manifests, strict=True):
            folder = place.working / name
            folder.mkdir(parents=True)
            found.append(each.play(manifest, folder, partial(_kept, unfinished, name)))
        pages = [
            place.page(partial(_write_date, one), f"{name}/{DATE_PAGE}") if asked.report else None
            for name, one in zip(by_folder, found, strict=True)
        ]
        made = partial(_film, by_folder, found, pages)
        _table(made(place.working, place.manifest).scored).to_parquet(place.working / f"{TABLE}.parquet")
        place.seal(place.manifest.following([one.manifest for one in found]))
        done = made(place.working, place.manifest)
        page = place.page(partial(write_page, done), PAGE) if asked.report else None
    return made(place.folder, place.manifest, page)


def _film(
    every: Mapping[str, ScoredScenario],
    found: Sequence[Scored],
    pages: Sequence[Path | None],
    folder: Path,
    manifest: FilmManifest,
    page: Path | None = None,
) -> Film:
    """Return the film of hindcasts that were just made, by the folder in which it lies."""
    made = [
        finished_hindcast(folder / name, each, one, of_date)
        for (name, each), one, of_date in zip(every.items(), found, pages, strict=True)
    ]
    return Film(hindcasts=tuple(made), manifest=manifest, folder=folder, report=page)


def film_in(folder: Path, manifest: FilmManifest) -> Film:
    """Return the finished film in a folder, each date scored again by the draws that are stored there."""
    made = [hindcast_in(folder / name, read_manifest(folder / name / MANIFEST)) for name in manifest.folders]
    return Film(hindcasts=tuple(made), manifest=manifest, folder=folder, report=page_in(folder, manifest))


def _kept(unfinished: Unfinished, name: str, what: str) -> Checkpoint:
    """Return where histories of a hindcast are kept: plain ones in its folder, others in one of a name below."""
    return unfinished.checkpoint(f"{name}/{what}" if what else name)


def _write_inputs(every: Mapping[str, ScoredScenario], folder: Path) -> None:
    """Write what each date is played from into its folder."""
    first: Path | None = None
    for name, each in every.items():
        (folder / name).mkdir(parents=True)
        each.write_inputs(folder / name, beside=first)
        first = first or folder / name


def _dates(as_of: Sequence[date | str]) -> tuple[date, ...]:
    """Return two or more dates, each later than the one before; InputError for others."""
    found = tuple(map(date_of, arguments.items("as_of", as_of, "dates")))
    if len(found) < 2 or any(a >= b for a, b in pairwise(found)):
        raise InputError(
            "a film needs two or more dates, each after the one before, such as 2024-11-28,2024-11-30",
            file="--as-of",
        )
    return found


def _table(scored: ScoredFilm) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(scored.table())


def _write_date(found: Scored, page: Path) -> None:
    """Write the page of a hindcast into its folder, and enter it in the manifest there."""
    write_date(found.card, found.basis, page)
    found.manifest.recording(page.parent, page.name).write(page.parent / MANIFEST)


def write_page(done: Film, page: Path) -> None:
    """Write the page of a film to a file."""
    from simulation.report.hindcast.film import FilmSubject, write_film
    from simulation.updating.change import Update

    subject = FilmSubject(
        scored=done.scored,
        updates={str(each.manifest.as_of): Update(each.run.results) for each in done.hindcasts},
        world=done.hindcasts[0].run.world,
        manifest=done.manifest,
    )
    write_film(subject, page)
