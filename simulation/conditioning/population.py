"""A population of histories, each by its normal scores and its luck, with what the reports say of it so far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from simulation.conditioning.scores import NormalScores
from simulation.engine.branch import Descent, Lineage, Luck
from simulation.engine.branched import BranchedHistories
from simulation.engine.ensemble import History
from simulation.engine.executor import Executor
from simulation.observation.conditions import Conditions
from simulation.observation.snapshots import Snapshots
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True, eq=False)
class Population:
    """Histories side by side.

    `scores` (n, width) and `lineages` decide them. `past` and `new` (n,) are the log likelihoods of the reports of
    earlier days and of the present day. `names` (n,) tell different histories apart, `origins` (n,) say from which of
    the first draws each descends.
    """

    scores: np.ndarray
    lineages: tuple[Lineage, ...]
    past: np.ndarray
    new: np.ndarray
    names: np.ndarray
    origins: np.ndarray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lineages)

    def at(self, rows: np.ndarray) -> Self:
        """Return those of some rows, in that order."""
        return replace(
            self,
            scores=self.scores[rows],
            lineages=tuple(self.lineages[k] for k in rows),
            past=self.past[rows],
            new=self.new[rows],
            names=self.names[rows],
            origins=self.origins[rows],
        )

    def or_else(self, other: Self, taken: np.ndarray) -> Self:
        """Return the other where bool `taken` (n,) says so, and these elsewhere."""
        return replace(
            self,
            scores=np.where(taken[:, None], other.scores, self.scores),
            lineages=tuple(map(_chosen, taken, other.lineages, self.lineages)),
            past=np.where(taken, other.past, self.past),
            new=np.where(taken, other.new, self.new),
            names=np.where(taken, other.names, self.names),
        )

    def until(self, day: float, branch: int) -> Self:
        """Return them with new luck from a day on: row k with the address (seed, k, branch)."""
        return replace(
            self, lineages=tuple((*each, Luck(day, k, branch)) for k, each in enumerate(self.lineages))
        )


def joined(populations: Sequence[Population]) -> Population:
    """Return some populations as one."""
    return Population(
        scores=np.concatenate([each.scores for each in populations]),
        lineages=tuple(lineage for each in populations for lineage in each.lineages),
        past=np.concatenate([each.past for each in populations]),
        new=np.concatenate([each.new for each in populations]),
        names=np.concatenate([each.names for each in populations]),
        origins=np.concatenate([each.origins for each in populations]),
    )


class Player:
    """Plays populations of a world as far as reports of a day need, and hears what the reports say of them."""

    def __init__(self, world: World, executor: Executor, seed: int) -> None:
        """Prepare for the histories of a world; `played` counts them."""
        self.world, self._executor, self.seed = world, executor, seed
        self.scores = NormalScores(world.scenario)
        self.reports = Conditions.of(world).reports
        self.played = 0

    def heard(self, population: Population, day: float) -> Population:
        """Return the population with the log likelihoods of what is reported of the days before and of this day."""
        found = self._found(self.scores.inputs(population.scores), population.lineages, day)
        return replace(population, past=found[:, 0], new=found[:, 1])

    def heard_if(
        self, population: Population, day: float, let_in: float, least: np.ndarray, same: np.ndarray
    ) -> Population:
        """Return the population as `heard`, but with minus infinity where it is sure to be below `least` (n,).

        That is known when what is reported of a day before cannot be made good by all later reports, of which those of
        this day count `let_in`. Histories need not be asked of days up to `same` (n,), of which they were asked before.
        """
        inputs, alive = self.scores.inputs(population.scores), np.ones(len(population), bool)
        by_name = dict(zip(self.world.scenario.inputs, inputs.T, strict=True))
        days = sorted({report.day for report in self.reports if report.day < day})
        for check in days:
            asked = np.flatnonzero(alive & (check > same))
            if len(asked):
                found = self._found(inputs[asked], [population.lineages[k] for k in asked], check).sum(axis=1)
                more = sum(
                    (let_in if report.day == day else 1.0) * report.most(len(inputs), by_name)[asked]
                    for report in self.reports
                    if check < report.day <= day
                )
                alive[asked] = found + more >= least[asked] - ROUNDING
        past = np.full(len(population), -math.inf)
        new, asked = past.copy(), np.flatnonzero(alive)
        if len(asked):
            found = self._found(inputs[asked], [population.lineages[k] for k in asked], day)
            past[asked], new[asked] = found.T
        return replace(population, past=past, new=new)

    def _found(self, inputs: np.ndarray, lineages: Sequence[Lineage], day: float) -> np.ndarray:
        """Return the log likelihoods of what is reported of days before and of a day, f8 (n, 2)."""
        descents = tuple(Descent(self.seed, lineage, k) for k, lineage in enumerate(lineages))
        asked = BranchedHistories(inputs=inputs, descents=descents, seed=self.seed, until=day)
        self.played += len(asked)
        return np.concatenate([*self._executor.play(self.world, asked, Hearing(day), FEW)])


ROUNDING = 1e-9
FEW = 64
"""How many histories are asked at once."""


@dataclass(frozen=True)
class Hearing:
    """The `Measure` of the reports up to a day: the log likelihoods of those before and of those of the day."""

    day: float

    def __call__(self, world: World) -> Ears:
        """Return what measures the histories of a world."""
        return Ears(world, self.day)


class Ears:
    """Hears what is reported up to a day of some histories."""

    def __init__(self, world: World, day: float) -> None:
        """Prepare for the histories of a world."""
        self._world, self._day, self._conditions = world, day, Conditions.of(world)

    def __call__(self, histories: Sequence[History]) -> np.ndarray:
        """Return (histories, 2): what cannot be used has minus infinity."""
        snapshots = Snapshots(self._world, histories, self._conditions.moments)
        found = np.zeros((len(histories), 2))
        for report in self._conditions.reports:
            if report.day <= self._day:
                found[:, int(report.day == self._day)] += report.log_likelihood(snapshots)
        found[[bool(each.trouble) for each in histories]] = -math.inf
        return found


def _chosen(taken: bool, other: Lineage, own: Lineage) -> Lineage:
    return other if taken else own
