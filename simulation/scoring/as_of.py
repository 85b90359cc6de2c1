"""A hindcast as of a date: from which day on something is still open, and which histories stand for that day."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from simulation.observation.conditions import Conditions
from simulation.outcomes.targets import is_updated
from simulation.scoring.observables import Observable
from simulation.scoring.truth import Unscored
from simulation.statistics import weighted
from simulation.world.world import World

BEFORE = "before"
"""The forecast of the same histories without the reports."""
BEFORE_TITLE = "Without the reports"
BEFORE_ARGUMENT = (
    "The same histories, all counted alike: what the model says of the first day alone, as if nothing had been "
    "reported since."
)
_LUCK = 0.5
"""Of systematic resampling: the comb stands in the middle, so that whole weights repeat each so often."""


def open_from(world: World) -> int:
    """Return the first calendar day of which no report tells: 0 for a scenario without reports."""
    scenario = world.scenario
    if not is_updated(scenario):
        return 0
    told = max((report.day for report in Conditions.of(world).reports), default=0.0)
    known = 0 if scenario.as_of is None else (scenario.as_of - scenario.start).days + 1
    return max(math.ceil(told), known)


def is_settled(observable: Observable, since: int) -> bool:
    """Return whether what is scored had happened, one way or the other, before a calendar day.

    A fall settles on its day, an ending on its own if it has one, a series at the end of the last day it counts; a
    number of the whole run and what never happened are open to the end.
    """
    item = observable.item
    if observable.kind == "fall":
        return item.day != "never" and observable.value < since
    dated = item.series is not None or item.day is not None
    return dated and item.last_day < since


def settled_items(observables: Iterable[Observable], since: int) -> tuple[Unscored, ...]:
    """Return what is left out because it had happened by then."""
    why = f"it was settled before day {since}, of which the reports tell no more."
    return tuple(Unscored(what=f"{each.label}:", why=why) for each in observables if is_settled(each, since))


def drawn_rows(weights: np.ndarray | None, number: int) -> np.ndarray:
    """Return which histories stand for the present, i8 (number,), in order, each as often as its weight says."""
    if weights is None:
        return np.arange(number)
    return np.repeat(np.arange(number), weighted.systematic(weights, number, _LUCK))
