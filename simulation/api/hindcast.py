"""The library: run a scenario and score it against what happened, beside naive forecasts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.conditioning import updated
from simulation.api.finished import Finished
from simulation.api.open_run import open_run
from simulation.api.run import Run, lasting
from simulation.api.scored_scenario import Scored, ScoredScenario
from simulation.api.setup import asked_of, terms_of
from simulation.io.folders import FIRST_CASE
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.results.opening import check_engine
from simulation.results.publication import Publication
from simulation.results.unfinished import Unfinished
from simulation.scoring.as_of import open_from
from simulation.scoring.builder import scorecard_of, yardstick_of
from simulation.scoring.document import scorecard_document
from simulation.scoring.draws import read_draws
from simulation.scoring.naive_draws import ForecastBasis
from simulation.scoring.scorecard import MODEL, Scorecard
from simulation.scoring.terminal import scored_text
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

    from simulation.report.figures import Drawn

PAGE = "hindcast.html"
SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Hindcast(Finished):
    """A finished hindcast: the run that was scored, and its scores."""

    run: Run
    scored: Scorecard
    truth: tuple[Path, ...]
    report: Path | None

    def __repr__(self) -> str:
        """Return what was scored and the folder on one line."""
        return one_line(self, f"of {self.run.world.scenario.name} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=scored_text(self.scored), page=self.report)

    def _drawn(self) -> dict[str, Drawn]:
        from simulation.report.figures import figures
        from simulation.report.hindcast.page import SECTIONS, HindcastSubject

        subject = HindcastSubject(scored=self.scored, world=self.run.world, results=self.run.results)
        return figures(SECTIONS, subject)

    @property
    def basis(self) -> ForecastBasis:
        """The world and the run that forecasts start from."""
        return ForecastBasis(world=self.run.world, results=self.run.results, since=open_from(self.run.world))

    @property
    def manifest(self) -> Manifest:
        """What was run, with what and when, and a record of every file."""
        return self.run.manifest

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The histories that could not be finished."""
        return self.run.failed

    @property
    def folder(self) -> Path:
        """The results folder of the run."""
        return self.run.folder

    @property
    def scores(self) -> pd.DataFrame:
        """One row per observable and forecast: its truth, middle, rank and three scores."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "measure": row.observable.label, "forecast": name, "truth": row.observable.value,
                    "middle": each.quantiles[2], "rank": each.rank, "crps": each.crps.value,
                    "interval_score": each.interval, "log_score": each.log,
                }
                for row in self.scored.rows
                for name, each in row.scores.items()
            ]
        )  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        manifest = self.run.results.manifest
        head = {
            "schema_version": SCHEMA_VERSION,
            "manifest": manifest.document(),
            "folder": str(self.folder),
            "truth_files": [str(path) for path in self.truth],
        }
        return head | scorecard_document(self.scored)

    def text(self) -> str:
        """Return the summary for a terminal."""
        where = whereabouts(self.folder, self.report, called="Page")
        return f"{scored_text(self.scored)}\n{where}"


def hindcast(
    scenario: str | Path = FIRST_CASE,
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
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    sequential: bool | None = None,
) -> Hindcast:
    """Run a scenario as many histories and score them against files of truth, beside naive forecasts.

    Without `truth` all files in the folder `truth` of the scenario's seeds are scored; what of them lies after the
    run is left out, with a notice. The naive forecasts are those of `naive/forecasts.yaml` in the same seeds; each has
    as many draws as there are histories, and one that is the model with other settings runs as many with the same
    seed. With `as_of`, `given` and `doubt`, as in `api.run`, what was still open after the reports is scored: by the
    updated histories (sequentially where plain weights do not do, as in `api.run`), by those before the reports, and by
    naive forecasts that start there.

    The folder is `results/hindcast-…` unless `out` names one. Numbers as in `api.run`.
    InputError for anything wrong in the scenario or in a file of truth, before a history is run; RunError for
    a full disk or a page that cannot be made.
    """
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    asked, settings = (
        asked_of(terms, replicates, sequential=sequential),
        arguments.texts("overrides", overrides),
    )
    known = partial(updated, as_of=as_of, given=given, doubt=doubt)
    files = arguments.paths("truth", truth)
    return play_hindcast(
        ScoredScenario(file=scenario, settings=settings, truth=files, asked=asked, known=known)
    )


def play_hindcast(scored: ScoredScenario) -> Hindcast:
    """Run a scenario and score it, as it is asked for."""
    asked = scored.asked
    place = Publication(scored.checked(), asked.place, asked.within)
    with Unfinished(place, scored.write_inputs, asked.unfinished) as unfinished, place:
        found = scored.play(place.manifest, place.working, unfinished.checkpoint)
        place.seal(found.manifest)
        page = place.page(partial(write_page, found.card, found.basis), PAGE) if asked.report else None
    return finished_hindcast(place.folder, scored, found, page)


def finished_hindcast(folder: Path, scored: ScoredScenario, found: Scored, page: Path | None) -> Hindcast:
    """Return the hindcast that was just made, by the folder in which it lies now."""
    run = Run(results=Results(folder), report=None, played=lasting(scored.world, scored.asked))
    packed = tuple(folder / name for name in found.manifest.truth)
    truth = packed if scored.asked.unfinished and packed else scored.yardstick.files
    return Hindcast(run=run, scored=found.card, truth=truth, report=page)


def hindcast_in(folder: Path, manifest: Manifest) -> Hindcast:
    """Return the finished hindcast in a folder, scored again by the draws that are stored there."""
    check_engine(manifest, folder, "a hindcast is scored again")
    run = open_run(folder)
    yardstick = yardstick_of(run.world, [folder / name for name in manifest.truth])
    setting = ForecastBasis(world=run.world, results=run.results, since=yardstick.since)
    forecasts = read_draws(yardstick.observables, [MODEL, *yardstick.others], folder)
    scored = scorecard_of(setting, yardstick, forecasts)
    done = dataclasses.replace(run, report=None)
    return Hindcast(run=done, scored=scored, truth=yardstick.files, report=run.report)


def write_page(scored: Scorecard, setting: ForecastBasis, page: Path) -> None:
    """Write the page of a hindcast to a file."""
    from simulation.report.hindcast.page import write_hindcast

    write_hindcast(scored, setting.world, setting.results, page)
