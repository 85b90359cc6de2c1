"""What the histories say of the reports: evidence of all and of each, and the run without each.

The evidence of reports is how likely they are before anything is known but the scenario: the mean of the likelihood
over the histories. That of one report given the others is the ratio of the evidence with it and without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.outcomes.labels import EXPECTED_PREFIX, LIKELIHOOD_PREFIX
from simulation.results.manifest import ReportRecord
from simulation.statistics import weighted
from simulation.statistics.intervals import Spread, spread

FEWEST = 100
"""An effective sample size below this is called too small: shares then have intervals of 10 in 100 to either side."""


@dataclass(frozen=True, kw_only=True)
class Pull:
    """What one report does.

    `alone` is the log evidence of the report by itself, `given_others` that given all others (minus infinity where no
    history has it with them). `moved` is the part of the histories, 0 to 1, that end otherwise because of it (total
    variation distance of the endings with all reports and without this one), `most` the ending that it moves most and
    `by` how far, in shares. `effective_without` is the effective sample size without it, 0 where nothing is left.
    `before` and `after` spread what the speaker would say, over all histories and over those with weight.
    """

    report: ReportRecord
    alone: float
    given_others: float
    moved: float
    most: str
    by: float
    effective_without: float
    before: Spread
    after: Spread

    @property
    def clash(self) -> float:
        """How much less likely the others make it, as a logarithm; 0 where they make it more likely."""
        return max(0.0, self.alone - self.given_others)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the histories say of the reports: the effective sample size (0 where none agrees), the log evidence."""

    histories: int
    effective: float
    log_evidence: float
    pulls: tuple[Pull, ...]

    @property
    def enough(self) -> bool:
        """Whether what is said after the reports rests on enough histories."""
        return self.effective >= min(FEWEST, self.histories)


def evidence_of(outcomes: pd.DataFrame, reports: Sequence[ReportRecord], endings: Sequence[str]) -> Evidence:
    """Return what the histories of a table of outcomes say of the reports whose columns it has."""
    logs = np.column_stack([outcomes[f"{LIKELIHOOD_PREFIX}{each.id}"].to_numpy() for each in reports])
    total = logs.sum(axis=1)
    weights, log_evidence = weighted.from_logarithms(total)
    ended = outcomes["ending"].astype(str).to_numpy()
    after = _shares(ended, endings, weights)
    pulls = []
    for k, report in enumerate(reports):
        without, others = weighted.from_logarithms(np.delete(logs, k, axis=1).sum(axis=1))
        moves = after - _shares(ended, endings, without)
        most = int(np.abs(moves).argmax()) if len(moves) else 0
        expected = outcomes[f"{EXPECTED_PREFIX}{report.id}"].to_numpy()
        pulls.append(
            Pull(
                report=report,
                alone=weighted.from_logarithms(logs[:, k])[1],
                given_others=log_evidence - others if np.isfinite(others) else -np.inf,
                moved=float(np.abs(moves).sum() / 2),
                most=endings[most],
                by=float(moves[most]),
                effective_without=_effective(without),
                before=spread(expected),
                after=spread(expected, weights if weights.any() else None),
            )
        )
    return Evidence(
        histories=len(outcomes), effective=_effective(weights), log_evidence=log_evidence, pulls=tuple(pulls)
    )


def _effective(weights: np.ndarray) -> float:
    return weighted.effective_size(weights) if weights.any() else 0.0


def _shares(ended: np.ndarray, endings: Sequence[str], weights: np.ndarray) -> np.ndarray:
    """Return the share of each ending by weight, f8 (endings,); zeros where nothing has weight."""
    total = weights.sum()
    found = np.array([weights[ended == name].sum() for name in endings])
    return np.asarray(found / total if total > 0 else found)
