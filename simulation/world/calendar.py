"""The dated changes of a scenario as rows: what is set, when, and when it is set back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.documents import Seeds, Truce
from simulation.model.change_kind import ChangeKind
from simulation.model.state import MEASURE, OWN
from simulation.scenario.dated_change import DatedChange
from simulation.scenario.in_force import Blocs, dated_changes
from simulation.scenario.scenario import Scenario

NOTHING = -1
"""The index of an actor, a place or a unit that a change does not name."""


def calendar(
    scenario: Scenario, seeds: Seeds, fights: Sequence[int], places: Mapping[str, int]
) -> np.recarray:
    """Return the rows of what the measures and the truces that claims report change, by day; units come later.

    `fights` says of each actor whether it has an army on the map.
    """
    actors = {name: k for k, name in enumerate(seeds.actor_ids)}
    truces = [_begins(truce, scenario) for truce in seeds.truces]
    changes = dated_changes(truces, scenario.measures, blocs_of(seeds, fights))
    table = np.zeros(len(changes), MEASURE).view(np.recarray)
    for row, change in zip(table, changes, strict=True):
        row.day, row.kind, row.value, row.unit = change.day, change.kind, change.value, NOTHING
        row.a = actors[change.a]
        row.b = NOTHING if change.b is None else actors[change.b]
        row.place = NOTHING if change.place is None else places[change.place]
    return table


def blocs_of(seeds: Seeds, fights: Sequence[int]) -> Blocs:
    """Return the blocs of the actors; `fights` says of each whether it has an army on the map."""
    armies = (name for name, army in zip(seeds.actor_ids, fights, strict=True) if army)
    return Blocs(bloc=seeds.blocs, armies=frozenset(armies))


def _begins(truce: Truce, scenario: Scenario) -> DatedChange:
    """Return the beginning of a truce that claims report: on its day, or on the first of the run."""
    day = max(0.0, truce.day(scenario.start))
    return DatedChange(day, ChangeKind.BEGIN_TRUCE, OWN, truce.a, truce.b)
