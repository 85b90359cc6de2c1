"""A finished parameter study: its points, what is varied, and the table of every outcome at every point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from simulation.parameter_study.design import Design
from simulation.parameter_study.factor import Factor
from simulation.parameter_study.finding import Finding, findings_of
from simulation.sensitivity_analysis.finding import SHARE
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted


@dataclass(frozen=True, kw_only=True)
class ParameterStudy:
    """One scenario at many points, played with the same cases and the same luck at each.

    `factors` are what varies, in the order of the design. `replicates` counts the histories that finished at every
    point, which alone are counted, and `reused` the points that had been played before. `table` has one row for
    each point (from 1) and outcome: number, value (a share from 0 to 1 or a mean), low, high, then its paired
    difference from the first point with difference_low and difference_high (95 % intervals), and the verdict.
    Where each point was updated on `reports`, so many, `effective` says what its histories are worth.
    """

    scenario: str
    title: str
    question: str
    days: float
    seed: int
    replicates: int
    reused: int
    design: Design
    factors: tuple[Factor, ...]
    outcomes: tuple[StudiedOutcome, ...]
    table: pd.DataFrame
    reports: int = 0
    effective: tuple[float, ...] = ()

    def __repr__(self) -> str:
        """Return what was studied on one line."""
        return one_line(self, f"of {self.scenario}: {counted(len(self.design.points), 'point')}")

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found of each outcome, in their order."""
        return findings_of(self.table, [each.name for each in self.outcomes])

    def of(self, outcome: StudiedOutcome) -> pd.DataFrame:
        """Return the rows of an outcome, one for each point."""
        return self.table[self.table["outcome"] == outcome.name].reset_index(drop=True)

    def texts_of(self, factor: Factor) -> tuple[str, ...]:
        """Return the value of a factor at each point, as it was written."""
        at = self.design.names.index(factor.path)
        return tuple(point.values[at] for point in self.design.points)

    def words_of(self, point: int) -> str:
        """Return a point, counted from 1, in words: "League: fighters 5,000, fog 0.5"."""
        return ", ".join(factor.words(self.texts_of(factor)[point - 1]) for factor in self.factors)

    @property
    def settings(self) -> pd.DataFrame:
        """The points: point, and what each name of the design is set to, as text."""
        names = self.design.names
        rows = [
            {"point": k} | dict(zip(names, point.values, strict=True))
            for k, point in enumerate(self.design.points, start=1)
        ]
        return pd.DataFrame(rows)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables by name: `points`, with the settings beside every row."""
        settings = self.settings.rename(columns={name: f"set.{name}" for name in self.design.names})
        return {"points": settings.merge(self.table, on="point", validate="one_to_many")}


def is_share(outcome: StudiedOutcome) -> bool:
    """Return whether a history counts 0 or 1 for an outcome."""
    return outcome.unit == SHARE
