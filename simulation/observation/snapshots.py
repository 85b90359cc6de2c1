"""What some histories were at moments of their course: pictures, who held a place, how they ended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from simulation.engine.ensemble import History
from simulation.engine.moment import Moments
from simulation.model.state import OF_PLACE
from simulation.world.world import World

NOBODY = -1


class Snapshots:
    """Some histories of a world, in order; arrays have a row for each, and pictures are kept once taken."""

    def __init__(self, world: World, histories: Sequence[History], moments: Moments) -> None:
        """Prepare to look at histories; `moments` plays those again of which a picture is wanted between midnights."""
        self.world, self.histories, self._moments = world, histories, moments
        self._pictures: dict[float, np.ndarray] = {}

    def at(self, day: float) -> np.ndarray:
        """Return the pictures of a moment, f8 (n, series, actors + 1); what has ended stays as it was at its end."""
        if day not in self._pictures:
            self._pictures[day] = self._midnight(int(day)) if float(day).is_integer() else self._between(day)
        return self._pictures[day]

    def holders(self, place: int, day: float) -> np.ndarray:
        """Return who held a place at a moment by index, i8 (n,); nobody (-1) what a government held that is gone."""
        first = int(self.world.template.places.holder0[place])
        found = np.array([_holder(each, place, day, first) for each in self.histories], np.int64)
        gone = self._dissolved[self.endings]
        over = np.array([each.outcome.world.end_day <= day for each in self.histories])
        return np.where(over & (found == gone), NOBODY, found)

    @cached_property
    def endings(self) -> np.ndarray:
        """How each ended, by index among the world's endings, i8 (n,); -1 where none holds."""
        return np.array([each.outcome.world.ending for each in self.histories], np.int64)

    @cached_property
    def inputs(self) -> dict[str, np.ndarray]:
        """What each was given, f8 (n,), by the name of the input."""
        table = np.array([each.inputs for each in self.histories]).reshape(len(self.histories), -1)
        return {name: table[:, k] for k, name in enumerate(self.world.scenario.inputs)}

    @cached_property
    def _dissolved(self) -> np.ndarray:
        """The actor that is gone with each ending, and behind them with no ending; -2 for none."""
        whose = [ending.when.dissolved for ending in self.world.seeds.endings]
        return np.array(
            [NOBODY - 1 if who is None else self.world.actors.index(who) for who in (*whose, None)]
        )

    def _midnight(self, day: int) -> np.ndarray:
        days = [each.outcome.daily for each in self.histories]
        return np.stack([pictures[min(day, len(pictures) - 1)] for pictures in days])

    def _between(self, day: float) -> np.ndarray:
        """Return the pictures of a moment between midnights, for which histories that go on then are played again."""
        found = np.stack([each.outcome.daily[-1] for each in self.histories])
        going = [k for k, each in enumerate(self.histories) if each.outcome.world.end_day > day]
        if going:
            found[going] = self._moments.pictures([self.histories[k] for k in going], day)
        return found


def _holder(history: History, place: int, day: float, first: int) -> int:
    changes = history.outcome.changes
    own = changes[(changes.kind == OF_PLACE) & (changes["index"] == place) & (changes.day <= day)]
    return int(own.after[-1]) if len(own) else first
