"""Every process fires as often as its rate says: events minus the rate integrated over time have mean 0.

The variance of that difference is the mean of the integrated rate, so over many replicates it is z standard
errors from 0; |z| > 4 happens once in 16,000 tries of a right engine.
"""

import numpy as np
import pytest
from running import begun

from simulation.compiled import njit
from simulation.engine.replicate import fire, next_event
from simulation.process import TIMED, Process

OFTEN = 25
HAZARDOUS = [process for process in Process if process not in TIMED]


@njit
def run_and_burn(s, fired, burned):
    """Run a history; count the events of each process and integrate its rates, as the clocks have them."""
    w = s.world[0]
    clock = next_event(s)
    while True:
        until = s.clocks[clock].time if clock >= 0 else w.days
        if clock >= 0 or w.over == 0:
            for k in range(len(s.clocks)):
                if s.clocks[k].rate > 0:
                    burned[s.clocks[k].process] += s.clocks[k].rate * (until - w.t)
        if clock < 0:
            break
        fired[s.clocks[clock].process] += 1
        fire(s, clock)
        clock = next_event(s)


def counted(world, replicates):
    fired, burned = np.zeros(len(Process)), np.zeros(len(Process))
    for replicate in replicates:
        run_and_burn(begun(world, replicate), fired, burned)
    return fired, burned


@pytest.fixture(scope="module")
def seen(two_valleys, aleppo_days):
    small, large = counted(two_valleys, range(400)), counted(aleppo_days, range(6))
    return {"two_valleys": small, "aleppo": large}


@pytest.mark.parametrize("name", ["two_valleys", "aleppo"])
@pytest.mark.parametrize("process", HAZARDOUS, ids=lambda process: process.name)
def test_a_process_fires_as_often_as_its_rate_says(seen, name, process):
    fired, burned = (numbers[process] for numbers in seen[name])
    if burned < OFTEN:
        pytest.skip(f"expected only {burned:.1f} times")
    assert abs(fired - burned) <= 4 * np.sqrt(burned), (fired, burned)


def test_most_processes_are_put_to_the_test(seen):
    often = {process for process in HAZARDOUS for _, burned in seen.values() if burned[process] >= OFTEN}
    rare = {Process.TRUCE, Process.BREACH, Process.JOIN, Process.REINFORCE, Process.INTERDICTION}
    assert set(HAZARDOUS) - often <= rare, "a process that should fire often does not"
