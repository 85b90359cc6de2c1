"""The chain of the clocks to look at again after an event."""

from __future__ import annotations

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.running import runs
from simulation.model.state import UNCHAINED


@njit
def pend_clock(s: State, clock: int) -> None:
    """Put a clock on the chain of those to look at again."""
    c = s.clocks[clock]
    if c.next_pending == UNCHAINED:
        c.next_pending, s.world[0].pending = s.world[0].pending, clock
        if c.next_used == UNCHAINED:
            c.next_used, s.world[0].used = s.world[0].used, clock


@njit
def pend(s: State, process: int, entity: int) -> None:
    """Put the clock of an entity on the chain of those to look at again."""
    pend_clock(s, s.world[0].first_clock[process] + entity)


@njit
def pend_every(s: State, processes: np.ndarray, entity: int) -> None:
    """Put one clock of each of some processes on the chain."""
    for process in processes:
        pend(s, process, entity)


@njit
def pend_all(s: State, processes: np.ndarray) -> None:
    """Put all clocks of some processes on the chain."""
    for process in processes:
        for entity in range(s.world[0].first_clock[process + 1] - s.world[0].first_clock[process]):
            pend(s, process, entity)


@njit
def pend_rate(s: State, process: int, entity: int, rate: float) -> None:
    """Put a clock on the chain unless it burns at this rate already; most that are touched do, and at none."""
    if rate == 0 and not runs(s, process, entity):
        return
    if s.clocks[s.world[0].first_clock[process] + entity].rate != rate:
        pend(s, process, entity)
