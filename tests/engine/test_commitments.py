"""What a side is willing to spend: as many axes as it can lead, the units it would risk, the reserve it has."""

import numpy as np
import pytest
from running import begun

from simulation.engine.loop import fire, next_event
from simulation.model.registry import Process
from simulation.model.state import OrderKind
from simulation.scenario import load_scenario
from simulation.world.world import build_world


def aleppo_with(*settings):
    return build_world(load_scenario("aleppo", settings))


def advancing(world, state, actor):
    units = state.units
    return units[
        (units.actor == world.actors.index(actor)) & (units.order == OrderKind.ADVANCE) & (units.strength > 0)
    ]


@pytest.mark.parametrize(("axes", "led"), [(1, 1), (1.9, 1), (2, 2), (3.5, 3)])
def test_a_side_leads_as_many_axes_as_it_can_rounded_down(axes, led):
    world = aleppo_with(
        "days=1", f"inputs.attack_axes={axes}", "inputs.hts_appetite=1", "inputs.attack_odds=0.8", "inputs.gathers=0",
    )  # fmt: skip
    state = begun(world)
    orders = int(state.world.first_clock[0, Process.COMMAND]) + world.actors.index("hts")
    while (clock := next_event(state)) != orders:
        fire(state, clock)
    fire(state, clock)
    assert len(np.unique(advancing(world, state, "hts").target)) == led


@pytest.mark.parametrize(("appetite", "share", "attacks"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_a_defender_counter_attacks_with_the_units_it_would_risk_or_spend_on_that(appetite, share, attacks):
    world = aleppo_with(
        "days=6", f"inputs.government_appetite={appetite}", f"inputs.counter_share={share}",
        "inputs.counter_odds=1.2",
    )  # fmt: skip
    seen = 0
    for k in range(3):
        state = begun(world, k)
        while (clock := next_event(state)) >= 0:
            fire(state, clock)
            seen += len(advancing(world, state, "government"))
    assert (seen > 0) == attacks


def test_all_links_of_an_ally_draw_on_one_reserve():
    world = aleppo_with(
        "days=30", "inputs.reinforce_rate=20", "inputs.iran_availability=1", "inputs.reinforce_size=100"
    )
    state = begun(world)
    iran = world.actors.index("iran")
    pool = int(state.actors.pool[iran])
    while (clock := next_event(state)) >= 0:
        fire(state, clock)
    links = state.links[state.links.actor == iran]
    assert len(links) > 1 and pool > 0
    assert state.actors.arrived[iran] == state.actors.sent[iran] == pool
