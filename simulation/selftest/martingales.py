"""Every process fires as often as its rate says: events minus the rate integrated over time have mean 0.

Of that difference the variance is the mean of the integrated rate. No draw is looked at: whatever the clocks
do with their luck, the counts must come out so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from simulation.engine.loop import fire, next_event
from simulation.engine.replicate import start
from simulation.model.compilation import State, njit
from simulation.model.registry import Process
from simulation.model.state import copy_state
from simulation.selftest import fixtures
from simulation.selftest.check import CheckResult, by_z
from simulation.selftest.format import number
from simulation.world.world import World

WORLDS: tuple[tuple[Callable[[], World], int], ...] = (
    (fixtures.busy, 2_000), (fixtures.struck, 1_000), (fixtures.falling, 4_000), (fixtures.valleys, 500),
)  # fmt: skip
"""Worlds and how many histories of each are counted, each with a seed of its own lest they share their luck."""


@njit
def run_and_burn(s: State, fired: np.ndarray, burned: np.ndarray) -> None:
    """Run a history; count the events of each process and integrate its rates, as the clocks have them."""
    w = s.world[0]
    clock = next_event(s)
    while True:
        until = s.clocks[clock].time if clock >= 0 else w.days
        if clock >= 0 or w.over == 0:
            for k in range(w.heap_size):
                c = s.clocks[s.heap[k].clock]
                if c.rate > 0:
                    burned[c.process] += c.rate * (until - w.t)
        if clock < 0:
            break
        fired[s.clocks[clock].process] += 1
        fire(s, clock)
        clock = next_event(s)


def event_counts(world: World, replicates: range, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return for each process its events, and its rate integrated over time, in some histories together."""
    fired, burned = np.zeros(len(Process)), np.zeros(len(Process))
    _, params, quantities = world.cases(replicates, seed)
    state = copy_state(world.template)
    for k, replicate in enumerate(replicates):
        start(state, world.template, params[k], quantities[k], seed, replicate)
        run_and_burn(state, fired, burned)
    return fired, burned


def results() -> Iterator[CheckResult]:
    """Yield one line for every process that burns at a rate."""
    pairs = [
        event_counts(make(), range(histories), seed) for seed, (make, histories) in enumerate(WORLDS, start=1)
    ]
    fired, burned = np.sum(pairs, axis=0)
    for process in Process:
        if not process.timed:
            name = f"{process.name.lower()}: events against the integrated rate"
            expected = float(burned[process])
            yield by_z(
                name,
                f"{number(expected)} events expected",
                float(fired[process]),
                expected,
                math.sqrt(expected),
            )
