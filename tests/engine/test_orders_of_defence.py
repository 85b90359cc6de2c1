"""How defenders answer: they take back what was lost, leave what is cut off, and never leave a place open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulation.model.registry import Process
from simulation.model.state import Mobility, OrderKind, State, copy_state
from simulation.selftest import fixtures
from simulation.selftest.facts import Facts
from simulation.selftest.moments import Snapshot, moments

TOWN = 0.1
ROUNDS = frozenset({Process.COMMAND})


@pytest.fixture(scope="module")
def rounds() -> list[Snapshot]:
    """Rounds of orders of three histories in which there is much to choose."""
    return list(moments(fixtures.manoeuvre(20), range(3), 20, ROUNDS))


def attacked_by(state: State, actor: int) -> dict[int, int]:
    """Return the fighters of an actor against each place that it attacks or gathers for."""
    found: dict[int, int] = {}
    for u in state.units[(state.units.actor == actor) & (state.units.strength > 0)]:
        place = int(u.target if u.order == OrderKind.ADVANCE else u.aim)
        if place >= 0:
            found[place] = found.get(place, 0) + int(u.strength)
    return found


def counter_attack(moment: Snapshot, **params: float) -> dict[int, int]:
    """Return whom a defender who would not attack of his own accord attacks in a round, and with how many."""
    state = copy_state(moment.before)
    state.actors.appetite[:], state.actors.restraint[:], state.actors.confidence[:] = 0.0, 0.0, 1.0
    state.actors.stance[moment.entity] = 1
    state.units.order[:], state.units.target[:], state.units.aim[:] = OrderKind.HOLD, -1, -1
    state.params.exploitation, state.params.spent_share, state.params.spent_cohesion = 0.0, 0.0, 0.0
    state.params.threat_reach = 0.001
    for name, value in params.items():
        state.params[name] = value
    return attacked_by(replace(moment, before=state).after(), moment.entity)


@pytest.mark.parametrize(("share", "attacks"), [(0.0, False), (1.0, True)])
def test_what_was_lost_is_taken_back_with_the_share_for_it(
    rounds: list[Snapshot], share: float, attacks: bool
) -> None:
    found = [counter_attack(m, counter_share=share, counter_odds=0.1, counter_reach=60.0) for m in rounds]
    assert any(found) == attacks


def test_several_places_are_taken_back_at_once_and_the_weightiest_gets_its_odds_first(
    rounds: list[Snapshot],
) -> None:
    several = 0
    for moment in rounds:
        found = counter_attack(moment, counter_share=1.0, counter_odds=0.1, counter_reach=60.0)
        places = moment.before.places
        assert all(places.holder[place] != places.holder0[place] for place in found)
        several += len(found) > 1
    assert several > 0


def test_nobody_local_comes_from_beyond_the_reach_for_taking_back(rounds: list[Snapshot]) -> None:
    params = {"counter_share": 1.0, "counter_odds": 0.1, "reserve_reach": 1.0}
    far, near = ([counter_attack(m, counter_reach=reach, **params) for m in rounds] for reach in (60.0, 1.0))
    assert sum(map(len, near)) < sum(map(len, far))


def garrison(moment: Snapshot) -> tuple[State, int]:
    """Return a state in which a threatened garrison could hold by numbers, and the unit; the rest looks at the way."""
    state = copy_state(moment.before)
    me = moment.entity
    state.params.evacuate_confidence, state.params.evacuate_odds, state.params.threat_reach = (
        1.0,
        1000.0,
        60.0,
    )
    state.actors.confidence[me] = 0.5
    capital = int(state.actors.capital[me])
    if capital < 0:
        return state, -1
    facts = Facts(state)
    enemies = np.flatnonzero(facts.forward & facts.foe[me, state.units.actor])
    for unit in np.flatnonzero(
        (state.units.actor == me) & (state.units.strength > 0) & (state.units.cell >= 0)
    ):
        u = state.units[unit]
        place = state.ground.first_place[u.cell]
        near = (
            [k for k in enemies if state.ways["km"][state.units.cell[k], place] <= 60.0] if place >= 0 else []
        )
        way = state.ways["step"][u.cell, capital]
        if near and way >= 0 and u.order != OrderKind.WITHDRAW and not facts.in_contact[unit]:
            return state, int(unit)
    return state, -1


def test_a_garrison_that_is_cut_off_leaves(rounds: list[Snapshot]) -> None:
    left = stayed = 0
    for moment in rounds:
        state, unit = garrison(moment)
        if unit < 0:
            continue
        capital, me = int(state.actors.capital[moment.entity]), moment.entity
        cell = int(state.units.cell[unit])
        step = int(state.ground.neighbours[cell, state.ways["step"][cell, capital]])
        enemy = int(np.flatnonzero(Facts(state).foe[me])[0])
        for control, reach in ((me, 0.0), (enemy, 0.0)):
            given = copy_state(state)
            given.cells.control[:] = np.where(given.cells.control == enemy, me, given.cells.control)
            given.cells.control[step], given.params.cut_off_reach = control, reach
            after = replace(moment, before=given).after()
            leaves = after.units.order[unit] == OrderKind.WITHDRAW
            if control == me:
                assert not leaves
                stayed += 1
            left += int(leaves)
    assert stayed > 0 and left > 0


def sole_guards(state: State) -> np.ndarray:
    """Return which units are alone of their bloc with a place that it holds, and have to stay."""
    u, facts = state.units, Facts(state)
    place = state.ground.first_place[u.cell]
    x = state.places[place]
    kept = (u.cell >= 0) & (place >= 0) & (x.holder >= 0) & facts.same[u.actor, x.holder]
    alone = facts.friends[u.cell, u.actor] <= u.strength
    taken = (x.holder != x.holder0) & (x.weight >= TOWN)
    return np.asarray(kept & alone & ((u.mobility == Mobility.LOCAL) | taken))


def test_a_sole_guard_is_sent_nowhere(rounds: list[Snapshot]) -> None:
    guards = sent = 0
    for moment in rounds:
        before, after = moment.before, moment.after()
        idle = (before.units.order == OrderKind.HOLD) & (before.units.aim < 0) & (before.units.strength > 0)
        moved = idle & (
            np.isin(after.units.order, (OrderKind.ADVANCE, OrderKind.MOVE)) | (after.units.aim >= 0)
        )
        alone = sole_guards(before)
        guards, sent = guards + int((idle & alone).sum()), sent + int(moved.sum())
        assert not (moved & alone).any()
    assert guards > 10 and sent > 5
