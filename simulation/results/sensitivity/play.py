"""Playing chosen points and keeping only the outcomes asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from simulation.engine.ensemble import History
from simulation.engine.points import Points as Histories
from simulation.results.collect import Collector
from simulation.results.provenance import Failure
from simulation.results.sensitivity.design import Points
from simulation.results.targets import Target, values_of
from simulation.scenario.build import World

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
        histories = Histories(self.world, points.inputs, points.luck, seed=self.seed, workers=self.workers)
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
