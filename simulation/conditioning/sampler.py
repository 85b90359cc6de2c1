"""Sequential Monte Carlo over the days of the reports: histories drawn given all that was reported.

First draws are played to the first day of which a report speaks, weighted, and resampled systematically; what is left
goes on under new luck to the next such day, and so on. Where too few agree with what is said of a day, its likelihood
is let in by and by (tempering), as fast as enough agree with it. After each resampling every history begins a chain of
moves that leave the histories as they are distributed. All histories of all chains are kept, but of the last, of which
there is one for each history that is wanted, only the ends: histories of one chain resemble each other.
Sources: Del Moral, Doucet and Jasra 2006, doi:10.1111/j.1467-9868.2006.00553.x; Dau and Chopin 2022 (waste-free),
doi:10.1111/rssb.12475.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.conditioning.moves import MOVES, OF_LUCK, proposed
from simulation.conditioning.population import Player, Population, joined
from simulation.statistics import weighted

FIRST_DRAWS = 8
"""Of each history that is wanted."""
CHAINS = 0.3
"""Of each history that is wanted; at least `FEWEST_CHAINS`."""
FEWEST_CHAINS = 60
LENGTH = 12
"""Histories in a chain, the first included."""
LONGEST, NEARLY = 60, 0.9
"""The last chains, one for each history wanted, go on until their ends are worth nearly as many, but no longer."""
AGREE = 0.7
"""An effective sample size per chain that is enough to go on: what lets fewer agree is let in by and by."""
WHOLE = 0.6
"""The part of them that is enough where all the rest can be let in at once."""
LEAST_STEP = 0.05
"""Of the logarithm of a day's likelihood, that is let in at once however few agree."""
OF_CHANCE = 4.0
"""The square of a mean, in those of its standard error, of which nothing is taken for more than chance."""
TAG = 0x5E9
"""Sets the numbers that decide about weights and moves apart from all others of the seed."""
Told = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: the day, how much of its reports is let in, and the effective sample size before resampling.

    After the moves, `taken` is the share of them that was taken, `origins` how many first draws have descendants.
    """

    day: float
    let_in: float
    effective: float
    taken: float
    origins: int


@dataclass(frozen=True, kw_only=True)
class Conditioned:
    """Histories drawn given the reports up to a day, which count alike; a few may be the same.

    `log_evidence` is that of the reports; `played` counts all histories that were played so far, most of them not long.
    """

    population: Population
    log_evidence: float
    day: float
    branch: int
    played: int
    steps: tuple[Step, ...]

    @property
    def agrees(self) -> bool:
        """Whether any history agrees with the reports."""
        return len(self.population) > 0


class Sampler:
    """Draws histories of a player's world given the reports of some days, `wanted` different ones or more."""

    def __init__(self, player: Player, wanted: int, told: Told) -> None:
        """Prepare; `told` hears what is being done."""
        self._player, self._wanted, self._told = player, wanted, told
        self._draw = np.random.default_rng([player.seed, TAG])
        self._chains = max(FEWEST_CHAINS, math.ceil(CHAINS * wanted))
        self._moves = MOVES if player.scores.width else OF_LUCK
        self._branch, self._names, self._taken = 0, 0, 0.0
        self._log_evidence, self._steps = 0.0, list[Step]()

    def drawn(self, days: Sequence[float]) -> Conditioned:
        """Return histories given what is reported of some rising days."""
        number = FIRST_DRAWS * self._wanted
        self._told(f"sequential updating: {number:,} histories to day {days[0]:g}")
        nothing = np.zeros(number)
        population = Population(
            scores=self._draw.standard_normal((number, self._player.scores.width)), lineages=((),) * number,
            past=nothing, new=nothing, names=np.arange(number), origins=np.arange(number),
        )  # fmt: skip
        self._names = number
        before = 0.0
        for day in days:
            self._branch += 1
            population = self._player.heard(population.until(before, self._branch), day)
            population = self._given(population, day, last=day == days[-1])
            if not len(population):
                break
            before = day
        return self._conditioned(population, days[-1])

    def _given(self, population: Population, day: float, *, last: bool) -> Population:
        """Let in what is reported of a day; return nobody where nobody agrees with it."""
        let_in = 0.0
        while let_in < 1:
            if not np.isfinite(population.new).any():
                self._log_evidence = -math.inf
                return population.at(np.empty(0, np.int64))
            step = self._step(population.new, 1 - let_in)
            weights, log_mean = weighted.from_logarithms(step * population.new)
            self._log_evidence += log_mean
            let_in = 1.0 if let_in + step > 1 - 1e-9 else let_in + step
            final = last and let_in == 1
            chains = self._wanted if final else self._chains
            counts = weighted.systematic(weights, chains, self._draw.random())
            middle = _middle(population.scores, weights)
            chosen = population.at(np.repeat(np.arange(len(population)), counts))
            population = self._moved_on(chosen, day, let_in, middle, last=final)
            self._note(population, day, let_in, weighted.effective_size(weights))
        return population

    def _step(self, new: np.ndarray, rest: float) -> float:
        """Return how much of a likelihood can be let in so that enough agree."""
        enough = AGREE * self._chains

        def agree(step: float, enough: float = enough) -> bool:
            return weighted.effective_size(weighted.from_logarithms(step * new)[0]) >= enough

        if agree(rest, WHOLE * enough):
            return rest
        low, high = 0.0, rest
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if agree(middle) else (low, middle)
        return min(rest, max(low, LEAST_STEP))

    def _moved_on(
        self, population: Population, day: float, let_in: float, middle: np.ndarray, *, last: bool
    ) -> Population:
        """Return the histories of the chains that begin with some, these included; of the `last` only the ends."""
        met, number = [population], 0
        while len(met) < LENGTH or (
            last and len(met) < LONGEST and _worth(population) < NEARLY * self._wanted
        ):
            self._branch += 1
            move = self._moves[(len(met) - 1) % len(self._moves)]
            way = proposed(move, population, day, middle, self._branch, self._draw)
            least = (
                np.log(self._draw.random(len(population)))
                + population.past + let_in * population.new + way.less_likely
            )  # fmt: skip
            other = self._player.heard_if(way.population, day, let_in, least, way.same_until)
            taken = other.past + let_in * other.new > least
            names = self._names + np.arange(len(population))
            self._names += len(population)
            population = population.or_else(replace(other, names=names), taken)
            met.append(population)
            number += int(taken.sum())
        self._taken = number / ((len(met) - 1) * len(population))
        return population if last else joined(met)

    def _note(self, population: Population, day: float, let_in: float, effective: float) -> None:
        origins = len(np.unique(population.origins))
        step = Step(day=day, let_in=let_in, effective=effective, taken=self._taken, origins=origins)
        self._steps.append(step)
        self._told(
            f"sequential updating: day {day:g}, {100 * let_in:.0f} of 100 parts of its reports; "
            f"{self._player.played:,} histories played, those kept are worth {_worth(population):,.0f}"
        )  # fmt: skip

    def _conditioned(self, population: Population, day: float) -> Conditioned:
        return Conditioned(
            population=population, log_evidence=self._log_evidence, day=day, branch=self._branch + 1,
            played=self._player.played, steps=tuple(self._steps),
        )  # fmt: skip


def _worth(population: Population) -> float:
    """Return the effective sample size of histories of which some are the same."""
    return weighted.effective_size(np.unique(population.names, return_counts=True)[1])


def _middle(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of scores (n, width), f8 (width,), drawn to 0 as far as it may be chance."""
    mean = weights @ scores / weights.sum()
    chance = OF_CHANCE / weighted.effective_size(weights)
    return np.asarray(mean * np.maximum(0.0, 1 - chance / np.maximum(mean * mean, 1e-300)))
