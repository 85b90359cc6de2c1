"""What users of Mesa do by habit works, or says in a sentence why not."""

import mesa
import numpy as np
import pytest

from simulation import ConflictModel, OwnProcess
from simulation.errors import InputError, RunError
from simulation.mesa_model import ActorAgent, UnitAgent
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def world():
    return build_world(load_scenario("two-valleys", ["days=6"]))


class Idle(OwnProcess):
    """Happens now and then and does nothing."""

    name = "idle"

    def rate(self, unit):
        return 0.5 if unit.cell is not None else 0.0

    def fire(self, unit, rng):
        self.last = rng.random()


class Shortage(OwnProcess):
    """Shakes units in the measure in which they are shaken."""

    name = "shortage"

    def rate(self, unit):
        return 2.0 * (1 - unit.cohesion)

    def fire(self, unit, rng):
        unit.cohesion *= rng.uniform(0.6, 0.9)


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has none")
def test_batch_run_plays_with_the_defaults_of_mesa():
    rows = mesa.batch_run(ConflictModel, {"scenario": "duel"}, rng=[None, 5, 5], display_progress=False)
    fought = [(row["fighters_red"], row["fighters_blue"], row["day"]) for row in rows]
    assert len(rows) == 3 and fought[1] == fought[2] != fought[0]
    assert all(min(red, blue) == 0 for red, blue, _ in fought)


def test_reporters_of_models_and_agents_are_collected_beside_the_usual_ones(world):
    model = ConflictModel(
        world,
        model_reporters={"units": lambda model: len(model.units)},
        agent_reporters={"name": "name"},
        agenttype_reporters={UnitAgent: {"strength": "strength"}},
    )
    model.run_for(2)
    frame = model.datacollector.get_model_vars_dataframe()
    assert {"day", "displaced", "units"} <= set(frame) and (frame["units"] > 0).all()
    strength = model.datacollector.get_agenttype_vars_dataframe(UnitAgent)["strength"]
    first = strength.xs(0, level="Step")
    assert first.sum() == ConflictModel(world).state.units.strength.sum() and len(first) == frame["units"][0]
    assert set(model.datacollector.get_agent_vars_dataframe()["name"]) > {
        unit.name for unit in model.units.values()
    }


def test_agents_show_themselves_and_can_be_counted_together(world):
    model = ConflictModel(world, replicate=3)
    assert repr(model) == "<ConflictModel of two-valleys: history 3, seed 1, on day 0>"
    unit = model.units[0]
    assert repr(unit) == (
        f"<UnitAgent {unit.name}: {unit.strength:,} fighters, cohesion {unit.cohesion:.2f}, at {unit.cell.coordinate}>"
    )
    assert repr(model.actors[0]).startswith(
        f"<ActorAgent {model.actors[0].name}: {model.actors[0].fighters:,} fighters"
    )
    units = model.agents_by_type[UnitAgent]
    assert units.agg("strength", sum) == model.agents_by_type[ActorAgent].agg("fighters", sum)
    assert model.agents.agg("name", len) == len(model.agents)
    with pytest.raises(
        AttributeError, match=r"ActorAgent has no .*UnitAgent has, as in model\.agents_by_type"
    ):
        model.agents.agg("strength", sum)


def test_what_would_have_no_effect_is_refused(world):
    class Moody(UnitAgent):
        def __init__(self, model, index):
            super().__init__(model, index)
            self.mood = 0.5

    model = ConflictModel(world, unit_class=Moody)
    unit = model.units[0]
    unit.mood = 0.7
    with pytest.raises(InputError, match="Moody has no 'fighters' to set, but cell, cohesion, strength"):
        unit.fighters = 0
    with pytest.raises(InputError, match="has no 'pos' to set, but cell"):
        unit.pos = (3, 4)
    with pytest.raises(InputError, match="has no 'rage' to set"):
        model.agents.set("rage", 1)
    assert unit.mood == 0.7 and not hasattr(unit, "rage")


def test_a_process_of_ones_own_that_does_nothing_leaves_the_history_as_it_is(world):
    plain = ConflictModel(world, keep_events=True)
    plain.run_model()
    model = ConflictModel(world, keep_events=True, processes=[Idle()])
    present = 0.0
    while model.running:
        present += sum(unit.cell is not None for unit in model.units.values())
        model.step()
    assert [each.tobytes() for each in model.events] == [each.tobytes() for each in plain.events]
    expected = 0.5 * present
    assert abs(len(model.happenings) - expected) < 4 * np.sqrt(expected) and expected > 40
    assert model.happenings == sorted(model.happenings, key=lambda each: each.day)


def test_a_process_of_ones_own_changes_what_follows_the_same_way_each_time(world):
    runs = [ConflictModel(world, replicate=1, processes=[Shortage()]) for _ in range(2)]
    for model in runs:
        model.run_model()
    first, again = (model.happenings for model in runs)
    assert first == again and len({(each.day, each.unit) for each in first}) == len(first) > 5
    plain = ConflictModel(world, replicate=1)
    plain.run_model()
    mean = [np.mean([unit.cohesion for unit in model.units.values()]) for model in (plain, runs[0])]
    assert mean[1] < mean[0]


def test_a_package_can_offer_a_process(world, tmp_path, monkeypatch):
    (tmp_path / "hungry.py").write_text(
        "from simulation import OwnProcess\n"
        "class Hunger(OwnProcess):\n"
        "    name = 'hunger'\n"
        "    def rate(self, unit): return 1.0\n"
        "    def fire(self, unit, rng): unit.strength -= 1\n"
    )
    told = tmp_path / "hungry-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: hungry\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[simulate.processes]\nhunger = hungry:Hunger\n")
    monkeypatch.syspath_prepend(tmp_path)
    model = ConflictModel(world, processes=["hunger"])
    before = int(model.state.actors.present.sum())
    model.run_until(0.5)
    assert {each.process for each in model.happenings} == {"hunger"}
    gone = sum(
        int(getattr(model.state.actors, name).sum()) for name in ("killed", "wounded", "deserted", "captured")
    )
    assert before - int(model.state.actors.present.sum()) >= len(model.happenings) - gone
    with pytest.raises(InputError, match=r"offers a process 'hungre' .*did you mean 'hunger'"):
        ConflictModel(world, processes=["hungre"])


def test_a_process_that_cannot_be_is_refused(world):
    class Wild(Idle):
        def rate(self, unit):
            return float("nan")

    class Nameless(Idle):
        name = ""

    with pytest.raises(RunError, match="the process 'idle' has a rate of nan"):
        ConflictModel(world, processes=[Wild()])
    with pytest.raises(InputError, match="Nameless needs a name"):
        ConflictModel(world, processes=[Nameless()])
    with pytest.raises(InputError, match="must be an OwnProcess or the name of an entry point"):
        ConflictModel(world, processes=[Idle])
