"""Entries to the clocks for tests: the functions of the engine that Python cannot call itself."""

import math

import numpy as np

from simulation.engine.clocks import set_rate, set_time
from simulation.model.compilation import State, njit
from simulation.model.state import copy_state


@njit
def set_times(s: State, clocks, times):
    for k in range(len(clocks)):
        set_time(s, clocks[k], times[k])


@njit
def set_rates(s: State, clocks, rates, at):
    for k in range(len(clocks)):
        s.world[0].t = at[k]
        set_rate(s, clocks[k], rates[k])


@njit
def take_first(s: State):
    """Take the clock that fires first out of the heap and return it."""
    clock = s.heap[0].clock
    set_time(s, clock, math.inf)
    return clock


def empty(world):
    """Return a state whose clocks are all still."""
    state = copy_state(world.template)
    state.clocks.time, state.clocks.hazard = np.inf, -1.0
    state.clocks.rate = state.clocks.since = 0.0
    state.clocks.slot, state.world.heap_size = -1, 0
    return state
