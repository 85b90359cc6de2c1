"""The model behaves as Mesa's users expect, and its agents are windows on the engine's arrays."""

import math
import warnings

import numpy as np
import pytest

from simulation.errors import InputError, RunError
from simulation.mesa_model import ActorAgent, ConflictModel, UnitAgent
from simulation.model.daily_series import DailySeries
from simulation.model.registry import Process
from simulation.model.state import LAYOUT
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def world():
    return build_world(load_scenario("two-valleys"))


@pytest.fixture(scope="module")
def syria():
    return build_world(load_scenario("aleppo", ["days=2"]))


@pytest.fixture
def model(world):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ConflictModel(world, replicate=1, seed=1, keep_events=True)


def pending_events(model):
    """Return the events of the history that wait in Mesa's list; Mesa's own daily step is not one of them."""
    waiting = [event for event in model._event_list._events if not event.CANCELED]
    return [event for event in waiting if event.fn().__self__ is model]


def standing(model):
    """Return the cell of every unit as Mesa's grid has it, and as the arrays have it."""
    grid = {
        agent.index: model.index_of(cell)
        for cell in model.grid
        for agent in cell.agents
        if isinstance(agent, UnitAgent)
    }
    rows = model.state.units
    there = np.flatnonzero((rows.strength > 0) & (rows.cell >= 0)).tolist()
    return grid, {unit: int(rows.cell[unit]) for unit in there}


def balanced(model):
    a = model.state.actors
    gone = a.killed + a.wounded + a.captured + a.deserted + a.departed
    sums = np.zeros((len(a)), int)
    np.add.at(sums, model.state.units.actor.astype(int), model.state.units.strength)
    return (a.initial + a.arrived).tolist() == (
        a.present + gone
    ).tolist() and sums.tolist() == a.present.tolist()


def test_a_model_is_built_from_a_name():
    model = ConflictModel("duel", seed=3)
    assert (model.seed, model.replicate, model.case) == (3, 0, 0)
    assert model.template is model.world.template and model.state is not model.template
    model.run_model()
    assert model.ending in model.world.endings


def test_exactly_one_event_is_pending_at_any_time(model):
    while model.running:
        assert [event.fn().__name__ for event in pending_events(model)] == ["_fire"]
        model.step()
    assert len(model._event_list) == 0 and not model.running


def test_nothing_happens_after_the_end(model):
    model.run_model()
    events, rows = len(model.events), len(model.datacollector.model_vars["day"])
    model.run_until(model.time + 50)
    assert len(model.events) == events and len(model.datacollector.model_vars["day"]) == rows


def test_run_until_stops_between_events(world, model):
    model.run_until(1.5)
    assert model.time == 1.5 and model.events and model.events[-1].time <= 1.5
    assert pending_events(model)[0].time > 1.5
    model.run_until(3.25)
    whole = ConflictModel(world, replicate=1, seed=1, keep_events=True)
    whole.run_until(3.25)
    assert [e.tobytes() for e in model.events] == [e.tobytes() for e in whole.events]


@pytest.mark.parametrize("time", [math.nan, math.inf, -math.inf])
def test_a_time_that_is_not_finite_is_refused(model, time):
    for when in ({"at": time}, {"after": time}):
        with pytest.raises(InputError, match="must be a finite number"):
            model.schedule_event(model.step, **when)


@pytest.mark.parametrize("fixture", ["world", "syria"])
def test_agents_stand_where_their_units_stand(request, fixture):
    model, moves = ConflictModel(request.getfixturevalue(fixture), replicate=2), 0
    while model.running:
        grid, rows = standing(model)
        assert grid == rows and grid
        model.step()
        moves += standing(model)[0] != grid
    assert moves > 0
    assert {a.index for a in model.agents_by_type[UnitAgent]} == set(model.units)


def test_units_that_are_sent_appear(syria):
    model = ConflictModel(syria, replicate=0)
    first = set(model.units)
    assert first == set(np.flatnonzero(syria.template.units.share > 0)) - {
        k for k in range(len(syria.bodies)) if model.state.units.initial[k] == 0
    }
    for replicate in range(10):
        model = ConflictModel(syria, replicate=replicate)
        model.run_model()
        new = [unit for unit in model.units.values() if unit.index >= len(syria.bodies)]
        if new:
            break
    assert new and all(":" in unit.name and unit.strength > 0 for unit in new)


def test_actors_stand_at_their_seats(syria):
    model = ConflictModel(syria)
    government = next(agent for agent in model.actors.values() if agent.id == "government")
    assert model.index_of(government.cell) == int(government.row.seat)
    israel = next(agent for agent in model.actors.values() if agent.id == "israel")
    assert israel.cell is None and len(israel.units) == 0
    assert government.fighters == sum(unit.strength for unit in government.units)
    assert 0 < government.confidence <= 1 and government.area_km2 > 10_000


