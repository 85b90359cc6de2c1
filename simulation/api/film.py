"""The library: the forecast as a film, scored as of one date after the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.conditioning import date_of, updated
from simulation.api.hindcast import Hindcast, play_hindcast
from simulation.api.setup import asked_of, terms_of
from simulation.errors import InputError
from simulation.io.folders import FIRST_CASE
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure, digest_of
from simulation.results.publication import RESULTS
from simulation.results.whole_file import checked_file, write_whole
from simulation.scoring.film import ScoredFilm
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
    def manifest(self) -> Manifest:
        """What was run for the last date."""
        return self.hindcasts[-1].manifest

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The histories that could not be finished, of any date."""
        return tuple(failure for each in self.hindcasts for failure in each.failed)

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

    Each date makes a hindcast of its own, as `hindcast(as_of=…)` does, in a folder of its own: that of its usual name,
    or one named by its date in `out`. The table and the page that hold them together lie in `out`, or in
    `results/film-…`. A doubt must be of a report that was known by the first date. InputError as `hindcast`, and for
    fewer than two dates or dates out of order.
    """
    dates = _dates(as_of)
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    asked, settings = (
        asked_of(terms, replicates, sequential=sequential),
        arguments.texts("overrides", overrides),
    )
    files, folder = arguments.paths("truth", truth), asked.place
    if folder is not None:
        checked_file(folder / PAGE, _mark())
    made = []
    for each in dates:
        known = partial(updated, as_of=each, given=(), doubt=doubt)
        place = None if folder is None else folder / each.isoformat()
        made.append(play_hindcast(scenario, settings, files, dataclasses.replace(asked, place=place), known))
    if folder is None:
        first = made[0].manifest
        folder = RESULTS / f"film-{first.scenario}-{digest_of([each.manifest.digest for each in made])}"
    found = ScoredFilm({str(each.manifest.as_of): each.scored for each in made})
    write_whole(folder / f"{TABLE}.parquet", _table(found).to_parquet, "PAR1")
    page = folder / PAGE if report else None
    if page is not None:
        write_whole(page, partial(_write_page, tuple(made)), _mark())
    return Film(hindcasts=tuple(made), folder=folder, report=page)


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


def _mark() -> str:
    from simulation.report.frame import generator

    return generator("film")


def _write_page(made: Sequence[Hindcast], page: Path) -> None:
    from simulation.report.hindcast.film import FilmSubject, write_film
    from simulation.updating.change import Update

    subject = FilmSubject(
        scored=ScoredFilm({str(each.manifest.as_of): each.scored for each in made}),
        updates={str(each.manifest.as_of): Update(each.run.results) for each in made},
        world=made[0].run.world,
        manifest=made[-1].manifest,
    )
    write_film(subject, page)
