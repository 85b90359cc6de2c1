"""The table of checks: to add a family, write one module that yields results, and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simulation.selftest import (
    branches,
    calibration,
    choices,
    iwo_jima,
    lanchester,
    martingales,
    numbers,
    second_opinion,
    sequential_trial,
)
from simulation.selftest.check import CheckResult


@dataclass(frozen=True)
class Family:
    """Checks of one kind: a heading, what they show in one sentence, and the function that makes them."""

    title: str
    about: str
    results: Callable[[], Iterator[CheckResult]]


FAMILIES = (
    Family("Generator", "The random numbers are the published ones.", numbers.generator),
    Family("Draws", "What is drawn has the distribution it should have.", numbers.draws),
    Family("Grid", "Cells nest in PRIO-GRID.", numbers.grid),
    Family("Statistics", "Intervals are the published ones.", numbers.statistics),
    Family("Choices", "The rules by which commanders choose say what the description says.", choices.results),
    Family("Formulas", "The exact answers used below are the published ones.", lanchester.formulas),
    Family("Duels", "The engine fights duels as theory says, under both laws.", lanchester.duels),
    Family("Limits", "Large forces tend to what theory says.", lanchester.limits),
    Family("Iwo Jima", "The engine follows the published course of a battle.", iwo_jima.results),
    Family("Counts", "Every process fires as often as its rate says.", martingales.results),
    Family(
        "Second opinion",
        "Every rate, effect, draw and wait is what a second program, written from the descriptions, says.",
        second_opinion.results,
    ),
    Family(
        "Branches",
        "Where a history goes on with other luck, all that is drawn anew has the address of the branch.",
        branches.results,
    ),
    Family(
        "Calibration",
        "What is true has a uniform rank among the histories given what is said of it.",
        calibration.results,
    ),
)
SLOW = (
    Family(
        "Calibration of sequential updating",
        "What is true has a mean rank of one half among the histories drawn given what is said of it.",
        sequential_trial.results,
    ),
)
"""Families that are looked at only where everything is asked for."""
