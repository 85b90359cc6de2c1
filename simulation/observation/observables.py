"""What a report can speak of: a number of a history at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from simulation.model.daily_series import DailySeries
from simulation.model.registry import Process
from simulation.observation.snapshots import Snapshots


class Observable(Protocol):
    """A number of a history; `unit` is for people, `made_by` the processes of the daily series that it reads."""

    @property
    def unit(self) -> str:
        """The unit of the number, or "yes or no"."""

    @property
    def made_by(self) -> tuple[Process, ...]:
        """The processes whose events change the daily series that it reads, if it reads one."""

    def values(self, snapshots: Snapshots) -> np.ndarray:
        """Return the number of each history, f8 (n,)."""


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Whether any of some actors (by index) holds a place at a moment: 1, else 0."""

    place: int
    actors: tuple[int, ...]
    day: float
    unit: str = "yes or no"
    made_by: tuple[Process, ...] = ()

    def values(self, snapshots: Snapshots) -> np.ndarray:
        """Return 1 for each history in which one of them holds it, else 0."""
        return np.asarray(np.isin(snapshots.holders(self.place, self.day), self.actors), dtype=float)


@dataclass(frozen=True, kw_only=True)
class Count:
    """The sum of a daily series over some columns at a moment; with `since`, what has come to it from then on."""

    series: DailySeries
    columns: tuple[int, ...]
    day: float
    since: float | None = None

    @property
    def unit(self) -> str:
        """The unit of the series."""
        return self.series.unit

    @property
    def made_by(self) -> tuple[Process, ...]:
        """Those of the series."""
        return self.series.made_by

    def values(self, snapshots: Snapshots) -> np.ndarray:
        """Return the sum for each history; nothing below 0 is counted since a moment."""
        found = self._sum(snapshots, self.day)
        if self.since is None:
            return found
        return np.asarray(np.maximum(found - self._sum(snapshots, self.since), 0.0))

    def _sum(self, snapshots: Snapshots, day: float) -> np.ndarray:
        total: np.ndarray = snapshots.at(day)[:, self.series, list(self.columns)].sum(axis=1)
        return total


@dataclass(frozen=True, kw_only=True)
class Ended:
    """Whether a history ends in an ending (by index): 1, else 0."""

    ending: int
    unit: str = "yes or no"
    made_by: tuple[Process, ...] = ()

    def values(self, snapshots: Snapshots) -> np.ndarray:
        """Return 1 for each history that ends so, else 0."""
        return np.asarray(snapshots.endings == self.ending, dtype=float)
