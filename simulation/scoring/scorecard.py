"""A run and its naive forecasts, scored on every observable; data only, for tables, documents and the page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulation.scoring.observables import Observable
from simulation.scoring.truth import Unscored
from simulation.statistics.intervals import QUANTILES, marks_of
from simulation.statistics.scoring_rules import (
    Crps,
    SkillOverRows,
    crps,
    day_hits,
    interval_score,
    log_score,
    mid_rank,
    skill,
    skill_over_rows,
)
from simulation.updating.evidence import Evidence
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted

MODEL = "model"
FEWEST_WORTH = 10
"""Draws without weights from which on their spread says how sure a score is."""
SURE = 2
"""Standard errors by which two scores must differ before one is called clearly better."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How one forecast did on one observable; the log score only where the forecast is of days or of an ending.

    `marks` are the ends and the middle of what is said of its draws in words (see `marks_of`).
    """

    quantiles: tuple[float, ...]
    marks: tuple[float, ...]
    rank: float
    crps: Crps
    interval: float
    log: float | None
    hits: int | None
    draws: int


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """An observable with the score of every forecast that speaks of it, the model's first."""

    observable: Observable
    scores: Mapping[str, Score]

    @property
    def best(self) -> tuple[str, ...]:
        """The forecasts with the least CRPS; of a single forecast none."""
        if len(self.scores) < 2:
            return ()
        least = min(score.crps.value for score in self.scores.values())
        return tuple(name for name, score in self.scores.items() if math.isclose(score.crps.value, least))

    def skill(self, other: str) -> float | None:
        """Return the model's skill against another forecast, None where that one does not speak or hit exactly."""
        if other not in self.scores or self.hit(other):
            return None
        return skill(self.scores[MODEL].crps.value, self.scores[other].crps.value)

    def hit(self, name: str) -> bool:
        """Return whether all draws of a forecast are what happened, so that nothing is left to gain on it."""
        return self.scores[name].crps.value == 0

    def held(self, name: str) -> bool:
        """Return whether what happened lies where 9 of 10 draws of a forecast do (of few: all)."""
        marks = self.scores[name].marks
        return marks[0] <= self.observable.value <= marks[-1]

    def lead(self, other: str) -> int:
        """Return 2 where the model is clearly better, 1 better, 0 equal, and the same below zero."""
        ours, theirs = self.scores[MODEL].crps, self.scores[other].crps
        gain = theirs.value - ours.value
        if math.isclose(theirs.value, ours.value):
            return 0
        sign = 1 if gain > 0 else -1
        return sign * (2 if abs(gain) > SURE * math.hypot(ours.error, theirs.error) else 1)


@dataclass(frozen=True, kw_only=True)
class ScoreTally:
    """On how many observables the model does better than a naive forecast, clearly so, equally well and worse.

    `log_scores` are the means of the model's and of the other's log score over the `log_rows` rows that have one,
    None where there are none.
    """

    observables: int
    better: int
    clearly_better: int
    worse: int
    clearly_worse: int
    skill: SkillOverRows
    log_rows: int
    log_scores: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """In how many of the days and amounts that a forecast speaks of its 90 % interval holds what happened."""

    held: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The whole hindcast; `naive` maps the ids of naive forecasts to (title, argument).

    `notes` are what the files of truth say of themselves. `evidence` is what the histories say of the reports on which
    they are updated, None without any, and `as_of` the date up to which these were known.
    """

    title: str
    rows: tuple[ScoreRow, ...]
    naive: Mapping[str, tuple[str, str]]
    not_scored: tuple[Unscored, ...]
    replicates: int
    horizon: float
    notes: tuple[str, ...] = ()
    evidence: Evidence | None = None
    as_of: str | None = None

    def __repr__(self) -> str:
        """Return what was scored on one line."""
        scored = counted(len(self.rows), "observable")
        return one_line(self, f"of {self.title}: {scored}, {counted(self.replicates, 'history')}")

    def tally(self, other: str) -> ScoreTally:
        """Return how the model does against a naive forecast, over the observables of which that one speaks."""
        rows = [row for row in self.rows if other in row.scores]
        leads = [row.lead(other) for row in rows]
        pairs = [(row.scores[MODEL].crps.value, row.scores[other].crps.value) for row in rows]
        logs = [(ours, theirs) for row in rows if (ours := row.scores[MODEL].log) is not None
                and (theirs := row.scores[other].log) is not None]  # fmt: skip
        return ScoreTally(
            observables=len(rows),
            better=sum(lead > 0 for lead in leads),
            clearly_better=sum(lead > 1 for lead in leads),
            worse=sum(lead < 0 for lead in leads),
            clearly_worse=sum(lead < -1 for lead in leads),
            skill=skill_over_rows([ours for ours, _ in pairs], [theirs for _, theirs in pairs]),
            log_rows=len(logs),
            log_scores=(float(np.mean([a for a, _ in logs])), float(np.mean([b for _, b in logs])))
            if logs
            else None,
        )

    def coverage(self, name: str = MODEL) -> Coverage:
        """Return how often the 90 % interval of a forecast holds what happened; of under 20 draws it is all of them."""
        rows = [row for row in self.ranked if name in row.scores]
        return Coverage(held=sum(row.held(name) for row in rows), rows=len(rows))

    @property
    def ranked(self) -> tuple[ScoreRow, ...]:
        """The observables that have a rank: all but endings."""
        return tuple(row for row in self.rows if row.observable.kind != "ending")


def score(observable: Observable, draws: np.ndarray, worth: float | None = None) -> Score:
    """Return the scores of one forecast on one observable.

    `worth` is how many draws without weights would be worth as much, where draws repeat as weights say; of fewer than
    `FEWEST_WORTH` the error of the CRPS is not known (infinite), so that nothing is clear.
    """
    hits, found = _hits(observable, draws), crps(draws, observable.value)
    if worth is not None:
        known = worth >= FEWEST_WORTH
        found = replace(found, error=found.error * math.sqrt(len(draws) / worth) if known else math.inf)
    return Score(
        quantiles=tuple(float(mark) for mark in np.quantile(draws, [*QUANTILES.values()])),
        marks=tuple(float(mark) for mark in marks_of(draws)),
        rank=mid_rank(draws, observable.value),
        crps=found,
        interval=interval_score(draws, observable.value),
        log=None if hits is None else log_score(hits, len(draws)),
        hits=hits,
        draws=len(draws),
    )


def _hits(observable: Observable, draws: np.ndarray) -> int | None:
    if observable.kind == "fall":
        return day_hits(draws, observable.value, observable.horizon)
    return int(draws.sum()) if observable.kind == "ending" else None
