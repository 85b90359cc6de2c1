"""From the draws of forecasts and what happened to a scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.scoring.draws import Forecasts
from simulation.scoring.late_items import late_items
from simulation.scoring.naive import FILE, ForecastBasis, Naive, read_naive
from simulation.scoring.observables import Observable, observables_of
from simulation.scoring.scorecard import Scorecard, ScoreRow, score
from simulation.scoring.truth import Truth, read_truth, truth_files
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What a run is scored against: files of what happened, what they ask for, and the forecasts beside it."""

    files: tuple[Path, ...]
    truths: tuple[Truth, ...]
    observables: tuple[Observable, ...]
    naive: tuple[Naive, ...]


def yardstick_of(world: World, named: Sequence[Path]) -> Yardstick:
    """Return what is scored against: the files that are named, or those beside the seeds."""
    files = tuple(named) or tuple(truth_files(world.scenario.seeds))
    truths = tuple(read_truth(path) for path in files)
    observables, naive = observables_of(truths, world), _naive(world)
    return Yardstick(files=files, truths=truths, observables=observables, naive=naive)


def _naive(world: World) -> tuple[Naive, ...]:
    """Return the naive forecasts that lie beside the seeds; a made-up world may have none."""
    file = world.scenario.seeds / FILE
    return read_naive(file, world) if file.exists() else ()


def scorecard_of(setting: ForecastBasis, yardstick: Yardstick, forecasts: Forecasts) -> Scorecard:
    """Return the scores of all forecasts, given their draws."""
    rows = []
    for k, observable in enumerate(yardstick.observables):
        draws = {name: found[k] for name, found in forecasts.items()}
        scores = {name: score(observable, each) for name, each in draws.items() if each is not None}
        rows.append(ScoreRow(observable=observable, scores=scores))
    return Scorecard(
        title=setting.results.manifest.title,
        rows=tuple(rows),
        naive={each.id: (each.title, each.argument) for each in yardstick.naive},
        not_scored=(
            *late_items(yardstick.truths, setting.world.scenario.days),
            *(each for truth in yardstick.truths for each in truth.file.not_scored),
        ),
        replicates=len(setting.results.outcomes),
        horizon=setting.world.scenario.days,
        notes=tuple(truth.file.note.strip() for truth in yardstick.truths if truth.file.note is not None),
    )
