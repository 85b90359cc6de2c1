"""A run and its naive forecasts, scored on every observable; data only, for tables, JSON and the page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.scoring.observables import Observable
from simulation.scoring.truth import Unscored
from simulation.statistics.intervals import QUANTILES, marks_of
from simulation.statistics.scoring_rules import (
    Crps,
    crps,
    day_hits,
    interval_score,
    log_score,
    mid_rank,
    skill,
)
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted
from simulation.wording.plain import plain

MODEL = "model"
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

    def skill(self, other: str) -> float:
        """Return the model's skill against another forecast, NaN where that one has none or hit exactly."""
        if other not in self.scores:
            return math.nan
        return skill(self.scores[MODEL].crps.value, self.scores[other].crps.value)

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
    """On how many observables the model does better than a naive forecast, clearly so, equally well and worse."""

    observables: int
    better: int
    clearly_better: int
    worse: int
    clearly_worse: int
    median_skill: float


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The whole hindcast; `naive` maps the ids of naive forecasts to (title, argument).

    `notes` are what the files of truth say of themselves.
    """

    title: str
    rows: tuple[ScoreRow, ...]
    naive: Mapping[str, tuple[str, str]]
    not_scored: tuple[Unscored, ...]
    replicates: int
    horizon: float
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return what was scored on one line."""
        scored = counted(len(self.rows), "observable")
        return one_line(self, f"of {self.title}: {scored}, {counted(self.replicates, 'history')}")

    def tally(self, other: str) -> ScoreTally:
        """Return how the model does against a naive forecast, over the observables of which that one speaks."""
        rows = [row for row in self.rows if other in row.scores]
        leads = [row.lead(other) for row in rows]
        skills = [row.skill(other) for row in rows]
        return ScoreTally(
            observables=len(rows),
            better=sum(lead > 0 for lead in leads),
            clearly_better=sum(lead > 1 for lead in leads),
            worse=sum(lead < 0 for lead in leads),
            clearly_worse=sum(lead < -1 for lead in leads),
            median_skill=float(np.median(skills)) if skills else math.nan,
        )

    @property
    def inside(self) -> int:
        """In how many observables of days and amounts the truth lies where 9 of 10 histories do (of few: all)."""
        return sum(
            row.scores[MODEL].marks[0] <= row.observable.value <= row.scores[MODEL].marks[-1]
            for row in self.ranked
        )

    @property
    def ranked(self) -> tuple[ScoreRow, ...]:
        """The observables that have a rank: all but endings."""
        return tuple(row for row in self.rows if row.observable.kind != "ending")

    def document(self) -> dict[str, Any]:
        """Return the part of the `--json` document that holds the scores."""
        return {
            "title": self.title,
            "horizon_days": self.horizon,
            "replicates": self.replicates,
            "notes": list(self.notes),
            "measures": [_row(row) for row in self.rows],
            "summary": {name: _tally(self.tally(name)) for name in self.naive},
            "truth_inside_90_percent": {"count": self.inside, "measures": len(self.ranked)},
            "naive": {name: {"title": title, "argument": why} for name, (title, why) in self.naive.items()},
            "not_scored": [{"what": each.what, "why": each.why} for each in self.not_scored],
        }


def score(observable: Observable, draws: np.ndarray) -> Score:
    """Return the scores of one forecast on one observable."""
    hits = _hits(observable, draws)
    return Score(
        quantiles=tuple(float(mark) for mark in np.quantile(draws, [*QUANTILES.values()])),
        marks=tuple(float(mark) for mark in marks_of(draws)),
        rank=mid_rank(draws, observable.value),
        crps=crps(draws, observable.value),
        interval=interval_score(draws, observable.value),
        log=None if hits is None else log_score(hits, len(draws)),
        hits=hits,
        draws=len(draws),
    )


def _hits(observable: Observable, draws: np.ndarray) -> int | None:
    if observable.kind == "fall":
        return day_hits(draws, observable.value, observable.horizon)
    return int(draws.sum()) if observable.kind == "ending" else None


def _row(row: ScoreRow) -> dict[str, Any]:
    observable = row.observable
    item = observable.item.model_dump(mode="json", exclude_defaults=True)
    return {
        "label": observable.label,
        "kind": observable.kind,
        "unit": observable.unit,
        "truth": {
            "value": observable.value, "low": observable.low, "high": observable.high,
            "confidence": observable.item.confidence, "source": observable.item.source,
        },
        "item": {key: value for key, value in item.items() if key not in ("label", "confidence", "source")},
        "forecasts": dict(_forecasts(row)),
        "best": list(row.best),
    }  # fmt: skip


def _forecasts(row: ScoreRow) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, found in row.scores.items():
        marks = zip(QUANTILES, found.quantiles, strict=True)
        told = {
            "quantiles": dict(marks), "rank": found.rank, "crps": found.crps.value,
            "crps_standard_error": found.crps.error, "interval_score": found.interval, "log_score": found.log,
            "agreeing": found.hits, "draws": found.draws,
        }  # fmt: skip
        yield name, told if name == MODEL else told | {"skill_of_model": plain(row.skill(name))}


def _tally(tally: ScoreTally) -> dict[str, Any]:
    return {
        "measures": tally.observables,
        "model_better": tally.better,
        "model_clearly_better": tally.clearly_better,
        "model_worse": tally.worse,
        "model_clearly_worse": tally.clearly_worse,
        "median_skill": plain(tally.median_skill),
    }
