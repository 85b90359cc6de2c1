"""A pool of histories, of which any may be the true one: what reports say of it is weighed in all of them.

The pool stands for the prior. Whichever of it is true, its rank by weight among all of them, itself included and
ties broken by chance, is uniform, exactly and for any number of histories, if what is said of it is drawn as the
likelihoods say. For the rank is where the true one lies in its distribution given what is said.
Sources: Talts et al. 2018, arXiv:1804.06788; with what the data say as one more quantity, Modrák et al. 2023,
doi:10.1214/23-BA1404.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from simulation.documents import Claim
from simulation.documents.reports import ReportedClaims
from simulation.engine.ensemble import History
from simulation.engine.moment import Moments
from simulation.model.daily_series import DailySeries
from simulation.observation.claims import reports_of
from simulation.observation.likelihood import Statement
from simulation.observation.observables import Count, Holding, Observable
from simulation.observation.report import Report
from simulation.observation.snapshots import Snapshots
from simulation.selftest.witnesses import Said, Witness
from simulation.statistics import weighted
from simulation.world.world import World

LIKELIHOOD = "the likelihood itself"


@dataclass(frozen=True)
class _Heard(ReportedClaims):
    """Claims that became known when they were made."""

    def known(self, claim: str) -> date:
        """Return a day that plays no part."""
        return date.min


class Pool:
    """Histories of a world, side by side; `number` says how many."""

    def __init__(self, world: World, found: Sequence[History]) -> None:
        """Take some histories of a world."""
        self.world, self.number = world, len(found)
        self.snapshots = Snapshots(world, found, Moments(world))
        self._values: dict[Observable, np.ndarray] = {}

    @cached_property
    def inputs(self) -> dict[str, np.ndarray]:
        """What each history was given, f8 (n,), by the name of the input."""
        return self.snapshots.inputs

    def values(self, observable: Observable) -> np.ndarray:
        """Return a number of each history, f8 (n,), looked up once."""
        if observable not in self._values:
            self._values[observable] = observable.values(self.snapshots)
        return self._values[observable]

    def last(self, series: DailySeries, *actors: str) -> np.ndarray:
        """Return a daily series of some actors, or of all together, at the end, f8 (n,)."""
        names = self.world.actors
        columns = tuple(map(names.index, actors)) or (len(names),)
        return self.values(Count(series=series, columns=columns, day=self.world.scenario.days))

    def held(self, place: str, actor: str) -> np.ndarray:
        """Return in which histories an actor's bloc holds a place at the end, 0 or 1, f8 (n,)."""
        bloc = self.world.template.actors.bloc
        side = tuple(np.flatnonzero(bloc == bloc[self.world.actors.index(actor)]).tolist())
        where, day = self.world.places.index(place), self.world.scenario.days
        return self.values(Holding(place=where, actors=side, day=day))

    def given(self, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Return some of the inputs."""
        return {name: self.inputs[name] for name in names}

    def totals(self, claims: Iterable[Claim]) -> np.ndarray:
        """Return what claims speak of, as it is in each history, f8 (claims, n): totals so far, or 1 for a yes."""
        return np.array([self.values(self._reports([claim])[0].observable) for claim in claims])

    def log_likelihoods(self, told: Sequence[Said]) -> np.ndarray:
        """Return how likely it is in each history that all this is said, as a logarithm, f8 (n,)."""
        made = {claim.id: yes for claim, yes in told}
        total = np.zeros(self.number)
        for report in self._reports([claim for claim, _ in told]):
            x = self.values(report.observable)
            total += _answered(report, yes=made[report.id]).error.log_likelihood(x, self.inputs)
        return total

    def ranks(
        self, quantities: Mapping[str, np.ndarray], witness: Witness, truths: int, seed: int
    ) -> dict[str, np.ndarray]:
        """Return the rank of the truth in each quantity, 0 to 1, f8 (truths,), for truths drawn from the pool."""
        draw = np.random.default_rng(seed)
        table = np.array([*quantities.values(), np.zeros(self.number)], dtype=float)
        found = np.empty((truths, len(table)))
        for row in found:
            true = int(draw.integers(self.number))
            logs = self.log_likelihoods(tuple(witness(true, draw)))
            weights, _ = weighted.from_logarithms(logs)
            table[-1] = logs
            own = table[:, true : true + 1]
            row[:] = (table < own) @ weights + draw.random(len(table)) * ((table == own) @ weights)
            row /= weights.sum()
        return dict(zip((*quantities, LIKELIHOOD), found.T, strict=True))

    def _reports(self, claims: list[Claim]) -> tuple[Report, ...]:
        return reports_of(self.world, _Heard(claims={each.id: each for each in claims}, documents={}))


def _answered(report: Report, *, yes: bool) -> Report:
    """Return a report, or of a yes or no the opposite where that is said."""
    if yes or not isinstance(report.error, Statement):
        return report
    return replace(report, error=replace(report.error, value=1 - report.error.value))
