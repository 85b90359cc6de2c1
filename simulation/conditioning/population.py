"""A population of histories, each by its normal scores and its luck, with what the reports say of it so far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from simulation.conditioning.early import EarlyDays
from simulation.conditioning.scores import NormalScores
from simulation.engine.branch import Descent, Lineage, Luck
from simulation.engine.branched import BranchedHistories
from simulation.engine.ensemble import History
from simulation.engine.executor import Executor
from simulation.model.parameters import PARAMETERS
from simulation.model.registry import Process
from simulation.observation.conditions import Conditions
from simulation.observation.report import Report
from simulation.observation.snapshots import Snapshots
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True, eq=False)
class Population:
    """Histories side by side.

    `scores` (n, width) and `lineages` decide them. `seen` (n, reports) is what each report up to the present day is
    compared with, NaN where a history cannot be used or was not played so far. `past` and `new` (n,) are the log
    likelihoods of the reports of earlier days and of the present day. `names` (n,) tell different histories apart,
    `origins` (n,) say from which of the first draws each descends.
    """

    scores: np.ndarray
    lineages: tuple[Lineage, ...]
    seen: np.ndarray
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
            seen=self.seen[rows],
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
            seen=np.where(taken[:, None], other.seen, self.seen),
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
        seen=np.concatenate([each.seen for each in populations]),
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
        self.of_speakers = of_speakers(self.scores, self.reports)
        self.played, self._early = 0, EarlyDays()

    def heard(self, population: Population, day: float) -> Population:
        """Return the population with what is reported of the days before and of this day, played so far."""
        seen = self._seen(self.scores.inputs(population.scores), population.lineages, day)
        return self.weighed(replace(population, seen=seen), day)

    def weighed(self, population: Population, day: float) -> Population:
        """Return the population with the log likelihoods of what was seen of it up to a day; nothing is played."""
        inputs = self.scores.inputs(population.scores)
        past = self._log_likelihood(inputs, population.seen, [r for r in self.reports if r.day < day])
        new = self._log_likelihood(inputs, population.seen, [r for r in self.reports if r.day == day])
        return replace(population, past=past, new=new)

    def heard_if(
        self, population: Population, day: float, let_in: float, least: np.ndarray, same: np.ndarray
    ) -> Population:
        """Return the population as `heard`, but with minus infinity where it is sure to be below `least` (n,).

        That is known when what is reported of a day before cannot be made good by all later reports, of which those of
        this day count `let_in`. Histories need not be asked of days up to `same` (n,), of which they were asked before.
        """
        inputs, alive = self.scores.inputs(population.scores), np.ones(len(population), bool)
        by_name = dict(zip(self.world.scenario.inputs, inputs.T, strict=True))
        for check in sorted({report.day for report in self.reports if report.day < day}):
            asked = np.flatnonzero(alive & (check > same))
            if len(asked) and self._early.pays(check, day):
                seen = self._seen(inputs[asked], [population.lineages[k] for k in asked], check)
                told = [report for report in self.reports if report.day <= check]
                found = self._log_likelihood(inputs[asked], seen, told)
                more = sum(
                    (let_in if report.day == day else 1.0) * report.most(len(inputs), by_name)[asked]
                    for report in self.reports
                    if check < report.day <= day
                )
                alive[asked] = found + more >= least[asked] - ROUNDING
                self._early.learn(check, day, len(asked), int(alive[asked].sum()))
        seen, asked = np.full((len(population), len(self.reports)), np.nan), np.flatnonzero(alive)
        if len(asked):
            seen[asked] = self._seen(inputs[asked], [population.lineages[k] for k in asked], day)
        return self.weighed(replace(population, seen=seen), day)

    def _seen(self, inputs: np.ndarray, lineages: Sequence[Lineage], day: float) -> np.ndarray:
        """Return what the reports of days up to one are compared with, f8 (n, reports)."""
        descents = tuple(Descent(self.seed, lineage, k) for k, lineage in enumerate(lineages))
        asked = BranchedHistories(inputs=inputs, descents=descents, seed=self.seed, until=day)
        self.played += len(asked)
        return np.concatenate([*self._executor.play(self.world, asked, Hearing(day), FEW)])

    def _log_likelihood(self, inputs: np.ndarray, seen: np.ndarray, told: Sequence[Report]) -> np.ndarray:
        """Return the log likelihood of some reports, f8 (n,); minus infinity for what cannot be used."""
        by_name = dict(zip(self.world.scenario.inputs, inputs.T, strict=True))
        found, usable = np.zeros(len(seen)), ~np.isnan(seen).any(axis=1)
        for column, report in enumerate(self.reports):
            if report in told:
                found += report.error.log_likelihood(np.where(usable, seen[:, column], 0.0), by_name)
        return np.where(usable, found, -math.inf)


def of_speakers(scores: NormalScores, reports: Sequence[Report]) -> np.ndarray:
    """Return which scores only the word of speakers depends on and no history does, i8 (some,).

    None where a report speaks of what is said within the histories themselves.
    """
    made = [process for report in reports for process in report.observable.made_by]
    return scores.columns_of([] if Process.REPORT in made else SPEAKERS_ALONE)


SPEAKERS_ALONE = tuple(name for name, each in PARAMETERS.items() if each.used_by == ("report",))
"""The parameters that only the process of the speakers uses, of which nothing else follows."""
ROUNDING = 1e-9
FEW = 64
"""How many histories are asked at once."""


@dataclass(frozen=True)
class Hearing:
    """The `Measure` of the reports up to a day: what they are compared with."""

    day: float

    def __call__(self, world: World) -> Ears:
        """Return what measures the histories of a world."""
        return Ears(world, self.day)


class Ears:
    """Hears what reports up to a day are compared with in some histories."""

    def __init__(self, world: World, day: float) -> None:
        """Prepare for the histories of a world."""
        self._world, self._day, self._conditions = world, day, Conditions.of(world)

    def __call__(self, histories: Sequence[History]) -> np.ndarray:
        """Return (histories, reports): 0 for a later report, NaN where a history cannot be used."""
        snapshots = Snapshots(self._world, histories, self._conditions.moments)
        found = np.zeros((len(histories), len(self._conditions.reports)))
        for column, report in enumerate(self._conditions.reports):
            if report.day <= self._day:
                found[:, column] = report.observable.values(snapshots)
        found[[bool(each.trouble) for each in histories]] = np.nan
        return found


def _chosen(taken: bool, other: Lineage, own: Lineage) -> Lineage:
    return other if taken else own
