"""Nobody appears from nowhere and nobody is lost, in every replicate."""

import pytest
from running import outcome_of

from simulation.scenario import load_scenario
from simulation.world.world import build_world


def check_balance(outcome):
    w, a = outcome.world, outcome.actors
    gone = a.killed + a.wounded + a.captured + a.deserted + a.departed
    assert (a.initial + a.arrived).tolist() == (a.present + gone).tolist()
    assert outcome.people + w.civilians_killed + w.left_country == w.people
    assert w.status == 0 and min(a.present) >= 0


def test_two_valleys_balance(two_valleys):
    outcomes = [outcome_of(two_valleys, k) for k in range(200)]
    for outcome in outcomes:
        check_balance(outcome)
    assert sum(o.world.civilians_killed for o in outcomes) > 0


@pytest.fixture(scope="module")
def thirty_days():
    world = build_world(load_scenario("aleppo"))
    return [outcome_of(world, k) for k in range(20)]


def test_aleppo_balances(thirty_days):
    for outcome in thirty_days:
        check_balance(outcome)


def test_the_balance_of_aleppo_covers_every_way_to_go(thirty_days):
    for way in ("killed", "wounded", "captured", "deserted", "arrived"):
        assert sum(outcome.actors[way].sum() for outcome in thirty_days) > 0, way
    assert sum(o.world.civilians_killed for o in thirty_days) > 0
    assert sum(o.world.left_country for o in thirty_days) > 0
