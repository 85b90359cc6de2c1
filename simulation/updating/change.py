"""What is so before the reports and after them: endings, places, inputs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from simulation.outcomes.labels import INPUT_PREFIX, input_columns
from simulation.results.folder import Results
from simulation.statistics import weighted
from simulation.statistics.intervals import WEIGHT, Share, ending_shares, fall_days, share_of, weights_of
from simulation.updating.evidence import Before, Evidence, evidence_of

CLEAR = 3.0
"""Standard errors by which the mean of an input must have moved to be said to have: 1 of 400 moves so by chance."""


@dataclass(frozen=True, kw_only=True)
class InputChange:
    """An input by name: its mean before and after, the standard deviation before, and the error of the move."""

    name: str
    before: float
    after: float
    deviation: float
    error: float

    @property
    def moved(self) -> float:
        """How far its mean has moved, in standard deviations of the prior."""
        return (self.after - self.before) / self.deviation

    @property
    def clear(self) -> bool:
        """Whether it can be told from no move."""
        return abs(self.after - self.before) > CLEAR * self.error


@dataclass(frozen=True)
class Update:
    """A run that was updated on reports, before and after."""

    results: Results

    @property
    def outcomes(self) -> pd.DataFrame:
        """The table of outcomes."""
        return self.results.outcomes

    @cached_property
    def evidence(self) -> Evidence:
        """What the histories say of the reports."""
        return evidence_in(self.results, self.outcomes)

    @property
    def _plain(self) -> pd.DataFrame:
        """The outcomes before the reports, which all count alike."""
        return self.results.before.outcomes.drop(columns=WEIGHT)

    @cached_property
    def endings(self) -> Mapping[str, tuple[Share, Share]]:
        """The share of every ending before and after."""
        names = self.results.manifest.endings
        before = ending_shares(self._plain, names)
        after = ending_shares(self.outcomes, names)
        return {name: (before[name], after[name]) for name in before}

    @cached_property
    def places(self) -> Mapping[str, tuple[Share, Share]]:
        """The share of histories in which each place has fallen by the end, before and after; those that ever fall."""
        plain, after = _fallen(self.results.before), _fallen(self.results)
        weights = weights_of(self.outcomes)
        return {
            place: (share_of(plain[place]), share_of(hits, weights))
            for place, hits in after.items()
            if hits.any() or plain[place].any()
        }

    @cached_property
    def inputs(self) -> tuple[InputChange, ...]:
        """The uncertain inputs, those that moved most first."""
        weights = weights_of(self.outcomes)
        found = [
            change
            for column in input_columns(self.outcomes)
            if (change := _change(column, self._plain, self.outcomes, weights)) is not None
        ]
        return tuple(sorted(found, key=lambda each: -abs(each.moved)))


def update_of(results: Results) -> Update | None:
    """Return what reports changed in a run; None for a run without reports."""
    return Update(results) if results.manifest.reports else None


def evidence_in(results: Results, rows: pd.DataFrame) -> Evidence:
    """Return what some rows of the outcomes of a run say of its reports."""
    manifest, record = results.manifest, results.manifest.sequential
    before = None
    if record is not None:
        asked = bool(manifest.asked_sequential)
        before = Before(record=record, outcomes=results.before.outcomes, asked=asked)
    return evidence_of(rows, manifest.reports, manifest.endings, before)


def _fallen(results: Results) -> dict[str, np.ndarray]:
    """Return for each place in which histories it has fallen by the end, bool (n,)."""
    manifest = results.manifest
    days = fall_days(results.places, results.outcomes, manifest.places, manifest.dissolves)
    return {place: (days[place] < math.inf).to_numpy() for place in manifest.places}


def _change(
    column: str, before: pd.DataFrame, after: pd.DataFrame, weights: np.ndarray | None
) -> InputChange | None:
    plain, values = (each[column].to_numpy(dtype=float) for each in (before, after))
    if not np.ptp(plain) > 0:
        return None
    mean = float(values.mean()) if weights is None else weighted.mean(values, weights)
    counting = np.ones(len(values)) if weights is None else weights
    same = weights is None and len(plain) == len(values) and bool((plain == values).all())
    return InputChange(
        name=column.removeprefix(INPUT_PREFIX),
        before=float(plain.mean()),
        after=mean,
        deviation=float(plain.std()),
        error=0.0 if same else weighted.standard_error(values, counting),
    )
