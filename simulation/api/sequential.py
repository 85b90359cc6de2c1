"""Sequential updating of a run: when plain weights do not do, and what is done then."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from simulation.api.progress import Progress
from simulation.api.setup import Asked
from simulation.conditioning.population import Player
from simulation.conditioning.rows import rows_of
from simulation.conditioning.sampler import Conditioned, Sampler
from simulation.engine.branched import BranchedHistories
from simulation.outcomes.targets import ESS
from simulation.results.checkpoint import Checkpoint
from simulation.results.lineages import write_lineages
from simulation.results.manifest import Manifest, SequentialRecord, UpdatingStep
from simulation.results.recorder import Recorder
from simulation.results.run_tables import keep_before
from simulation.results.stopping_rule import Rule, TargetState
from simulation.statistics import weighted
from simulation.statistics.intervals import WEIGHT, weights_of
from simulation.world.world import World

FEWEST = 100
"""An effective sample size of plain weights below which a run is updated sequentially, if it is also below `PART`."""
PART = 0.1
"""Of the histories."""
LOOK_FROM = 500
"""Histories from which on it is judged whether plain weights can reach an effective sample size that is asked for."""
ROOM = 1.2
"""Histories for each of the effective sample size that is asked for."""


def is_hopeless(rule: Rule, done: int, found: tuple[TargetState, ...]) -> bool:
    """Return whether plain weights will not reach the effective sample size that is asked for, to all appearance."""
    look = min(LOOK_FROM, rule.most)
    return done >= look and any(
        each.target == ESS and each.value * rule.most < each.asked * done for each in found
    )


def is_needed(asked: Asked, manifest: Manifest, folder: Path) -> bool:
    """Return whether a run whose plain tables lie in a folder is to be updated sequentially.

    Not where its reports say nothing, for then there is nothing to do, nor where all speak of its end.
    """
    early = any(report.day < manifest.days for report in manifest.reports)
    if not early or asked.sequential is False or manifest.first_replicate:
        return False
    weights = pq.read_table(folder / "outcomes.parquet", columns=[WEIGHT])[WEIGHT].to_numpy()
    if (weights == weights[0]).all() and weights[0] > 0:
        return False
    if asked.sequential:
        return True
    if manifest.stopping is not None:
        return not manifest.stopping.met
    effective = weighted.effective_size(weights) if weights.any() else 0.0
    return effective < min(FEWEST, PART * len(weights))


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """Histories drawn given the reports, and the normal scores of their inputs (histories, uncertain inputs)."""

    rows: BranchedHistories
    scores: np.ndarray


class SequentialRun:
    """The second half of a run whose plain histories lie in a folder: histories given the reports, in their place.

    Once it has been played, `drawn` has its histories; None where none agrees with the reports.
    """

    drawn: Drawn | None = None

    def __init__(self, world: World, asked: Asked, plain: Manifest, folder: Path) -> None:
        """Prepare to draw histories given the reports of the manifest of the plain ones."""
        self._world, self._asked, self._plain, self._folder = world, asked, plain, folder
        self._wanted = _wanted(asked.rule)

    def play(self, told: Progress, kept: Checkpoint) -> Manifest:
        """Return the manifest of the run; that of the plain histories where none agrees with the reports."""
        player = Player(self._world, self._asked.executor, self._plain.seed)
        days = sorted({report.day for report in self._plain.reports if report.day < self._plain.days})
        found = Sampler(player, self._wanted, told.stage).drawn(days)
        if not found.agrees:
            return self._plain
        rows = rows_of(found, player.scores, self._plain.seed)
        keep_before(self._plain, self._folder)
        write_lineages(rows, self._folder)
        self.drawn = Drawn(rows=rows, scores=found.population.scores)
        return self._recorded(rows, found, told, kept)

    def _recorded(
        self, rows: BranchedHistories, found: Conditioned, told: Progress, kept: Checkpoint
    ) -> Manifest:
        manifest = self._plain.model_copy(
            update={"replicates": len(rows), "failed": (), "sequential": _record(rows, found)}
        )
        executor = self._asked.executor
        told.begin(len(rows))
        with Recorder(
            self._world, manifest, self._folder, (), kept, executor, lambda each: rows.part(each.start, each.stop)
        ) as recorder:  # fmt: skip
            recorder.take(range(len(rows)), told.advance)
            done = recorder.finish(None)
        reached = self._reached()
        stopping = self._asked.rule.stopping(len(rows), reached)
        return done if stopping is None else done.settled(stopping)

    def _reached(self) -> tuple[TargetState, ...]:
        weights = weights_of(pq.read_table(self._folder / "outcomes.parquet").to_pandas())
        size = 0.0 if weights is None else weighted.effective_size(weights)
        return tuple(
            TargetState(target=ESS, asked=each.width, value=size, low=-math.inf, high=math.inf)
            for each in self._asked.rule.targets
        )


def _wanted(rule: Rule) -> int:
    """Return how many histories a run has."""
    if not rule.targets:
        return rule.first
    return min(rule.most, math.ceil(ROOM * max(each.width for each in rule.targets)))


def _record(rows: BranchedHistories, found: Conditioned) -> SequentialRecord:
    return SequentialRecord(
        day=found.day,
        log_evidence=found.log_evidence,
        played=found.played,
        origins=len(np.unique(found.population.origins)),
        ancestors=len({each.ancestor for each in rows.descents}),
        steps=tuple(UpdatingStep(**vars(step)) for step in found.steps),
    )
