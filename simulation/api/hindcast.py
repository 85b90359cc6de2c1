"""The library: run a scenario and score it against what happened, beside naive forecasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation import arguments
from simulation.api.progress import Progress
from simulation.api.run import Run, record, run
from simulation.api.setup import checked_rule, executor_of, manifest_of, output_of, seed_of
from simulation.results.folder import Results
from simulation.results.manifest_head import Failure
from simulation.results.packed_inputs import pack_truth
from simulation.results.publication import Publication
from simulation.results.workplace import scratch_folder
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.notice import tell
from simulation.scoring.document import scorecard_document
from simulation.scoring.late_items import late_items, late_notices
from simulation.scoring.naive import FILE, ForecastBasis, Naive, naive_draws, read_naive
from simulation.scoring.observables import Observable, draws_of, observables_of
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow, score
from simulation.scoring.terminal import scored_text
from simulation.scoring.truth import Truth, read_truth, truth_files
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

Draws = np.ndarray | None
"""Equally likely values of an observable; None where a forecast does not speak of it."""
PAGE = "hindcast.html"
SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Hindcast:
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
    scenario: str | Path = "aleppo",
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
) -> Hindcast:
    """Run a scenario as many histories and score them against files of truth, beside naive forecasts.

    Without `truth` all files in the folder `truth` of the scenario's seeds are scored; what of them lies after the
    run is left out, with a notice. The naive forecasts are those of `naive/forecasts.yaml` in the same seeds; each has
    as many draws as there are histories, and one that is the model with other settings runs as many with the same
    seed. The folder is `results/hindcast-…` unless `out` names one. Numbers as in `api.run`.
    InputError for anything wrong in the scenario or in a file of truth, before a history is run; RunError for
    a full disk or a page that cannot be made.
    """
    executor, seed, place_asked = executor_of(workers, client), seed_of(seed), output_of(out)
    report, progress = arguments.flag("report", report), arguments.flag("progress", progress)
    rule, settings = checked_rule((), replicates, None), arguments.texts("overrides", overrides)
    named_files = arguments.paths("truth", truth)
    chosen = load_scenario(scenario, settings)
    files = named_files or tuple(truth_files(chosen.seeds))
    world = build_world(chosen)
    tell(world.notices)
    truths = [read_truth(path) for path in files]
    observables, naive = observables_of(truths, world), _naive(world)
    tell(late_notices(truths, world.scenario.days))
    varied = {
        each.id: load_scenario(scenario, [*settings, *each.settings], chosen.archive)
        for each in naive
        if each.settings
    }
    again = partial(
        run, replicates=replicates, seed=seed, workers=workers, client=client, report=False, progress=progress
    )
    with Publication(
        manifest_of(world, rule, seed, executor.workers).scored_against(()), place_asked
    ) as place:
        named = pack_truth(list(named_files), chosen, place.working)
        place.manifest = place.manifest.scored_against(named)
        with Progress(rule.most, shown=progress) as told:
            record(world, rule, place, told, executor=executor)
        setting = ForecastBasis(world=world, results=Results(place.working))
        forecasts: dict[str, list[Draws]] = {}
        forecasts[MODEL] = [draws_of(observable, setting.results, world) for observable in observables]
        for each in naive:
            if each.id in varied:
                forecasts[each.id] = _other_model(varied[each.id], observables, again)
            else:
                forecasts[each.id] = [naive_draws(each, observable, setting) for observable in observables]
        scored = _scored(setting, truths, observables, naive, forecasts)
        page = place.page(partial(_write_page, scored, setting), PAGE) if report else None
    done = Run(results=Results(place.folder), report=None, played=world)
    return Hindcast(run=done, scored=scored, truth=files, report=page)


def _naive(world: World) -> tuple[Naive, ...]:
    """Return the naive forecasts that lie beside the seeds; a made-up world may have none."""
    file = world.scenario.seeds / FILE
    return read_naive(file, world) if file.exists() else ()


def _other_model(
    scenario: Scenario, observables: Sequence[Observable], again: Callable[..., Run]
) -> list[Draws]:
    with scratch_folder("simulate-hindcast") as folder:
        done = again(scenario, out=folder / "run")
        return [draws_of(observable, done.results, done.world) for observable in observables]


def _scored(
    setting: ForecastBasis,
    truths: Sequence[Truth],
    observables: Sequence[Observable],
    naive: Sequence[Naive],
    forecasts: Mapping[str, Sequence[Draws]],
) -> Scorecard:
    rows = []
    for k, observable in enumerate(observables):
        draws = {name: found[k] for name, found in forecasts.items()}
        scores = {name: score(observable, each) for name, each in draws.items() if each is not None}
        rows.append(ScoreRow(observable=observable, scores=scores))
    return Scorecard(
        title=setting.results.manifest.title,
        rows=tuple(rows),
        naive={each.id: (each.title, each.argument) for each in naive},
        not_scored=(
            *late_items(truths, setting.world.scenario.days),
            *(each for truth in truths for each in truth.file.not_scored),
        ),
        replicates=len(setting.results.outcomes),
        horizon=setting.world.scenario.days,
        notes=tuple(truth.file.note.strip() for truth in truths if truth.file.note is not None),
    )


def _write_page(scored: Scorecard, setting: ForecastBasis, page: Path) -> None:
    from simulation.report.hindcast.page import write_hindcast

    write_hindcast(scored, setting.world, setting.results, page)