def test_a_daily_row_has_fighters_land_and_displaced(model):
    model.run_model()
    rows = model.datacollector.get_model_vars_dataframe()
    assert rows.day.iloc[-1] == model.day
    rows, council = rows.iloc[:-1], model.world.actors.index("river_council")
    daily = {each.key: model.outcome.daily[: len(rows), each] for each in DailySeries}
    assert rows.day.tolist() == list(range(len(rows)))
    assert rows.fighters_river_council.tolist() == daily["fighters_present"][:, council].tolist()
    assert rows.area_km2_river_council.tolist() == pytest.approx(daily["area_km2"][:, council].tolist())
    assert rows.displaced.tolist() == daily["displaced"][:, -1].tolist()


def test_agents_can_be_subclassed(world):
    class Counted(UnitAgent):
        moved = 0

        def follow(self, cell):
            type(self).moved += 1
            super().follow(cell)

    class Named(ActorAgent):
        pass

    model = ConflictModel(world, replicate=2, unit_class=Counted, actor_class=Named)
    model.run_model()
    assert len(model.agents_by_type[Named]) == len(world.actors)
    assert Counted.moved > len(world.bodies)


def test_a_model_can_be_subclassed_with_a_daily_step(world):
    class Diary(ConflictModel):
        days = 0

        def step(self):
            super().step()
            self.days += 1

    model = Diary(world, replicate=2)
    model.run_until(2.5)
    assert model.days == 2


def test_setting_cohesion_writes_the_array_and_retimes_the_clocks(model):
    model.run_until(0.5)
    first = int(model.state.world.first_clock[0][Process.RALLY])
    rallying = np.isfinite(model.state.clocks.time[first : first + len(model.state.units)])
    unit = model.units[int(np.flatnonzero(rallying)[0])]
    unit.cohesion = unit.actor.confidence
    assert model.state.units.cohesion[unit.index] == pytest.approx(unit.actor.confidence)
    assert model.state.clocks.time[first + unit.index] == np.inf
    assert len(pending_events(model)) == 1
    model.run_model()


def test_setting_strength_keeps_the_balance(model):
    model.run_until(0.5)
    unit = next(iter(model.units.values()))
    unit.strength += 100
    assert balanced(model)
    unit.strength = 7
    assert unit.strength == 7 and balanced(model)
    unit.remove()
    assert balanced(model) and unit.index not in model.units and unit not in model.agents
    model.run_model()
    assert balanced(model)


def test_moving_an_agent_moves_the_unit(model):
    model.run_until(0.5)
    unit = next(u for u in model.units.values() if u.actor.id == "river_council")
    old, goal = int(unit.row.cell), model.cell_of(0)
    presence = model.state.presence[old, unit.row.actor]
    unit.move_to(goal)
    assert unit.cell is goal and int(unit.row.cell) == 0 and unit in goal.agents
    assert model.state.presence[old, unit.row.actor] == presence - unit.strength
    model.run_model()
    grid, rows = standing(model)
    assert grid == rows


@pytest.mark.parametrize(
    "change",
    [{"cohesion": math.nan}, {"cohesion": 1.5}, {"cohesion": "x"}, {"strength": -1}, {"strength": 7.5}]
    + [{"strength": value} for value in ("x", math.nan, 1e300, True)]
    + [{"cell": value} for value in ("x", 5, (1, 1))],
)
def test_a_wrong_change_is_refused(model, change):
    unit = next(iter(model.units.values()))
    for field, value in change.items():
        with pytest.raises(InputError, match=f"{field} must be"):
            setattr(unit, field, value)
        with pytest.raises(InputError, match=f"{field} must be"):
            setattr(unit, field, None)
    with pytest.raises(InputError, match="must be"):
        model.rearrange(unit, **change)
    assert balanced(model)


def test_a_history_that_is_over_cannot_be_changed(model):
    model.run_model()
    with pytest.raises(InputError, match="no more"):
        next(iter(model.units.values())).cohesion = 0.5


@pytest.mark.parametrize("wrong", [{"replicate": -1}, {"replicate": 2**32}, {"seed": -1}, {"seed": 2**64}])
def test_wrong_numbers_are_refused(world, wrong):
    with pytest.raises(InputError):
        ConflictModel(world, **wrong)


def test_a_history_that_cannot_be_used_is_an_error(world):
    short = build_world(world.scenario)
    short.template.world.max_events = 20
    with pytest.raises(RunError, match="more than 20 events"):
        ConflictModel(short, replicate=1).run_model()


def test_the_template_is_never_changed(world):
    before = [getattr(world.template, name).tobytes() for name in LAYOUT]
    ConflictModel(world, replicate=4).run_model()
    assert [getattr(world.template, name).tobytes() for name in LAYOUT] == before
