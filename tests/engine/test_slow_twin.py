"""What the engine leaves alone would not have changed: the slow twin tells the same history, to the byte."""

import pytest
from running import assert_same, log_of
from slow_twin import run_slowly

from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.selftest import fixtures
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def endless():
    world = build_world(load_scenario("two-valleys", ["inputs.truce_rate=2", "inputs.dissolve_rate=50"]))
    world.template.endings.stops = 0
    return world


@pytest.fixture(scope="module")
def eventful():
    return {"busy": fixtures.busy(), "struck": fixtures.struck(), "falling": fixtures.falling()}


@pytest.mark.parametrize("replicate", range(10))
def test_twin_of_the_duel(duel, replicate):
    assert_same(log_of(duel, replicate), log_of(duel, replicate, run=run_slowly))


@pytest.mark.parametrize("replicate", range(40))
def test_twin_of_two_valleys(two_valleys, replicate):
    assert_same(log_of(two_valleys, replicate), log_of(two_valleys, replicate, run=run_slowly))


@pytest.mark.parametrize(("replicate", "seed"), [(0, 1), (1, 1), (2, 7)])
def test_twin_of_aleppo(aleppo_days, replicate, seed):
    assert_same(log_of(aleppo_days, replicate, seed), log_of(aleppo_days, replicate, seed, run_slowly))


@pytest.mark.parametrize("replicate", range(40))
def test_twin_where_nothing_stops_a_history(endless, replicate):
    """What ends a history hides what an effect forgot to touch; here it goes on after every ending."""
    assert_same(log_of(endless, replicate), log_of(endless, replicate, run=run_slowly))


@pytest.mark.parametrize("name", ["busy", "struck", "falling"])
@pytest.mark.parametrize("replicate", range(10))
def test_twin_where_everything_happens(eventful, name, replicate):
    assert_same(log_of(eventful[name], replicate), log_of(eventful[name], replicate, run=run_slowly))


def test_everything_happens_there(eventful):
    """A process that never fires is one whose touches the twin cannot test."""
    fired = {Process(p) for world in eventful.values() for k in range(10) for p in log_of(world, k).process}
    assert fired == set(Process)
