"""Whoever fights under a commander fights whom he fights; nobody else holds or bars ground."""

import numpy as np
from running import begun

from simulation.engine.loop import fire, next_event
from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world


def foes_of(world, state, actor):
    bits = int(state.actors.foe_bits[world.actors.index(actor)])
    return {name for k, name in enumerate(world.actors) if bits >> k & 1}


def test_allies_under_the_defenders_orders_fight_its_attackers(aleppo):
    for ally in ("russia", "iran", "iran_affiliated", "hezbollah"):
        assert {"hts", "opposition_factions"} <= foes_of(aleppo, begun(aleppo), ally)
    assert "hts" not in foes_of(aleppo, begun(aleppo), "sdf") | foes_of(aleppo, begun(aleppo), "turkey")


def test_who_joins_is_at_war_with_the_whole_other_side():
    world = build_world(load_scenario("aleppo", ["days=3", "inputs.join_rate=50"]))
    state = begun(world)
    assert "sna" not in foes_of(world, state, "russia")
    while (clock := next_event(state)) >= 0:
        fire(state, clock)
    assert {"sna", "southern_factions"} <= foes_of(world, state, "russia") & foes_of(world, state, "iran")


def test_who_stands_in_a_cell_that_nobody_there_defends_takes_it(aleppo_days):
    """Between any two events, the clock of such a cell runs; a bystander of the holder's bloc does not stop it."""
    world, seen = aleppo_days, 0
    raiders = 1 << world.actors.index("islamic_state")  # take no ground
    for k in range(4):
        state = begun(world, k)
        first = int(state.world.first_clock[0, Process.SEIZE])
        while (clock := next_event(state)) >= 0:
            fire(state, clock)
            cells, actors = state.cells, state.actors
            held = np.flatnonzero((cells.control >= 0) & (cells.side_bits != 0))
            holder = cells.control[held]
            intruders = cells.side_bits[held] & actors.foe_bits[holder] & ~raiders
            own = cells.side_bits[held] & actors.bloc_bits[holder]
            alone = held[(intruders != 0) & (own == 0)]
            assert (state.clocks.rate[first + alone] > 0).all()
            seen += len(alone)
    assert seen > 50
