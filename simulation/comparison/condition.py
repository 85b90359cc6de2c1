"""What a comparison is conditioned on: the reports on the reference, and which question they make of each scenario."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from simulation.comparison.change import ChangeKind
from simulation.comparison.changes import changes, dated
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.statistics.intervals import weights_of
from simulation.updating.change import evidence_in
from simulation.updating.evidence import Evidence
from simulation.world.world import World


class Question(StrEnum):
    """What is asked of a scenario, given the reports."""

    WHAT_IF = (
        "what_if"  # what would have been different: it parts from the reference while reports still come
    )
    WHAT_NOW = "what_now"  # what follows if the change is made now: it parts after all that was reported
    NOTHING = "nothing"  # it is the reference itself


@dataclass(frozen=True, kw_only=True)
class Condition:
    """The reports on which the reference was updated: what they are worth, and the question asked of each scenario.

    `until` is the moment up to which they tell, days from the start; `parts` when each scenario by name parts from the
    reference. `weights` are what each pair of histories counts, None where they count alike and nothing is known of
    any other.
    """

    as_of: str | None
    until: float
    evidence: Evidence
    parts: Mapping[str, float]
    weights: np.ndarray | None

    @property
    def is_sequential(self) -> bool:
        """Whether the histories were drawn given the reports, in place of plain ones that count by weight."""
        return self.evidence.before is not None

    @property
    def questions(self) -> Mapping[str, Question]:
        """The question asked of each scenario other than the reference."""
        return {name: self._question(day) for name, day in self.parts.items()}

    def _question(self, day: float) -> Question:
        if math.isinf(day):
            return Question.NOTHING
        return Question.WHAT_NOW if day >= self.until else Question.WHAT_IF

    def document(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "as_of": self.as_of,
            "reports": [pull.report.id for pull in self.evidence.pulls],
            "histories": self.evidence.histories,
            "sequential": self.is_sequential,
            "effective_sample_size": self.evidence.effective,
            "questions": {name: question.value for name, question in self.questions.items()},
        }


def condition_of(reference: Results, replicates: np.ndarray, parts: Mapping[str, float]) -> Condition | None:
    """Return what some replicates of the reference are conditioned on; None where it was not updated on reports."""
    manifest = reference.manifest
    if not manifest.reports:
        return None
    rows = reference.outcomes.set_index("replicate").loc[replicates]
    evidence, weights = evidence_in(reference, rows), weights_of(rows)
    return Condition(
        as_of=manifest.as_of,
        until=reported_until(manifest),
        evidence=evidence,
        parts=parts,
        weights=weights,
    )


def reported_until(manifest: Manifest) -> float:
    """Return the moment up to which the reports of a run tell, days from the start."""
    ends = [report.day for report in manifest.reports]
    if manifest.as_of is not None:
        ends.append((date.fromisoformat(manifest.as_of) - date.fromisoformat(manifest.start)).days + 1.0)
    return max(ends)


def parting(reference: World, other: World) -> float:
    """Return the first day on which two scenarios differ: 0 unless only measures do, infinite where nothing does."""
    kinds = {each.kind for each in changes(reference, other)}
    if kinds != {ChangeKind.MEASURE}:
        return 0.0 if kinds else math.inf
    there, here = (Counter(dated(world)) for world in (reference, other))
    return min((change.day for change in (there - here) + (here - there)), default=0.0)
