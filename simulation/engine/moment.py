"""The picture of a history at any moment: it is played once more, up to there.

A history has the same luck whoever asks, so that what it was at a moment is found by playing it to that moment.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.engine.ensemble import History
from simulation.engine.replicate import HistoryEnd, run_on_until, trouble_of, with_room
from simulation.errors import RunError
from simulation.model.state import LOG_FULL, State, copy_state
from simulation.world.world import World


class Moments:
    """Plays histories of a world up to moments; keeps one state for all of them."""

    def __init__(self, world: World) -> None:
        """Prepare for the histories of a world."""
        self.world = world
        self._state: State | None = None

    def pictures(self, histories: Sequence[History], day: float) -> np.ndarray:
        """Return the pictures of some histories at a moment, f8 (histories, series, actors + 1).

        RunError where one cannot be played so far.
        """
        params, quantities = self.world.filled(np.array([each.inputs for each in histories]))
        ends = [
            self._played(params[k], quantities[k], each, day).daily[-1] for k, each in enumerate(histories)
        ]
        return np.stack(ends)

    def _played(self, params: np.record, quantities: np.ndarray, history: History, day: float) -> HistoryEnd:
        state = copy_state(self.world.template) if self._state is None else self._state
        seed = seed_of(history)
        while True:
            end = run_on_until(day, state, self.world.template, params, quantities, seed, history.replicate)
            if not end.world.status & LOG_FULL:
                break
            state = with_room(state, 4 * len(state.changes))
        self._state = state
        if trouble := trouble_of(self.world, end):
            raise RunError(f"replicate {history.replicate} cannot be played to day {day:g}: {trouble}")
        return end


def seed_of(history: History) -> int:
    """Return the seed with which a history was played."""
    world = history.outcome.world
    return int(world.seed_high) << 32 | int(world.seed_low)
