"""What the engine leaves alone would not have changed: the slow twin tells the same history, to the byte."""

import numpy as np
import pytest
from running import assert_same, log_of
from slow_twin import run_slowly

from simulation.model.registry import Process
from simulation.model.state import Stance
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


@pytest.fixture(scope="module")
def halted():
    """Both sides are to attack, and the Council, whose garrison is outflanked, is stopped before it has any orders."""
    world = fixtures.busy(
        "attack_start=3", "reaction_delay=3", "give_way_rate=0.6", "give_way_surprise=2", "orderly_share=0.1",
        measures="[{front: {of: river_council, open: false, from_day: 0.3}}]",
    )  # fmt: skip
    units, ground, actors = world.template.units, world.template.ground, world.template.actors
    league, council = (world.actors.index(name) for name in ("highland_league", "river_council"))
    actors.stance[council] = Stance.OFFENSIVE
    near = ground.neighbours[world.template.places.cell[world.places.index("Millbridge")]]
    units.home[np.flatnonzero(units.actor == league)[:5]] = near[near >= 0][:5]
    return world


@pytest.mark.parametrize("replicate", range(10))
def test_twin_of_an_attacker_who_is_stopped_before_the_attack(halted, replicate):
    """From then on its men can be surprised, so they give way sooner."""
    assert_same(log_of(halted, replicate), log_of(halted, replicate, run=run_slowly))
