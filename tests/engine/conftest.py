import pytest

from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="session")
def duel():
    return build_world(load_scenario("duel"))


@pytest.fixture(scope="session")
def two_valleys():
    return build_world(load_scenario("two-valleys"))


@pytest.fixture(scope="session")
def aleppo():
    return build_world(load_scenario("aleppo", ["days=3"]))


@pytest.fixture(scope="session")
def aleppo_days():
    """Two days: long enough for the attack to begin and for patrons to answer."""
    return build_world(load_scenario("aleppo", ["days=2"]))
