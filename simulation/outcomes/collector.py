"""From histories to the rows of the four tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from simulation.engine.ensemble import History
from simulation.model.daily_series import SHOWN, ActorGroup, DailySeries
from simulation.model.state import OF_PLACE
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.labels import INPUT_PREFIX
from simulation.outcomes.names import MONITOR
from simulation.outcomes.participants import participants
from simulation.outcomes.records import changes_of
from simulation.outcomes.tables import Columns, Words
from simulation.outcomes.variables import Batch, columns_of
from simulation.world.world import World

NOBODY = "nobody"
UNDECIDED = "undecided"
LAST = (ActorGroup.EVERYBODY, ActorGroup.MONITOR)
"""Whose rows follow those of all actors, in this order."""


def ending_names(world: World) -> tuple[str, ...]:
    """Return the endings by index; where none need hold, a last one stands for "undecided" (index -1)."""
    sure = any(ending.when.always for ending in world.seeds.endings)
    return world.endings if sure else (*world.endings, UNDECIDED)


class Collector:
    """Turns chunks of histories into table columns and counts who held which cell on which day."""

    def __init__(self, world: World) -> None:
        """Prepare for the histories of a world."""
        self.world = world
        self._whose = participants(world)
        self.counts = CellCounts(world)

    @property
    def outcome_names(self) -> tuple[str, ...]:
        """The columns that measure a history."""
        return tuple(name for name, _, _ in columns_of(self._whose, self.world.actors))

    def add(self, histories: Sequence[History]) -> dict[str, Columns]:
        """Return the rows of `outcomes`, `places` and `daily` for some histories, and count their cells."""
        self.counts.add(histories)
        return {
            "outcomes": self._outcomes(histories),
            "places": self._places(histories),
            "daily": self._daily(histories),
        }

    def _outcomes(self, histories: Sequence[History]) -> Columns:
        batch, names = Batch(histories), ending_names(self.world)
        numbers = np.array([h.replicate for h in histories], np.int32)
        columns: dict[str, np.ndarray | Words] = {
            "case": numbers,
            "replicate": numbers,
            "ending": Words(codes=batch.worlds["ending"].astype(np.int32) % len(names), names=names),
        }
        for name, outcome, who in columns_of(self._whose, self.world.actors):
            columns[name] = outcome.value(batch, who)
        inputs = np.array([h.inputs for h in histories]).reshape(
            len(histories), len(self.world.scenario.inputs)
        )
        for column, name in enumerate(self.world.scenario.inputs):
            columns[f"{INPUT_PREFIX}{name}"] = inputs[:, column]
        return columns

    def _places(self, histories: Sequence[History]) -> Columns:
        rows, numbers = changes_of(histories)
        of_places = rows["kind"] == OF_PLACE
        rows, actors = rows[of_places], (*self.world.actors, NOBODY)
        return {
            "replicate": numbers[of_places],
            "place": Words(codes=rows["index"], names=self.world.places),
            "day": rows["day"],
            "from_actor": Words(codes=rows["before"] % len(actors), names=actors),
            "to_actor": Words(codes=rows["after"], names=actors),
        }

    @cached_property
    def _wanted(self) -> list[tuple[int, int]]:
        """(series, column) of every daily row; the last column is everybody, or one further the monitor."""
        pairs = [(series, whose) for series in SHOWN for whose in series.whose]
        pairs.sort(key=lambda pair: LAST.index(pair[1]) if pair[1] in LAST else -1)
        return [
            (int(series), k + (whose is ActorGroup.MONITOR))
            for series, whose in pairs
            for k in self._whose[whose]
        ]

    def _daily(self, histories: Sequence[History]) -> Columns:
        """Return the pictures of all midnights, and of the end of each history with its day, whole or not."""
        series, columns = (np.array(each, np.int32) for each in zip(*self._wanted, strict=True))
        days = [np.minimum(np.arange(len(h.outcome.daily)), h.outcome.world.end_day) for h in histories]
        pictures = np.array([len(each) for each in days])
        per_day, rows = len(series), int(pictures.sum())
        _, _, width = self.world.template.daily.shape
        at = series * width + np.minimum(columns, len(self.world.actors))
        flat = [h.outcome.daily.reshape(-1, len(DailySeries) * width).take(at, axis=1) for h in histories]
        values = np.concatenate(flat).ravel()
        names = (*self.world.actors, "", MONITOR)
        return {
            "replicate": np.repeat(np.array([h.replicate for h in histories], np.int32), pictures * per_day),
            "day": np.repeat(np.concatenate(days), per_day),
            "series": Words(codes=np.tile(series, rows), names=tuple(each.key for each in DailySeries)),
            "actor": Words(codes=np.tile(columns, rows), names=names),
            "value": values,
        }

    def cells(self) -> Columns:
        """Return the probability of control by day, cell and actor; later days where one differs."""
        return self.counts.table()
