"""The dated changes of a scenario as rows: what is set, when, and when it is set back."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.documents import Truce
from simulation.model.change_kind import ChangeKind
from simulation.model.state import MEASURE, OWN
from simulation.scenario.dated_change import DatedChange
from simulation.scenario.scenario import Scenario

NOTHING = -1
"""The index of an actor, a place or a unit that a change does not name."""


def calendar(
    scenario: Scenario, truces: tuple[Truce, ...], actors: Mapping[str, int], places: Mapping[str, int]
) -> np.recarray:
    """Return the rows of all measures and of the truces that claims report, by day; units come later."""
    changes = [_begins(truce, scenario) for truce in truces]
    changes += [change for measure in scenario.measures for change in measure.changes()]
    changes.sort(key=lambda change: change.day)
    table = np.zeros(len(changes), MEASURE).view(np.recarray)
    for row, change in zip(table, changes, strict=True):
        row.day, row.kind, row.value, row.unit = change.day, change.kind, change.value, NOTHING
        row.a = actors[change.a]
        row.b = NOTHING if change.b is None else actors[change.b]
        row.place = NOTHING if change.place is None else places[change.place]
    return table


def _begins(truce: Truce, scenario: Scenario) -> DatedChange:
    """Return the beginning of a truce that claims report: on its day, or on the first of the run."""
    day = max(0.0, truce.day(scenario.start))
    return DatedChange(day, ChangeKind.BEGIN_TRUCE, OWN, truce.a, truce.b)
