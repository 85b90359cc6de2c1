"""How a blow is prepared and what follows it: men gather and go together, and commanders pause."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from simulation.model.planning.attack import mark_reached, mark_sectors
from simulation.model.registry import Process
from simulation.model.state import OrderKind, Stance, State, copy_state
from simulation.selftest import fixtures
from simulation.selftest.facts import Facts
from simulation.selftest.moments import Snapshot, moments

LATE = 1000.0
"""Days: later than all that happens here."""


@pytest.fixture(scope="module")
def rounds() -> list[Snapshot]:
    """Rounds of orders of commanders who gather, in two histories."""
    world = fixtures.manoeuvre(8, "gather_days=2", "attack_odds=3")
    return list(moments(world, range(2), 40, frozenset({Process.COMMAND})))


@pytest.fixture(scope="module")
def gathered(rounds: list[Snapshot]) -> Snapshot:
    """A round in which men of the commander wait for an attack that still has an object."""
    return next(moment for moment in rounds if own_waiting(moment))


def own_waiting(moment: Snapshot) -> list[int]:
    """Return the commander's own units that have a hostile place for an aim and no order."""
    u, foe, holder = moment.before.units, Facts(moment.before).foe, moment.before.places.holder
    waits = (u.aim >= 0) & (u.order == OrderKind.HOLD) & (u.strength > 0) & (u.cell >= 0)
    waits &= (u.actor == moment.entity) & foe[moment.entity, holder[u.aim]]
    return [int(unit) for unit in np.flatnonzero(waits)]


def with_numbers(moment: Snapshot, falls_due: float, gather_share: float) -> tuple[State, State]:
    """Return the states before and after a round with other numbers of those who wait."""
    state = copy_state(moment.before)
    state.units.falls_due[:] = falls_due
    state.params.gather_share = gather_share
    return state, replace(moment, before=state).after()


def test_men_who_have_gathered_go_forward_together(gathered: Snapshot) -> None:
    before, after = with_numbers(gathered, LATE, 0.0)
    for unit in own_waiting(gathered):
        assert after.units.order[unit] == OrderKind.ADVANCE
        assert after.units.target[unit] == before.units.aim[unit]
        assert after.units.aim[unit] == -1


def test_men_whose_time_is_due_go_though_few_have_gathered(gathered: Snapshot) -> None:
    _, after = with_numbers(gathered, 0.0, 1.0)
    assert all(after.units.order[unit] == OrderKind.ADVANCE for unit in own_waiting(gathered))


def flight(moment: Snapshot, in_flight: float, rival_keeps: float) -> State:
    """Return the state before a round with a rival who keeps a part of its confidence."""
    state = copy_state(moment.before)
    rival = int(state.actors.rival[moment.entity])
    state.params.in_flight = in_flight
    state.actors.confidence[rival] = rival_keeps * state.actors.resolve[rival]
    return state


def test_nobody_goes_on_gathering_against_a_rival_in_flight(rounds: list[Snapshot]) -> None:
    seen = 0
    for moment in rounds:
        waiting = own_waiting(moment)
        if not waiting or moment.before.actors.rival[moment.entity] < 0:
            continue
        for keeps, goes in ((0.2, True), (1.0, False)):
            state = flight(moment, 0.5, keeps)
            state.units.falls_due[:], state.params.gather_share = LATE, 1.1
            after = replace(moment, before=state).after()
            assert all((after.units.order[k] == OrderKind.ADVANCE) == goes for k in waiting)
        seen += 1
    assert seen


def test_no_pause_counts_against_a_rival_in_flight(rounds: list[Snapshot]) -> None:
    taken_up = [0, 0]
    for moment in rounds:
        actors = moment.before.actors
        if actors.stance[moment.entity] != Stance.OFFENSIVE or actors.rival[moment.entity] < 0:
            continue
        for k, in_flight in enumerate((0.5, 1.0)):
            state = flight(moment, in_flight, 0.2)
            state.params.counter_odds = 1000.0
            state.actors.axes[moment.entity], state.actors.next_blow[moment.entity] = 0, LATE
            old = objectives(state, moment.entity)
            taken_up[k] += len(objectives(replace(moment, before=state).after(), moment.entity) - old)
    assert taken_up[0] > 0 == taken_up[1]


