"""From the draws of forecasts and what happened to a scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulation.errors import InputError
from simulation.scoring.as_of import (
    BEFORE,
    BEFORE_ARGUMENT,
    BEFORE_TITLE,
    is_settled,
    open_from,
    settled_items,
)
from simulation.scoring.draws import Draws, Forecasts
from simulation.scoring.late_items import late_items
from simulation.scoring.naive import FILE, Naive, read_naive
from simulation.scoring.naive_draws import ForecastBasis, naive_draws
from simulation.scoring.observables import Observable, observables_of
from simulation.scoring.scorecard import MODEL, Score, Scorecard, ScoreRow, score
from simulation.scoring.truth import Truth, Unscored, read_truth, truth_files
from simulation.updating.change import update_of
from simulation.updating.evidence import Evidence
from simulation.world.world import World

NOT_STARTED = "it is the model from the first day on, and cannot be started on a later one."


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """What a run is scored against: files of what happened, what they ask for, and the forecasts beside it.

    On reports only what was still open on calendar day `since` is scored, which is 0 without them. `settled` is what
    was not, and `not_started` the forecasts that begin on the first day or not at all.
    """

    files: tuple[Path, ...]
    truths: tuple[Truth, ...]
    observables: tuple[Observable, ...]
    naive: tuple[Naive, ...]
    since: int = 0
    settled: tuple[Unscored, ...] = ()
    not_started: tuple[Naive, ...] = ()

    @property
    def others(self) -> dict[str, tuple[str, str]]:
        """Title and argument of each forecast beside the model, by name."""
        before = {BEFORE: (BEFORE_TITLE, BEFORE_ARGUMENT)} if self.since else {}
        return before | {each.id: (each.title, each.argument) for each in self.naive}


def yardstick_of(world: World, named: Sequence[Path]) -> Yardstick:
    """Return what is scored against: the files that are named, or those beside the seeds."""
    files = tuple(named) or tuple(truth_files(world.scenario.seeds))
    truths = tuple(read_truth(path) for path in files)
    observables, naive, since = observables_of(truths, world), _naive(world), open_from(world)
    still = tuple(each for each in observables if not is_settled(each, since))
    if observables and not still:
        raise InputError(
            f"nothing of it was still open on day {since}, up to which the reports tell", file=files[0]
        )
    return Yardstick(
        files=files,
        truths=truths,
        observables=still,
        naive=tuple(each for each in naive if not (since and each.settings)),
        since=since,
        settled=settled_items(observables, since),
        not_started=tuple(each for each in naive if since and each.settings),
    )


def draws_by_rule(yardstick: Yardstick, setting: ForecastBasis) -> dict[str, Sequence[Draws]]:
    """Return the draws of the model, of the model without the reports, and of each naive forecast without settings."""
    every = yardstick.observables
    found: dict[str, Sequence[Draws]] = {MODEL: [setting.model(each) for each in every]}
    if yardstick.since:
        found[BEFORE] = [setting.plain(each) for each in every]
    ruled = (each for each in yardstick.naive if not each.settings)
    return found | {each.id: [naive_draws(each, one, setting) for one in every] for each in ruled}


def _naive(world: World) -> tuple[Naive, ...]:
    """Return the naive forecasts that lie beside the seeds; a made-up world may have none."""
    file = world.scenario.seeds / FILE
    return read_naive(file, world) if file.exists() else ()


def scorecard_of(setting: ForecastBasis, yardstick: Yardstick, forecasts: Forecasts) -> Scorecard:
    """Return the scores of all forecasts, given their draws."""
    update = update_of(setting.results)
    rows, evidence = [], None if update is None else update.evidence
    for k, observable in enumerate(yardstick.observables):
        draws = {name: found[k] for name, found in forecasts.items()}
        scores = {
            name: _scored(observable, name, each, evidence)
            for name, each in draws.items()
            if each is not None
        }
        rows.append(ScoreRow(observable=observable, scores=scores))
    return Scorecard(
        title=setting.results.manifest.title,
        rows=tuple(rows),
        naive=yardstick.others,
        not_scored=(
            *yardstick.settled,
            *(
                Unscored(what=f"The forecast “{each.title}”:", why=NOT_STARTED)
                for each in yardstick.not_started
            ),
            *late_items(yardstick.truths, setting.world.scenario.days),
            *(each for truth in yardstick.truths for each in truth.file.not_scored),
        ),
        replicates=len(setting.results.outcomes),
        horizon=setting.world.scenario.days,
        notes=tuple(truth.file.note.strip() for truth in yardstick.truths if truth.file.note is not None),
        evidence=evidence,
        as_of=setting.results.manifest.as_of,
    )


def _scored(observable: Observable, name: str, draws: np.ndarray, evidence: Evidence | None) -> Score:
    """Return the scores of a forecast; that of the updated model rests on fewer histories than it has draws."""
    rests = evidence is not None and name == MODEL and evidence.effective > 0
    return score(observable, draws, evidence.effective if rests and evidence else None)
