"""Whether a clock burns at some rate just now."""

from __future__ import annotations

from simulation.model.compilation import State, njit


@njit
def runs(s: State, process: int, entity: int) -> bool:
    """Say whether the clock of an entity burns at some rate, as of when it was last looked at."""
    return s.running[s.world[0].first_clock[process] + entity] != 0