def test_men_wait_while_one_of_them_is_still_on_the_way(gathered: Snapshot) -> None:
    waiting = own_waiting(gathered)
    state = copy_state(gathered.before)
    state.units.falls_due[:], state.params.gather_share = LATE, 1.0
    one = waiting[0]
    away = next(p for p in range(len(state.places)) if state.places.cell[p] != state.units.cell[one])
    state.units.order[one], state.units.target[one] = OrderKind.MOVE, away
    state.units.next_cell[one], state.units.arrives[one] = state.units.cell[one], LATE
    after = replace(gathered, before=state).after()
    for unit in waiting:
        if state.units.aim[unit] == state.units.aim[one]:
            assert after.units.aim[unit] == state.units.aim[one]
            assert after.units.order[unit] != OrderKind.ADVANCE


def test_men_stand_down_when_their_aim_is_no_longer_hostile(gathered: Snapshot) -> None:
    state = copy_state(gathered.before)
    waiting = own_waiting(gathered)
    state.places.holder[state.units.aim[waiting]] = state.units.actor[waiting]
    after = replace(gathered, before=state).after()
    old = state.units.aim[waiting]
    assert not np.isin(after.units.aim[waiting], old).any()


def ends_an_axis(rounds: list[Snapshot]) -> Snapshot:
    """Return a round of an attacker who led more axes before than he does now."""
    for moment in rounds:
        state = moment.before
        if state.actors.stance[moment.entity] == Stance.OFFENSIVE and moment.occurrence > 0:
            state = copy_state(state)
            state.actors.axes[moment.entity], state.actors.next_blow[moment.entity] = 99, 0.0
            return replace(moment, before=state)
    pytest.fail("nobody attacks")


def objectives(state: State, actor: int) -> set[int]:
    """Return the places against which units of an actor advance or gather."""
    u = state.units[(state.units.actor == actor) & (state.units.strength > 0)]
    goals = np.where(u.order == OrderKind.ADVANCE, u.target, u.aim)
    return {int(place) for place in goals if place >= 0}


def test_a_commander_pauses_when_an_objective_is_done_with(rounds: list[Snapshot]) -> None:
    moment = ends_an_axis(rounds)
    state, actor = moment.before, moment.entity
    state.params.exploitation = 0.0
    rival = state.actors[state.actors.rival[actor]]
    lost = max(0.0, 1 - rival.confidence / rival.resolve)
    after = moment.after()
    pause = float(state.params.pause_days[0]) * (1 - lost)
    assert pause > 0
    assert after.actors.next_blow[actor] == pytest.approx(after.world[0].t + pause)


def test_without_the_switch_nobody_pauses_or_gathers(rounds: list[Snapshot]) -> None:
    moment = ends_an_axis(rounds)
    moment.before.params.gathers = 0
    after = moment.after()
    assert after.actors.next_blow[moment.entity] == 0.0
    new = (after.units.aim >= 0) & (moment.before.units.aim < 0)
    assert not new.any()


def test_nobody_takes_up_an_objective_during_a_pause(rounds: list[Snapshot]) -> None:
    taken_up = 0
    for moment in rounds:
        if moment.before.actors.stance[moment.entity] != Stance.OFFENSIVE:
            continue
        found = []
        for next_blow in (0.0, LATE):
            state = copy_state(moment.before)
            state.params.counter_odds, state.params.in_flight = 1000.0, 1.0
            state.actors.axes[moment.entity], state.actors.next_blow[moment.entity] = 0, next_blow
            old = objectives(state, moment.entity)
            found.append(objectives(replace(moment, before=state).after(), moment.entity) - old)
        assert found[1] == set()
        taken_up += len(found[0])
    assert taken_up > 0


def test_the_sectors_of_a_blow_are_near_what_is_attacked_now_whatever_was_marked_before(
    rounds: list[Snapshot],
) -> None:
    state = copy_state(rounds[0].before)
    km, reach = state.ways.km[state.places.cell, : len(state.places)], float(state.params.threat_reach[0])
    assert 1 < np.count_nonzero(km <= reach) / len(state.places) < len(state.places)
    for axis, mark in product(range(len(state.places)), (0, 1, 2)):
        state.places.reached[:], state.places.assigned[:] = mark, 0
        state.places.assigned[axis] = 100
        mark_sectors(state)
        assert state.places.reached.tolist() == np.where(km[axis] <= reach, 2, 0).tolist()


def test_what_troops_reach_is_not_what_was_in_the_sectors_of_an_earlier_blow(rounds: list[Snapshot]) -> None:
    found = []
    last = next(each.before for each in reversed(rounds) if each.before.world.own[0] > 0)
    for mark in (0, 1, 2):
        state = copy_state(last)
        state.places.reached[:], state.params.attack_reach = mark, 10
        mark_reached(state)
        found.append(state.places.reached.tolist())
    assert found[0] == found[1] == found[2] and set(found[0]) == {0, 1}
