"""Playing chosen points and keeping only the outcomes asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from simulation.engine.ensemble import History
from simulation.engine.executor import Executor
from simulation.engine.points import ChosenPoints
from simulation.outcomes.collector import Collector
from simulation.outcomes.targets import Target, values_of
from simulation.results.checkpoint import Checkpoint
from simulation.results.manifest_head import Failure
from simulation.sensitivity_analysis.design import Points
from simulation.sensitivity_analysis.point_values import KnownPoints, PointBlock
from simulation.sensitivity_analysis.study import StudyResult
from simulation.world.world import World

TOGETHER = 256
"""Histories measured at once; few enough to hold, many enough to be quick."""
Advance = Callable[[int, list[str]], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """The value of each target in some histories, (histories, targets), NaN in those that failed."""

    values: np.ndarray
    failed: tuple[Failure, ...]


class Measuring:
    """Measures targets in histories of a world, wherever they are played."""

    def __init__(self, targets: Sequence[Target], world: World) -> None:
        """Prepare for the histories of a world."""
        self._targets, self._world = targets, world

    def __call__(self, histories: Sequence[History]) -> Measured:
        """Return what some histories were worth."""
        values = np.full((len(histories), len(self._targets)), np.nan)
        # Several points may have the luck of one replicate, and rows are told apart by their number.
        good = [replace(history, replicate=k) for k, history in enumerate(histories) if not history.trouble]
        if good:
            rows = Collector(self._world).add(good)
            numbers = [history.replicate for history in good]
            values[numbers] = np.stack([values_of(each, self._world, rows) for each in self._targets], axis=1)
        failed = tuple(Failure(replicate=h.replicate, reason=h.trouble) for h in histories if h.trouble)
        return Measured(values=values, failed=failed)


@dataclass(kw_only=True)
class Player:
    """Plays points of a world and measures the targets.

    The first points are those `known` from before, which are not played again. What is measured is put into `kept`,
    where there is one.
    """

    world: World
    targets: Sequence[Target]
    seed: int
    executor: Executor
    advance: Advance = lambda *_: None
    known: KnownPoints | None = None
    kept: Checkpoint | None = None
    taken: int = field(default=0, init=False)
    """How many points have been asked for so far, known ones too."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the targets, in the order of the columns of values."""
        return tuple(each.text for each in self.targets)

    def play(self, points: Points) -> tuple[np.ndarray, tuple[Failure, ...]]:
        """Return the value of each target in each history, (points, targets), NaN in those that failed."""
        values, failed = self._take_known(len(points))
        done = len(values[0])
        chosen = ChosenPoints(points.inputs[done:], points.luck[done:], self.seed)
        block = PointBlock(self.taken + done, self.names)
        measure = partial(Measuring, self.targets)
        with closing(self.executor.play(self.world, chosen, measure, TOGETHER)) as measured:
            for some in measured:
                values.append(some.values)
                failed += some.failed
                block = self._keep(block, some)
                self.advance(len(some.values), [])
        self.taken += len(points)
        return np.concatenate(values), tuple(failed)

    def _take_known(self, points: int) -> tuple[list[np.ndarray], list[Failure]]:
        """Return what is known of the next points: values, and with the first points all that failed."""
        if self.known is None:
            return [np.empty((0, len(self.targets)))], []
        known = self.known.values[self.taken : self.taken + points]
        self.advance(len(known), [])
        return [known], list(self.known.failed) if not self.taken else []

    def _keep(self, block: PointBlock, some: Measured) -> PointBlock:
        """Have values put on the disk if they are to be; return the block that those after them belong to."""
        if self.kept is None:
            return block
        block.take(some.values, some.failed)
        self.kept.hold(block)
        return block if self.kept.holds(block) else PointBlock(block.stop, self.names)


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
