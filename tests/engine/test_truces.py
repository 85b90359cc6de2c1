"""A truce of two armies is one truce, whoever it binds; whoever vouches for it vouches for all of it."""

import numpy as np
import pytest
from running import log_of

from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world

CEASEFIRE = "ceasefire: {between: [hts, government], from_day: 0, compliance: 0}"
GUARANTEE = "guarantee: {between: [hts, government], from_day: 0}"


@pytest.fixture(scope="module")
def under_truce(tmp_path_factory):
    def build(*measures):
        path = tmp_path_factory.mktemp("truce") / "truce.yaml"
        items = "".join(f"  - {measure}\n" for measure in measures)
        numbers = "inputs: {breach_rate: 20, breach_end: 0.2}\n"
        path.write_text(
            f"extends: aleppo\ntitle: A truce\ndays: 5\n{numbers}measures:\n{items}", encoding="utf-8"
        )
        return build_world(load_scenario(path))

    return build


def breaches_between(world, log):
    """Return the violations of truces between fighters on the map."""
    fights = world.template.actors.fights
    rows = log[log.process == Process.BREACH]
    return rows[(fights[rows.actor] != 0) & (fights[rows.other] != 0)]


def test_a_truce_of_blocs_has_one_clock_and_ends_for_all(under_truce):
    world = under_truce(CEASEFIRE)
    pair = {world.actors.index("hts"), world.actors.index("government")}
    ended = 0
    for k in range(10):
        rows = breaches_between(world, log_of(world, k))
        assert all({row.actor, row.other} == pair for row in rows)
        assert rows.amount[:-1].sum() == 0, "violated after it had ended"
        ended += rows.amount.sum()
    assert ended >= 9  # 20 a day, one in five ends it: each lasts 5 days with chance exp(-20)


def test_a_guarantee_holds_for_all_whom_the_truce_binds(under_truce):
    world = under_truce(CEASEFIRE, GUARANTEE)
    violations = 0
    for k in range(5):
        log = log_of(world, k)
        rows = breaches_between(world, log)
        violations += len(rows)
        assert not rows.amount.any() and not (log.process == Process.CASUALTY).any()
    # Poisson with mean 5 x 5 days x 20: outside six standard deviations once in 500 million.
    assert abs(violations - 500) < 6 * np.sqrt(500)
