"""Playing chosen points and keeping only the outcomes asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from simulation.engine.ensemble import History
from simulation.engine.points import Sample
from simulation.outcomes.collector import Collector
from simulation.outcomes.targets import Target, values_of
from simulation.results.manifest_head import Failure
from simulation.sensitivity_analysis.design import Points
from simulation.sensitivity_analysis.study import StudyResult
from simulation.world.world import World

TOGETHER = 256
"""Histories measured at once; few enough to hold, many enough to be quick."""
Advance = Callable[[int, list[str]], None]


@dataclass(frozen=True, kw_only=True)
class Player:
    """Plays points of a world on some threads and measures the targets."""

    world: World
    targets: Sequence[Target]
    seed: int
    workers: int
    advance: Advance

    def play(self, points: Points) -> tuple[np.ndarray, tuple[Failure, ...]]:
        """Return the value of each target in each history, (points, targets), NaN in those that failed."""
        values, failed, waiting = np.full((len(points), len(self.targets)), np.nan), [], list[History]()
        number = 0
        histories = Sample(self.world, points.inputs, points.luck, seed=self.seed, workers=self.workers)
        with closing(iter(histories)) as chunks:
            for history in (each for chunk in chunks for each in chunk):
                if history.trouble:
                    failed.append(Failure(replicate=history.replicate, reason=history.trouble))
                else:
                    waiting.append(replace(history, replicate=number))
                number += 1
                if len(waiting) == TOGETHER or number == len(points):
                    self._measure(waiting, values)
                    waiting = []
                self.advance(1, [])
        return values, tuple(failed)

    def _measure(self, histories: Sequence[History], values: np.ndarray) -> None:
        """Write the targets' values into the rows that the histories' numbers name."""
        if histories:
            rows = Collector(self.world).add(histories)
            numbers = [history.replicate for history in histories]
            values[numbers] = np.stack([values_of(each, self.world, rows) for each in self.targets], axis=1)


def evaluate(player: Player, points: Points, found: StudyResult, step: str) -> np.ndarray:
    """Play points, note them in what is found under the name of a step, and return the values."""
    values, failed = player.play(points)
    found.histories += len(points)
    found.failed += failed
    rows = pd.DataFrame({"step": step, "luck": points.luck, "point": np.arange(len(points))})
    for k, target in enumerate(player.targets):
        rows[target.text] = values[:, k]
    known = found.tables.get("histories")
    found.tables["histories"] = rows if known is None else pd.concat([known, rows], ignore_index=True)
    return values
