"""Histories of given inputs and given descents, played to their end or up to a moment."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulation.engine.branch import Descent, run_branched
from simulation.engine.ensemble import CASES, Ensemble
from simulation.engine.replicate import HistoryEnd
from simulation.world.world import World


class Branched(Ensemble):
    """One history for each row of `inputs` (histories, inputs) with the descent beside it, numbered from `first` on.

    `until` is the day up to which they are played.
    """

    def __init__(self, world: World, histories: BranchedHistories, workers: int) -> None:
        """Prepare to play them."""
        first = histories.first
        super().__init__(world, range(first, first + len(histories)), histories.seed, workers)
        self._asked = histories

    def _jobs(self) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
        for begin in range(0, len(self._asked), CASES):
            inputs = self._asked.inputs[begin : begin + CASES]
            params, quantities = self.world.filled(inputs)
            k = 0
            while k < len(inputs):
                part = slice(k, k + self._at_a_time())
                yield self._asked.first + begin + k, inputs[part], params[part], quantities[part]
                k = part.stop

    def _descent(self, replicate: int) -> Descent:
        return self._asked.descents[replicate - self._asked.first]

    def _play(self, params: np.record, quantities: np.ndarray, replicate: int) -> HistoryEnd:
        descent, until = self._descent(replicate), self._asked.until
        return run_branched(self._state(), self.world.template, params, quantities, descent, until)


@dataclass(frozen=True, eq=False)
class BranchedHistories:
    """The histories of some inputs (n, inputs) and descents beside them; `Addresses` of the engine."""

    inputs: np.ndarray
    descents: Sequence[Descent]
    seed: int
    first: int = 0
    until: float = math.inf

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.descents)

    def part(self, first: int, stop: int) -> Self:
        """Return those from a position on to before another."""
        return dataclasses.replace(
            self, inputs=self.inputs[first:stop], descents=self.descents[first:stop], first=self.first + first
        )

    def ensemble(self, world: World, workers: int) -> Branched:
        """Return the histories of a world that have these inputs and descents."""
        return Branched(world, self, workers)
