"""What is read from the state before an event: causes, garrisons, and the pictures of a film."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulation.engine.loop import fire, next_event
from simulation.engine.replicate import run_one, start_history
from simulation.histories.breaks import breaking
from simulation.histories.causes import NOTABLE, Fall
from simulation.histories.drivers import CompiledDriver
from simulation.histories.narration import tell_and_film
from simulation.histories.observer import Happening, watch
from simulation.histories.sentences import sentence
from simulation.model.daily_series import DailySeries
from simulation.model.registry import Process
from simulation.model.state import EVENT, OF_CELL, copy_state
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def valleys():
    return build_world(load_scenario("two-valleys"))


@pytest.fixture(scope="module")
def syria():
    return build_world(load_scenario("aleppo", ["days=6"]))


def test_the_named_drivers_are_the_terms_of_the_rate():
    """Attackers have no shelter and are never surprised, so their rate follows from what a Break holds.

    Without the help of allies and aircraft what is left besides is the kind of army.
    """
    alone = ["days=6", "inputs.give_way_allies=0", "inputs.give_way_air=0"]
    world = build_world(load_scenario("aleppo", alone))
    state, seen = start_history(world, 0, 1), 0
    while (clock := next_event(state)) >= 0:
        row = state.clocks[clock]
        if row.process == Process.GIVE_WAY:
            number = int(clock - state.world.first_clock[0, Process.GIVE_WAY])
            unit, p = state.units[number], state.params[0]
            holder, bloc = int(state.cells.control[unit.cell]), state.actors.bloc
            if holder < 0 or bloc[holder] != bloc[unit.actor]:
                found, seen = breaking(state, number), seen + 1
                assert row.rate == pytest.approx(p.give_way_rate * math.exp(log_rate(state, number, found)))
        fire(state, clock)
    assert seen > 0


def log_rate(state, number, found):
    """Return the terms of the log-rate of an attacker, and check that those named are the strong ones."""
    unit, p = state.units[number], state.params[0]
    actor, ground = state.actors[unit.actor], state.ground[unit.cell]
    foreign = ground.control0 >= 0 and state.actors[ground.control0].bloc != actor.bloc
    pushes = {
        "cohesion": p.give_way_cohesion * (1 - found.cohesion),
        "odds": p.give_way_odds * math.log(found.enemy / found.own) if found.enemy else 0.0,
        "flanks": p.give_way_flanks * found.flanks,
        "unwilling": p.give_way_unwilling * (1 - actor.availability) * (actor.commander != unit.actor),
        "doubt": p.give_way_doubt * actor.doubt,
        "overreach": p.give_way_overreach * foreign * ground.depth_km / (ground.depth_km + p.overreach_km),
    }
    named = [name for name in sorted(pushes, key=lambda name: -pushes[name]) if pushes[name] >= NOTABLE]
    outflanked = ["outflanked", *(name for name in named if name != "flanks")]
    assert list(found.drivers) == (named if found.enemy else outflanked)
    return sum(pushes.values()) - actor.endurance


@pytest.mark.parametrize(
    ("killed", "delay", "told"),
    [(1, 1, "1 fighter killed, a column 1 day late."), (2, 1.5, "2 fighters killed, a column 1.5 days late."),
     (3, 0, "3 fighters killed.")],
)  # fmt: skip
def test_a_strike_on_a_column_is_counted_in_words(valleys, killed, delay, told):
    (record,) = np.zeros(1, EVENT).view(np.recarray)
    record.process, record.actor, record.other, record.cell, record.place = Process.INTERDICTION, 2, 0, -1, -1
    record.amount, record.value = killed, delay
    assert sentence(valleys, Happening(record=record)) == f"A strike by Company on League: {told}"


def test_watching_changes_nothing(syria):
    driver = CompiledDriver(syria, 2, 1)
    events = sum(1 for _ in watch(driver))
    _, params, quantities = syria.cases(range(2, 3), 1)
    state = copy_state(syria.template)
    alone = run_one(state, syria.template, params[0], quantities[0], 1, 2)
    assert driver.outcome.world == alone.world and events == alone.world.events
    assert np.array_equal(driver.outcome.changes, alone.changes)


def test_a_place_falls_undefended_only_where_no_fighter_of_its_side_was(syria):
    """Follow presence by hand: nobody of the holder's side in a cell since it last passed means no garrison."""
    n, seen = len(syria.actors), {True: 0, False: 0}
    bloc = syria.template.actors.bloc
    defended: set[int] = set()

    class Census:
        def __init__(self, state):
            self.state = state

        def before(self, process, entity, time):
            control = self.state.cells["control"]
            held = np.flatnonzero(self.state.presence.any(axis=1))
            for cell in held.tolist():
                own = bloc == bloc[control[cell]] if control[cell] >= 0 else np.zeros(n, bool)
                if self.state.presence[cell][own].any():
                    defended.add(cell)

        def after(self, record):
            pass

    driver = CompiledDriver(syria, 0, 1)
    for happening in watch(driver, [Census(driver.state)]):
        if isinstance(happening.cause, Fall):
            cell = int(happening.record.cell)
            if happening.cause.left is not None:
                assert cell in defended
            seen[happening.cause.left is None] += 1
            defended.discard(cell)
    assert seen[True] > 0 and seen[False] > 0


def test_a_film_shows_what_the_history_did(syria):
    told = tell_and_film(syria, 1, 1, 0.25)
    driver = CompiledDriver(syria, 1, 1)
    records = [happening.record for happening in watch(driver)]
    assert [picture.time for picture in told.film] == [k / 4 for k in range(25)]
    control = syria.template.cells.control.copy()
    changes = [row for row in driver.outcome.changes if row.kind == OF_CELL]
    for picture in told.film:
        for row in [row for row in changes if row.day <= picture.time]:
            control[int(row["index"])] = row.after
        assert np.array_equal(picture.control, control)
    fled = sum(int(r.amount) for r in records if r.process == Process.FLEE)
    home = sum(int(r.amount) for r in records if r.process == Process.RETURN_HOME)
    strikes = sum(1 for r in records if r.process in (Process.SORTIE, Process.INTERDICTION) and r.cell >= 0)
    assert sum(picture.fled for picture in told.film) == fled > 0
    assert sum(picture.returned for picture in told.film) == home
    assert sum(int(picture.strikes[:, 1].sum()) for picture in told.film) == strikes > 0


def test_discs_are_the_fighters_on_the_map(valleys):
    told = tell_and_film(valleys, 3, 1, 1.0)
    driver = CompiledDriver(valleys, 3, 1)
    list(watch(driver))
    present = driver.outcome.daily[:, DailySeries.FIGHTERS_PRESENT, : len(valleys.actors)].sum(axis=1)
    counted = [int(picture.bodies[:, 2].sum()) for picture in told.film]
    assert len(counted) == len(present)
    assert all(on_map <= known for on_map, known in zip(counted, present.tolist(), strict=True))
    assert counted[-1] == present[-1]


def test_a_film_ends_when_the_history_does():
    duel = build_world(load_scenario("duel"))
    told = tell_and_film(duel, 0, 1, 0.25)
    ends = float(told.last_words.split("day ")[1].split(":")[0])
    assert told.film[-1].time == pytest.approx(ends, abs=0.005)
    assert told.film[-2].time < told.film[-1].time
    assert set(told.film[-1].bodies[:, 1].tolist()) == {0} or set(told.film[-1].bodies[:, 1].tolist()) == {1}
