"""The picture of a history at any moment: it is played once more, up to there.

A history has the same luck whoever asks, so that what it was at a moment is found by playing it to that moment.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.engine.branch import Descent, Luck, run_branched
from simulation.engine.ensemble import History
from simulation.engine.replicate import HistoryEnd, trouble_of, with_room
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
        descent = descent_of(history)
        while True:
            end = run_branched(state, self.world.template, params, quantities, descent, day)
            if not end.world.status & LOG_FULL:
                break
            state = with_room(state, 4 * len(state.changes))
        self._state = state
        if trouble := trouble_of(self.world, end):
            raise RunError(f"replicate {history.replicate} cannot be played to day {day:g}: {trouble}")
        return end


def descent_of(history: History) -> Descent:
    """Return where the luck of a history comes from: of a plain one, from its own address alone."""
    if history.descent is not None:
        return history.descent
    world = history.outcome.world
    seed = int(world.seed_high) << 32 | int(world.seed_low)
    return Descent(seed, (Luck(0.0, history.replicate, 0),), history.replicate)
