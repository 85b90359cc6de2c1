"""Chosen points: histories of given inputs with given luck, where an ensemble's number stands for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulation.engine.ensemble import CASES, Ensemble
from simulation.world.world import World


class Sample(Ensemble):
    """One history for each row of `inputs` (points, inputs), with the luck of the replicate beside it.

    `luck` (points,) are replicate numbers: rows with the same number meet the same luck. Iterating yields
    lists of histories in the order of the rows; a history's `replicate` is the number of its luck.
    """

    def __init__(
        self, world: World, inputs: np.ndarray, luck: np.ndarray, *, seed: int, workers: int
    ) -> None:
        """Prepare; ValueError where there is not one number of luck for each row."""
        if len(inputs) != len(luck):
            raise ValueError(f"{len(inputs)} rows of inputs, but luck for {len(luck)}")
        super().__init__(world, range(len(inputs)), seed, workers)
        self.inputs, self.luck = inputs, luck

    def _jobs(self) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
        for first in range(0, len(self.inputs), CASES):
            rows = self.inputs[first : first + CASES]
            params, quantities = self.world.filled(rows)
            for k, number in enumerate(self.luck[first : first + CASES]):
                part = slice(k, k + 1)
                yield int(number), rows[part], params[part], quantities[part]


@dataclass(frozen=True, eq=False)
class ChosenPoints:
    """The histories of some inputs (points, inputs) with the luck of the replicates beside them, (points,)."""

    inputs: np.ndarray
    luck: np.ndarray
    seed: int

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.luck)

    def part(self, first: int, stop: int) -> Self:
        """Return those from a position on to before another."""
        return type(self)(self.inputs[first:stop], self.luck[first:stop], self.seed)

    def ensemble(self, world: World, workers: int) -> Sample:
        """Return the histories of a world that have these inputs and this luck."""
        return Sample(world, self.inputs, self.luck, seed=self.seed, workers=workers)
