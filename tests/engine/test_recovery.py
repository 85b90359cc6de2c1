"""What comes back with time: wounded fighters, earthworks; and what routs cost."""

import numpy as np
import pytest
from made_valleys import valleys
from running import begun, outcome_of

from simulation.engine.loop import fire, next_event
from simulation.engine.replicate import close
from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world

HISTORIES = 12


def played(world, replicate):
    """Play a history from outside; yield each process that fires with the state before and the state after."""
    state = begun(world, replicate)
    while (clock := next_event(state)) >= 0:
        process = Process(int(state.clocks[clock].process))
        before = {name: getattr(state, name).copy() for name in ("actors", "units", "cells", "presence")}
        fire(state, clock)
        yield process, before, state
    close(state)


@pytest.fixture(scope="module")
def bloody(tmp_path_factory):
    """Return two valleys in which units rout often, are pursued, and half of the wounded are back each day."""
    return valleys(
        tmp_path_factory.mktemp("bloody"), days=10, rout_cohesion=0.9, pursuit_share=0.5, wounded_return=0.5,
        give_way_rate=1, desertion_share=0.3, captured_share=0.2, rout_shock=0.3, command_shock=0.1,
    )  # fmt: skip


def test_wounded_come_back_and_nobody_is_lost_in_a_pursuit(bloody):
    returned = fallen = 0
    for replicate in range(HISTORIES):
        for process, before, state in played(bloody, replicate):
            a = state.actors
            gone = a.killed + a.wounded + a.captured + a.deserted + a.departed
            assert (a.initial + a.arrived).tolist() == (a.present + gone).tolist()
            assert (state.units.strength <= state.units.initial).all()
            back = before["actors"].wounded - a.wounded
            if process == Process.DAY:
                share = np.floor(state.params.wounded_return[0] * before["actors"].wounded)
                assert ((back >= 0) & (back <= share)).all()
                assert (a.present - before["actors"].present == back).all()
                returned += back.sum()
            else:
                assert (back <= 0).all(), process
            if process == Process.GIVE_WAY:
                hit = (a.killed + a.wounded - before["actors"].killed - before["actors"].wounded).sum()
                assert hit == state.event.value[0]
                fallen += hit
    assert returned > 50 and fallen > 200


def test_the_wounded_go_back_only_to_units_on_the_map_that_nobody_fights(bloody):
    seen = 0
    for process, before, state in played(bloody, 0):
        if process != Process.DAY:
            continue
        u, foes = before["units"], state.actors.foe_bits
        free = (u.cell >= 0) & ((before["cells"].side_bits[u.cell] & foes[u.actor]) == 0) & (u.strength > 0)
        gained = state.units.strength - u.strength
        assert (gained >= 0).all() and not gained[~free].any()
        seen += gained[free].sum()
    assert seen > 0


def test_men_dig_in_where_they_stand_undisturbed(tmp_path):
    rate, most = 0.4, 0.7
    world = valleys(tmp_path, days=8, dig_in_rate=rate, dig_in_most=most)
    dug = lost = 0
    for process, before, state in played(world, 1):
        old, new = before["cells"], state.cells
        if process == Process.SEIZE:
            passed = old.control != new.control
            assert not new.dug_in[passed].any()
            lost += old.dug_in[passed].sum() > 0
            assert (new.dug_in[~passed] == old.dug_in[~passed]).all()
            continue
        holder = np.maximum(old.control, 0)
        own = old.side_bits & state.actors.bloc_bits[holder] != 0
        disturbed = old.side_bits & state.actors.foe_bits[holder] != 0
        digs = (old.control >= 0) & own & ~disturbed & (old.dug_in < most)
        if process != Process.DAY or state.world[0].day == 0:
            digs[:] = False
        assert new.dug_in[digs] == pytest.approx(old.dug_in[digs] + rate * (most - old.dug_in[digs]))
        assert (new.dug_in[~digs] == old.dug_in[~digs]).all()
        dug += digs.sum()
    assert dug > 20 and lost > 0


def test_without_their_rates_nobody_returns_digs_or_is_pursued(tmp_path):
    world = valleys(tmp_path, days=10, wounded_return=0, dig_in_rate=0, pursuit_share=0)
    for process, before, state in played(world, 0):
        a = state.actors
        assert (a.wounded >= before["actors"].wounded).all()
        assert (state.cells.dug_in <= before["cells"].dug_in).all()
        assert process != Process.GIVE_WAY or state.event.value[0] == 0


@pytest.mark.parametrize("free", [0.3, 1.0])
def test_allies_never_send_more_than_their_pool(free):
    """With every body of its ways sent, an ally has sent what it can spare, to the last one."""
    pool = 1001
    world = build_world(
        load_scenario(
            "aleppo",
            ["days=6", *(f"inputs.{x}" for x in (
                f"iran_affiliated_pool={pool}", f"iran_affiliated_availability={free}", "reinforce_rate=50",
                "reinforce_size=100", "reaction_delay=0.5",
            ))],
        )
    )  # fmt: skip
    ally, spent = world.actors.index("iran_affiliated"), 0
    for replicate in range(4):
        outcome = outcome_of(world, replicate)
        sent = outcome.actors.sent[ally]
        assert sent == outcome.actors.arrived[ally] <= free * pool
        spent += sent == np.floor(free * pool)
        assert (outcome.actors.sent <= outcome.actors.pool).all()
    assert spent == 4
