"""A report: what is said of the war by a day, and how likely it is in each history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.observation.likelihood import ErrorModel, Inputs
from simulation.observation.observables import Observable
from simulation.observation.snapshots import Snapshots


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report on a history, ready to be compared with many.

    `day` is the moment that it speaks of, days from the start; `known` the date on which it became known, None for one
    that was added by hand. `low` and `high` are what is said (equal for one number, infinite for an open end), or None
    for a yes. `text` says it in a sentence, `speaker` in words.
    """

    id: str
    text: str
    speaker: str
    day: float
    known: date | None
    observable: Observable
    error: ErrorModel
    low: float | None = None
    high: float | None = None

    def expected(self, snapshots: Snapshots) -> np.ndarray:
        """Return what the speaker would say of each history but for the error, f8 (n,)."""
        return self.error.expected(self.observable.values(snapshots), snapshots.inputs)

    def log_likelihood(self, snapshots: Snapshots) -> np.ndarray:
        """Return the natural logarithm of the likelihood of the report for each history, f8 (n,)."""
        return self.error.log_likelihood(self.observable.values(snapshots), snapshots.inputs)

    def most(self, number: int, inputs: Inputs) -> np.ndarray:
        """Return what that logarithm is never above in histories (number,) with such inputs, f8 (number,)."""
        return self.error.most(number, inputs)
