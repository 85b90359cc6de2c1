"""What the histories of a scenario are conditioned on: its reports, and the columns that they add to the outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np

from simulation.engine.ensemble import History
from simulation.engine.moment import Moments
from simulation.errors import InputError
from simulation.io.pydantic_messages import suggestion
from simulation.observation.by_hand import reports_by_hand
from simulation.observation.claims import reports_of
from simulation.observation.report import Report
from simulation.observation.snapshots import Snapshots
from simulation.outcomes.labels import EXPECTED_PREFIX, LIKELIHOOD_PREFIX
from simulation.statistics.intervals import ANCESTOR, ORIGIN, WEIGHT
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """The reports that count for a world, in order of the moment they speak of; none for a plain run."""

    world: World
    reports: tuple[Report, ...]
    moments: Moments = field(repr=False)

    @classmethod
    def of(cls, world: World) -> Self:
        """Return the conditions of a scenario: what was known by its date, what it adds, without what it doubts.

        Errors: InputError for a report that cannot be read, and for a doubt of a report that there is not.
        """
        scenario = world.scenario
        found: tuple[Report, ...] = ()
        if scenario.as_of is not None:
            claims = scenario.archive.reports(world.seeds, scenario.region, scenario.as_of)
            found = reports_of(world, claims)
        found = (*found, *reports_by_hand(world, scenario.given))
        names = [report.id for report in found]
        for name in scenario.doubt:
            if name not in names:
                what = f"no report '{name}' is known by then{suggestion(name, names) if names else ''}"
                raise InputError(what, file=f"--doubt {name}")
        kept = [report for report in found if report.id not in scenario.doubt]
        ordered = tuple(sorted(kept, key=lambda report: report.day))
        return cls(world=world, reports=ordered, moments=Moments(world))

    def columns(self, histories: Sequence[History]) -> dict[str, np.ndarray]:
        """Return what reports add to the rows of some histories in the table of outcomes, f8 (histories,) each.

        For each report what its speaker would say of the history but for the error, and the logarithm of its
        likelihood; and the product of all likelihoods as the weight. Nothing where there is no report. Of a history
        that branched off from one with which reports were compared before, later reports alone make its weight.
        """
        if not self.reports:
            return {}
        snapshots = Snapshots(self.world, histories, self.moments)
        found: dict[str, np.ndarray] = {}
        heard = np.array([each.descent.since if each.descent else 0.0 for each in histories])
        total = np.zeros(len(histories))
        for report in self.reports:
            likelihood = report.log_likelihood(snapshots)
            found[f"{EXPECTED_PREFIX}{report.id}"] = report.expected(snapshots)
            found[f"{LIKELIHOOD_PREFIX}{report.id}"] = likelihood
            total = total + np.where(report.day > heard, likelihood, 0.0)
        return found | _counting(histories, total)


def _counting(histories: Sequence[History], total: np.ndarray) -> dict[str, np.ndarray]:
    """Return what each history counts, and from which it goes on where it branched off from another."""
    descents = [each.descent for each in histories]
    if None in descents:
        return {WEIGHT: np.exp(total)}
    weights = np.array([each.weight for each in descents if each])
    ancestors, origins = np.array([(each.ancestor, each.origin) for each in descents if each], np.int64).T
    return {WEIGHT: weights * np.exp(total), ANCESTOR: ancestors, ORIGIN: origins}
