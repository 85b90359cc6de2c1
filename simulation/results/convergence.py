"""Estimates as they ran: after each of some numbers of histories, with the confidence sequence so far."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.outcomes.labels import describe, spell
from simulation.outcomes.targets import Target, targets_of
from simulation.results.folder import Results
from simulation.results.stopping_rule import EACH_TIME, StoppingRecord
from simulation.results.summary import falls
from simulation.statistics.confidence_sequences import (
    SHARE,
    Aim,
    by_number,
    by_width,
    mean_of_few,
    mean_of_values,
)
from simulation.statistics.paired import Estimate

FIRST = 10
HUNDRED = "histories out of 100"


@dataclass(frozen=True, kw_only=True)
class RunningEstimate:
    """An estimate after `numbers` of histories, i8 (n,), with its band; f8 (n,), in `unit`.

    `kind` and `name` are those of a target: an ending, an outcome or a place.
    """

    kind: str
    name: str
    numbers: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    unit: str

    def words(self, actors: Mapping[str, str]) -> str:
        """Return what it estimates in words; `actors` gives names by id."""
        if self.kind == "outcome":
            text = describe(self.name, actors).label
        elif self.kind == "place":
            text = f"{self.name} has fallen by the end"
        else:
            text = spell(self.name)
        return text[:1].upper() + text[1:]


def running_endings(results: Results) -> list[RunningEstimate]:
    """Return the share of every ending that occurred, with the bets that suit the run's own length."""
    ended = results.columns("ending")["ending"].astype(str).to_numpy()
    aim = by_number(len(ended))
    names = [name for name in results.manifest.endings if (ended == name).any()]
    return [_share("ending", name, ended == name, aim) for name in names]


def running_targets(results: Results, stopping: StoppingRecord) -> list[RunningEstimate]:
    """Return what a run was stopped by, with the very intervals by which it stopped."""
    return [_target(results, target) for target in targets_of(stopping.until)]


def marks(total: int) -> np.ndarray:
    """Return numbers of histories from 10 to `total`, each a tenth more than the one before."""
    found = [min(FIRST, total)]
    while found[-1] < total:
        found.append(min(total, found[-1] - (-found[-1] // EACH_TIME)))
    return np.array(found)


def _target(results: Results, target: Target) -> RunningEstimate:
    if target.is_share:
        return _share(target.kind, target.name, _counts(results, target), by_width(target.width))
    values = results.columns(target.name)[target.name].to_numpy(dtype=float)
    numbers = marks(len(values))
    known = [mean_of_values(values[:at], target.width) for at in numbers]
    return RunningEstimate(
        kind=target.kind,
        name=target.name,
        numbers=numbers,
        value=np.array([float(each.value) for each in known]),
        low=np.array([float(each.low) for each in known]),
        high=np.array([float(each.high) for each in known]),
        unit=describe(target.name).unit,
    )


def _counts(results: Results, target: Target) -> np.ndarray:
    """Return whether each history counts for an ending or the fall of a place; bool."""
    if target.kind == "ending":
        return np.asarray(results.columns("ending")["ending"].astype(str) == target.name)
    return np.concatenate([days[target.name] < math.inf for _, days in falls(results)])


def _share(kind: str, name: str, counts: np.ndarray, aim: Aim) -> RunningEstimate:
    numbers, so_far = marks(len(counts)), np.cumsum(counts)
    ones = so_far[numbers - 1]
    known: Estimate = mean_of_few(SHARE, np.column_stack([numbers - ones, ones]), aim)
    return RunningEstimate(
        kind=kind,
        name=name,
        numbers=numbers,
        value=100 * known.value,
        low=100 * known.low,
        high=100 * known.high,
        unit=HUNDRED,
    )
