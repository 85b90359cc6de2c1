"""What is asked of a study: by which method, of which names, and of how many histories."""

from __future__ import annotations

from dataclasses import dataclass

from simulation import arguments
from simulation.errors import InputError
from simulation.outcomes.targets import is_updated
from simulation.scenario import Scenario
from simulation.sensitivity_analysis.design import FEWEST
from simulation.sensitivity_analysis.manifest import StudyManifest
from simulation.sensitivity_analysis.study import GIVEN, MORRIS, SOBOL

USUAL = 16_000
USUAL_WALKS = 25
USUAL_GIVEN, FEWEST_GIVEN = 1_000, 100
"""Histories of a study on reports."""
MOST = 10_000_000


@dataclass(frozen=True, kw_only=True)
class StudyRequest:
    """What is asked of a study beside its scenario; names and a number that are left out follow from that."""

    method: str
    histories: int | None
    outcomes: tuple[str, ...]
    inputs: tuple[str, ...]
    sequential: bool | None = None

    @classmethod
    def of(cls, manifest: StudyManifest) -> StudyRequest:
        """Return what was asked of the study of a manifest."""
        return cls(
            method=manifest.method,
            histories=manifest.replicates,
            outcomes=manifest.outcomes,
            inputs=manifest.inputs,
            sequential=manifest.sequential,
        )


def method_for(scenario: Scenario, method: str) -> str:
    """Return the method of a study of a scenario; with reports it is `given`. InputError for one that does not fit."""
    updated = is_updated(scenario)
    if method == GIVEN and not updated:
        raise InputError(
            "the method 'given' studies histories that are updated on reports: ask for some (--as-of, --given)",
            file=scenario.file,
        )
    if method == MORRIS and updated:
        raise InputError(
            "walks move inputs one by one and so leave what was reported (as_of, given): leave out --method, and the "
            "study is one of histories updated on the reports",
            file=scenario.file,
        )
    return GIVEN if updated else method


def number_for(histories: int | None, method: str, inputs: int) -> int:
    """Return how many histories to play; InputError for too few to say anything."""
    fewest = {SOBOL: FEWEST, GIVEN: FEWEST_GIVEN}.get(method, 4 * (inputs + 2))
    if histories is None:
        usual = {SOBOL: USUAL, GIVEN: USUAL_GIVEN}
        return usual.get(method, USUAL_WALKS * (inputs + 2))
    number = arguments.whole_number("histories", histories, 1, MOST)
    if number < fewest:
        raise InputError(
            f"--histories must be {fewest:,} to {MOST:,} for {inputs} inputs by {method}, not {number:,}"
        )
    return number
