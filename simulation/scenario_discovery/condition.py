"""A condition on one input, and how many histories meet several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.statistics.intervals import Share
from simulation.statistics.weighted import wilson_ends
from simulation.wording.phrases import listed

FEW_VALUES = 10
"""Up to which an input is taken for a switch or a list."""
FIGURES = 3
"""To which limits are rounded before anything is counted, so that what is said is what was counted."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """An input, called `label`, lies from `low` to `high`, both included; None where it has no limit."""

    name: str
    label: str
    unit: str
    low: float | None = None
    high: float | None = None

    def holds(self, inputs: pd.DataFrame) -> np.ndarray:
        """Return in which rows it holds, bool (rows,)."""
        values = inputs[self.name].to_numpy(dtype=float)
        above = values >= self.low if self.low is not None else np.ones(len(values), bool)
        return np.asarray(above & (values <= self.high) if self.high is not None else above)

    @property
    def words(self) -> str:
        """The condition as a part of a sentence."""
        unit = f" {self.unit}" if self.unit and self.unit != "1" else ""
        if self.low is None:
            return f"“{self.label}” at most {shown(self.high)}{unit}"
        if self.high is None:
            return f"“{self.label}” at least {shown(self.low)}{unit}"
        if self.low == self.high:
            return f"“{self.label}” {shown(self.low)}{unit}"
        return f"“{self.label}” from {shown(self.low)} to {shown(self.high)}{unit}"

    def document(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """So many `histories`, of which `met` met some conditions; it happened in `happened`, and in `both`.

    `worth`, above 0 and at most 1, is what a history counts of an independent one: less than 1 where they were drawn
    by weight. Intervals and chances are those of so many fewer.
    """

    histories: int
    met: int
    happened: int
    both: int
    worth: float = 1.0

    @property
    def coverage(self) -> Share | None:
        """Of the histories in which it happened, those that met the conditions; None where there are none."""
        return share_worth(self.both, self.happened, self.worth) if self.happened else None

    @property
    def density(self) -> Share | None:
        """Of the histories that met the conditions, those in which it happened; None where there are none."""
        return share_worth(self.both, self.met, self.worth) if self.met else None

    @property
    def base(self) -> Share:
        """Of all histories, those in which it happened."""
        return share_worth(self.happened, self.histories, self.worth)

    @property
    def apart(self) -> float:
        """How well the conditions tell the two apart, -1 to 1: met where it happened, less met where it did not."""
        others = self.histories - self.happened
        return self.both / max(1, self.happened) - (self.met - self.both) / max(1, others)

    @property
    def chance(self) -> float:
        """The chance that as many, or more, of those that met them had it if the conditions meant nothing (Fisher)."""
        from scipy import stats

        counts = (self.both, self.histories, self.happened, self.met)
        both, *others = (round(self.worth * count) for count in counts)
        return float(stats.hypergeom.sf(both - 1, *others))

    def document(self) -> dict[str, float]:
        """Return the counts as plain data for JSON."""
        return asdict(self)


def share_worth(count: int, total: int, worth: float) -> Share:
    """Return a share of histories that are worth so much each, with the interval of as many as they are worth."""
    low, high = wilson_ends(count / total, worth * total)
    return Share(count=count, total=total, low=low, high=high)


def tally(
    conditions: Sequence[Condition], inputs: pd.DataFrame, happened: np.ndarray, worth: float = 1.0
) -> Tally:
    """Return how many rows meet all of some conditions; `happened` is bool (rows,), `worth` what a row counts."""
    met = meets(conditions, inputs)
    return Tally(
        histories=len(met), met=int(met.sum()), happened=int(happened.sum()), both=int((met & happened).sum()),
        worth=worth,
    )  # fmt: skip


def meets(conditions: Sequence[Condition], inputs: pd.DataFrame) -> np.ndarray:
    """Return which rows meet all of some conditions, bool (rows,)."""
    return np.asarray(
        np.logical_and.reduce([np.ones(len(inputs), bool), *(each.holds(inputs) for each in conditions)])
    )


def conditions_words(conditions: Sequence[Condition]) -> str:
    """Return conditions as a list in words."""
    return listed([each.words for each in conditions])


def limit_within(values: np.ndarray, limit: float, *, up: bool) -> float:
    """Return a limit to three figures, or of an input of few values the nearest of them up or down from it."""
    known = np.unique(values)
    if len(known) > FEW_VALUES:
        return float(f"{limit:.{FIGURES}g}")
    return float(known[known >= limit].min() if up else known[known <= limit].max())


def shown(value: float | None) -> str:
    """Return a limit as readers see it."""
    return f"{value:,.15g}"
