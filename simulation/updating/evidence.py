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
from simulation.results.manifest import ReportRecord, SequentialRecord
from simulation.statistics import weighted
from simulation.statistics.intervals import WEIGHT, Spread, spread, weights_of
from simulation.statistics.related import related, worth_of

FEWEST = 100
"""An effective sample size below this is called too small: shares then have intervals of 10 in 100 to either side."""

LEFT = 20
"""An effective sample size without a report below which nothing is said of what it does, in a run whose histories were
drawn given it: what it leaves out was hardly drawn."""


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
    def told(self) -> bool:
        """Whether enough histories are left without the report for what is said of it to mean anything."""
        return self.effective_without >= LEFT

    @property
    def holds(self) -> float | None:
        """The part of the histories, 0 to 1, in which what it says is so after all reports; None for a number."""
        return self.after.mean if self.report.low is None and self.report.high is None else None

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
    before: Before | None = None

    @property
    def enough(self) -> bool:
        """Whether what is said after the reports rests on enough histories."""
        return self.effective >= min(FEWEST, self.histories)


@dataclass(frozen=True, kw_only=True)
class Before:
    """Of a run updated sequentially: how, the outcomes of the plain histories, and whether that was asked for."""

    record: SequentialRecord
    outcomes: pd.DataFrame
    asked: bool = False


def evidence_of(
    outcomes: pd.DataFrame,
    reports: Sequence[ReportRecord],
    endings: Sequence[str],
    before: Before | None = None,
) -> Evidence:
    """Return what the histories of a table of outcomes say of the reports whose columns it has.

    Those of a run that was updated sequentially were drawn given reports; what was so before tells `before`.
    """
    counting = _Counting(outcomes, reports, before.record if before else None)
    plain = outcomes if before is None else before.outcomes
    beforehand = counting if before is None else _Counting(plain, reports, None)
    weights, log_evidence = counting.weights()
    after = _shares(counting.ended, endings, weights)
    pulls = []
    for k, report in enumerate(reports):
        told = counting if counting.can_leave_out(k, beforehand) else beforehand
        without, others = told.weights(k)
        moves = after - _shares(told.ended, endings, without)
        most = int(np.abs(moves).argmax()) if len(moves) else 0
        expected = f"{EXPECTED_PREFIX}{report.id}"
        alone = plain[f"{LIKELIHOOD_PREFIX}{report.id}"].to_numpy()
        pulls.append(
            Pull(
                report=report,
                alone=weighted.from_logarithms(alone)[1],
                given_others=log_evidence - others if np.isfinite(others) else -np.inf,
                moved=float(np.abs(moves).sum() / 2),
                most=endings[most],
                by=float(moves[most]),
                effective_without=told.effective(without),
                before=spread(plain[expected].to_numpy()),
                after=spread(outcomes[expected].to_numpy(), weights if weights.any() else None),
            )
        )
    return Evidence(
        histories=len(outcomes),
        effective=counting.effective(weights),
        log_evidence=log_evidence,
        pulls=tuple(pulls),
        before=before,
    )


class _Counting:
    """What each history counts after all reports but one: those up to a day are in the draws, later ones in weights."""

    def __init__(
        self, outcomes: pd.DataFrame, reports: Sequence[ReportRecord], record: SequentialRecord | None
    ) -> None:
        self._logs = np.column_stack(
            [outcomes[f"{LIKELIHOOD_PREFIX}{each.id}"].to_numpy() for each in reports]
        )
        self._drawn = np.array([record is not None and each.day <= record.day for each in reports])
        self.ended = outcomes["ending"].astype(str).to_numpy()
        self._evidence, self._base = 0.0, np.zeros(len(outcomes))
        counting = weights_of(outcomes) if record else None
        self._worth = 1.0 if counting is None else worth_of(counting)
        if record is not None:
            self._evidence = record.log_evidence
            with np.errstate(divide="ignore"):
                base = np.log(outcomes[WEIGHT].to_numpy()) - self._logs[:, ~self._drawn].sum(axis=1)
            # What no later report allows has lost the weight that it had: nearly all have the smallest there is.
            finite = np.isfinite(base)
            self._base = np.where(finite, base, base[finite].min(initial=0.0))

    def weights(self, but: int | None = None) -> tuple[np.ndarray, float]:
        """Return the weights after all reports, or all but one, and the log evidence of those."""
        heard = ~self._drawn
        total = self._base + self._logs[:, heard & (np.arange(len(heard)) != but)].sum(axis=1)
        if but is not None and self._drawn[but]:
            total = total - self._logs[:, but]
        weights, log_mean = weighted.from_logarithms(total)
        return weights, self._evidence + log_mean - weighted.from_logarithms(self._base)[1]

    def can_leave_out(self, k: int, plain: _Counting) -> bool:
        """Return whether these histories say what would be without a report, rather than `plain` ones.

        Not where the report was impossible in some plain histories: of those there is none among these.
        """
        if not self._drawn[k]:
            return True
        return len(self._drawn) > 1 and bool(np.isfinite(plain._logs[:, k]).all())

    def effective(self, weights: np.ndarray) -> float:
        """Return the effective sample size; histories that descend from common first draws are worth less."""
        return weighted.effective_size(related(weights, self._worth)) if weights.any() else 0.0


def _shares(ended: np.ndarray, endings: Sequence[str], weights: np.ndarray) -> np.ndarray:
    """Return the share of each ending by weight, f8 (endings,); zeros where nothing has weight."""
    total = weights.sum()
    found = np.array([weights[ended == name].sum() for name in endings])
    return np.asarray(found / total if total > 0 else found)
