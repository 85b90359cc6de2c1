"""What `--until` watches while histories come in, and how well it is known so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from simulation.outcomes.tables import Columns
from simulation.outcomes.targets import ESS, Target, values_of
from simulation.results.stopping_rule import TargetState
from simulation.statistics import weighted
from simulation.statistics.confidence_sequences import (
    DIFFERENCE,
    SHARE,
    by_width,
    mean_of_few,
    mean_of_values,
)
from simulation.statistics.paired import Estimate
from simulation.world.world import World

NONE = Estimate(value=np.zeros(()), low=np.zeros(()), high=np.zeros(()))
"""No difference at all."""


class TargetMonitor:
    """The values of some targets in the histories of one scenario, in the order in which they came."""

    def __init__(self, targets: Sequence[Target], world: World) -> None:
        """Prepare to watch; every target must have passed `check_names`."""
        self.targets, self.world = targets, world
        self._numbers: list[np.ndarray] = []
        self._values: list[np.ndarray] = []

    def take(self, rows: Mapping[str, Columns]) -> None:
        """Note the values in the rows of some histories."""
        if self.targets:
            self._numbers.append(np.asarray(rows["outcomes"]["replicate"]))
            values = [values_of(target, self.world, rows) for target in self.targets]
            self._values.append(np.column_stack(values))

    @property
    def numbers(self) -> np.ndarray:
        """The numbers of the histories that finished, (n,)."""
        return np.concatenate(self._numbers) if self._numbers else np.empty(0, np.int64)

    @property
    def values(self) -> np.ndarray:
        """One row per history and one column per target, f8 (n, targets)."""
        return np.concatenate(self._values) if self._values else np.empty((0, len(self.targets)))


def reached(watch: TargetMonitor) -> tuple[TargetState, ...]:
    """Return how well each target of a run is known."""
    return tuple(
        _size(target, column) if target.kind == ESS else _reached(target, estimate(target, column))
        for target, column in zip(watch.targets, watch.values.T, strict=True)
    )


def reached_differences(
    names: Sequence[str], watches: Sequence[TargetMonitor], same: Sequence[str] = ()
) -> tuple[TargetState, ...]:
    """Return how well each target's difference to the first scenario is known, by target and scenario.

    Only histories that finished in both are compared, pair by pair. Scenarios named in `same` differ from the
    first in nothing that decides a history, so their difference is known to be 0.
    """
    pairs = [(name, *_paired(watches[0], watch)) for name, watch in zip(names, watches, strict=True)][1:]
    return tuple(
        _reached(target, NONE if name in same else difference(target, reference[:, k], other[:, k]), name)
        for k, target in enumerate(watches[0].targets)
        for name, reference, other in pairs
    )


def estimate(target: Target, values: np.ndarray) -> Estimate:
    """Return a target's mean over histories with its confidence sequence."""
    if not target.is_share:
        return mean_of_values(values, target.width)
    return _of_kinds(values, SHARE, target.width)


def difference(target: Target, reference: np.ndarray, other: np.ndarray) -> Estimate:
    """Return the mean of other minus reference, pair by pair, with its confidence sequence."""
    if not target.is_share:
        return mean_of_values(other - reference, target.width)
    return _of_kinds(other - reference, DIFFERENCE, target.width)


def _of_kinds(values: np.ndarray, kinds: tuple[float, ...], width: float) -> Estimate:
    if not len(values):
        return Estimate(value=np.asarray(np.nan), low=np.asarray(-np.inf), high=np.asarray(np.inf))
    counts = np.array([(values == kind).sum() for kind in kinds])
    return mean_of_few(kinds, counts, by_width(width))


def _size(target: Target, weights: np.ndarray) -> TargetState:
    size = weighted.effective_size(weights) if weights.any() else 0.0
    return TargetState(target=ESS, asked=target.width, value=size, low=-math.inf, high=math.inf)


def _paired(reference: TargetMonitor, other: TargetMonitor) -> tuple[np.ndarray, np.ndarray]:
    _, mine, theirs = np.intersect1d(reference.numbers, other.numbers, return_indices=True)
    return reference.values[mine], other.values[theirs]


def _reached(target: Target, known: Estimate, scenario: str = "") -> TargetState:
    return TargetState(
        target=target.label,
        asked=target.width,
        value=float(known.value),
        low=float(known.low),
        high=float(known.high),
        scenario=scenario,
    )
