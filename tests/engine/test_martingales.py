"""Every process fires as often as its rate says: events minus the rate integrated over time have mean 0.

The variance of that difference is the mean of the integrated rate, so over many replicates it is z standard
errors from 0; |z| > 4 happens once in 16,000 tries of a right engine.
"""

import numpy as np
import pytest

from simulation.model.registry import Process
from simulation.selftest import fixtures
from simulation.selftest.martingales import event_counts

OFTEN = 25
HAZARDOUS = [process for process in Process if not process.timed]


@pytest.fixture(scope="module")
def seen(two_valleys, aleppo_days):
    made = {"busy": fixtures.busy(), "struck": fixtures.struck(), "falling": fixtures.falling()}
    small = {
        name: event_counts(world, range(200), seed)
        for seed, (name, world) in enumerate(made.items(), start=2)
    }
    return {
        "two_valleys": event_counts(two_valleys, range(400)),
        "aleppo": event_counts(aleppo_days, range(6)),
        **small,
    }


@pytest.mark.parametrize("name", ["two_valleys", "aleppo", "busy", "struck", "falling"])
def test_processes_fire_as_often_as_their_rates_say(seen, name):
    fired, burned = seen[name]
    often = [process for process in HAZARDOUS if burned[process] >= OFTEN]
    z = {process.name: (fired[process] - burned[process]) / np.sqrt(burned[process]) for process in often}
    assert max(abs(each) for each in z.values()) <= 4, z


def test_every_process_is_put_to_the_test(seen):
    assert {p for p in HAZARDOUS for _, burned in seen.values() if burned[p] >= OFTEN} == set(HAZARDOUS)
