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

from simulation.conditioning.blocks import Blocks
from simulation.conditioning.moves import NEAR, Proposal, of_inputs, of_luck
from simulation.conditioning.population import Player, Population, joined
from simulation.statistics import weighted

FIRST_DRAWS = 20
"""Of each history that is wanted."""
TELLINGS = 16
"""Sets of speakers that tell of each first draw, of which one is kept: what is said of a history costs no playing."""
CHAINS = 0.5
"""Of each history that is wanted; at least `FEWEST_CHAINS`."""
FEWEST_CHAINS = 60
LENGTH = 10
"""Histories in a chain, the first included."""
LONGEST = 25
"""Of those in the chains of the last step, one for each history wanted, of which only the ends are kept."""
OF_LUCK = 3
"""Every so many moves one is of luck, the others are of inputs, if any is uncertain."""
RETOLD = 3
"""Moves of the speakers alone after each other move."""
AGREE = 0.7
"""An effective sample size per chain that is enough to go on: what lets fewer agree is let in by and by."""
WHOLE = 0.6
"""The part of them that is enough where all the rest can be let in at once."""
LEAST_STEP = 0.05
"""Of the logarithm of a day's likelihood, that is let in at once however few agree."""
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
    """Draws histories of a player's world given the reports of some days, as many as `wanted`."""

    def __init__(self, player: Player, wanted: int, told: Told) -> None:
        """Prepare; `told` hears what is being done."""
        self._player, self._wanted, self._told = player, wanted, told
        self._draw = np.random.default_rng([player.seed, TAG])
        self._chains = max(FEWEST_CHAINS, math.ceil(CHAINS * wanted))
        self._blocks = Blocks(player.scores.width) if player.scores.width else None
        self._branch, self._names, self._taken = 0, 0, 0.0
        self._log_evidence, self._steps = 0.0, list[Step]()

    def drawn(self, days: Sequence[float]) -> Conditioned:
        """Return histories given what is reported of some rising days."""
        number = FIRST_DRAWS * self._wanted
        self._told(f"sequential updating: {number:,} histories to day {days[0]:g}")
        nothing = np.zeros(number)
        population = Population(
            scores=self._draw.standard_normal((number, self._player.scores.width)), lineages=((),) * number,
            seen=np.zeros((number, 0)), past=nothing, new=nothing, names=np.arange(number), origins=np.arange(number),
        )  # fmt: skip
        self._names = number
        before = 0.0
        for day in days:
            self._branch += 1
            population = self._player.heard(population.until(before, self._branch), day)
            more = np.zeros(len(population))
            if self._branch == 1:
                population, more = self._told_of(population, day)
            population = self._given(population, day, more, last=day == days[-1])
            if not len(population):
                break
            before = day
        return self._conditioned(population, days[-1])

    def _told_of(self, population: Population, day: float) -> tuple[Population, np.ndarray]:
        """Return first draws with speakers chosen among several sets by what they say, and what a draw counts more.

        That is the logarithm of the mean likelihood over the sets, (n,), less that with the chosen ones.
        """
        speakers = self._player.of_speakers
        if not len(speakers):
            return population, np.zeros(len(population))
        chosen, total = population, population.new.copy()
        for _ in range(1, TELLINGS):
            other = self._player.weighed(self._with_speakers(population, near=False), day)
            total = np.logaddexp(total, other.new)
            with np.errstate(invalid="ignore"):
                taken = np.log(self._draw.random(len(total))) < other.new - total
            chosen = chosen.or_else(other, taken)
        with np.errstate(invalid="ignore"):
            more = np.where(np.isfinite(total), total - math.log(TELLINGS) - chosen.new, 0.0)
        return chosen, more

    def _with_speakers(self, population: Population, *, near: bool) -> Population:
        """Return the population with other speakers, drawn anew or near those that it has."""
        scores, speakers = population.scores.copy(), self._player.of_speakers
        kept = NEAR if near else 0.0
        new = self._draw.standard_normal((len(scores), len(speakers)))
        scores[:, speakers] = kept * scores[:, speakers] + math.sqrt(1 - kept * kept) * new
        return replace(population, scores=scores)

    def _given(self, population: Population, day: float, more: np.ndarray, *, last: bool) -> Population:
        """Let in what is reported of a day; return nobody where nobody agrees with it.

        `more` (n,) is the logarithm of what a history counts besides.
        """
        let_in = 0.0
        while let_in < 1:
            if not np.isfinite(population.new).any():
                self._log_evidence = -math.inf
                return population.at(np.empty(0, np.int64))
            step = self._step(population.new, more, 1 - let_in)
            weights, log_mean = weighted.from_logarithms(step * population.new + more)
            self._log_evidence += log_mean
            let_in = 1.0 if let_in + step > 1 - 1e-9 else let_in + step
            final = last and let_in == 1
            chains = self._wanted if final else self._chains
            counts = weighted.systematic(weights, chains, self._draw.random())
            chosen = population.at(np.repeat(np.arange(len(population)), counts))
            population = self._moved_on(chosen, day, let_in, last=final)
            more = np.zeros(len(population))
            self._note(population, day, let_in, weighted.effective_size(weights))
        return population

    def _step(self, new: np.ndarray, more: np.ndarray, rest: float) -> float:
        """Return how much of a likelihood can be let in so that enough agree."""
        enough = AGREE * self._chains

        def agree(step: float, enough: float = enough) -> bool:
            return weighted.effective_size(weighted.from_logarithms(step * new + more)[0]) >= enough

        if agree(rest, WHOLE * enough):
            return rest
        low, high = 0.0, rest
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if agree(middle) else (low, middle)
        return min(rest, max(low, LEAST_STEP))

    def _moved_on(self, population: Population, day: float, let_in: float, *, last: bool) -> Population:
        """Return the histories of the chains that begin with some, these included; of the `last` only the ends."""
        met, number, length = [population], 0, LONGEST if last else LENGTH
        for move in range(1, length):
            self._branch += 1
            way = self._way(population, day, move)
            least = np.log(self._draw.random(len(population))) + population.past + let_in * population.new
            other = self._player.heard_if(way.population, day, let_in, least, way.same_until)
            taken = other.past + let_in * other.new > least
            if self._blocks is not None and way.blocks.any():
                self._blocks.learn(way.blocks[~way.near], ~taken[~way.near])
            names = self._names + np.arange(len(population))
            self._names += len(population)
            population = self._retold(population.or_else(replace(other, names=names), taken), day, let_in)
            met.append(population)
            number += int(taken.sum())
        self._taken = number / ((length - 1) * len(population))
        return population if last else joined(met)

    def _way(self, population: Population, day: float, move: int) -> Proposal:
        """Return where a move by number leads."""
        if self._blocks is None or move % OF_LUCK == 0:
            return of_luck(population, day, self._branch, self._draw)
        return of_inputs(population, self._blocks.drawn(len(population), self._draw), self._draw)

    def _retold(self, population: Population, day: float, let_in: float) -> Population:
        """Return the histories after moves of the speakers alone, for which nothing is played."""
        for k in range(RETOLD if len(self._player.of_speakers) else 0):
            other = self._player.weighed(self._with_speakers(population, near=bool(k % 2)), day)
            least = np.log(self._draw.random(len(population))) + population.past + let_in * population.new
            population = population.or_else(other, other.past + let_in * other.new > least)
        return population

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
