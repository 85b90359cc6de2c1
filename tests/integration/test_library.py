"""The library is the same thing as the command."""

from pathlib import Path

import pandas as pd
import pytest
from commands import ROOT, bytes_of, run_to

from simulation import ConflictModel, Scenario, load_scenario, run
from simulation.errors import InputError


@pytest.fixture
def at_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_a_run_returns_its_outcomes_as_a_table(at_root, tmp_path):
    done = run("scenarios/duel.yaml", replicates=50, out=tmp_path / "run")
    assert isinstance(done.outcomes, pd.DataFrame)
    assert list(done.outcomes["replicate"]) == list(range(50))
    assert {"ending", "end_day", "fighters_left_red", "fighters_left_blue"} <= set(done.outcomes)
    won = done.outcomes["ending"] == "red_wins"
    assert (won == (done.outcomes["fighters_left_blue"] == 0)).all()
    assert (done.outcomes[["fighters_left_red", "fighters_left_blue"]].min(axis=1) == 0).all()
    assert done.report == tmp_path / "run" / "report.html" and done.report.is_file()
    assert done.failed == ()


def test_library_and_command_write_the_same(at_root, tmp_path):
    mine = run(
        Path("scenarios/duel.yaml"), replicates=50, seed=9, workers=1, out=tmp_path / "a", report=False
    )
    theirs = run_to(tmp_path / "b", "duel", "-n", 50, "--seed", 9, "--no-report")
    assert bytes_of(mine.folder) == bytes_of(theirs)


def test_a_scenario_can_be_loaded_changed_and_run(tmp_path):
    scenario = load_scenario("duel", ["inputs.red_fighters=40"])
    assert isinstance(scenario, Scenario)
    by_object = run(scenario, replicates=20, out=tmp_path / "a", report=False)
    by_name = run(
        "duel", overrides=["inputs.red_fighters=40"], replicates=20, out=tmp_path / "b", report=False
    )
    pd.testing.assert_frame_equal(by_object.outcomes, by_name.outcomes)
    assert (by_object.outcomes["input.red_fighters"] == 40).all()
    assert (by_object.outcomes["ending"] == "red_wins").all()


def test_the_model_of_one_history_ends_as_its_row(tmp_path):
    rows = run("two-valleys", replicates=8, out=tmp_path / "run", report=False).outcomes
    model = ConflictModel("two-valleys", replicate=7)
    model.run_until(float(model.world.scenario.days) + 1)
    assert (model.ending, model.day) == (rows["ending"][7], rows["end_day"][7])


@pytest.mark.parametrize(
    "wrong", [{"replicates": 0}, {"replicates": 2**31}, {"seed": -1}, {"seed": 2**63}, {"workers": 0}]
)
def test_a_number_out_of_bounds_is_named(wrong, tmp_path):
    with pytest.raises(InputError, match=f"{next(iter(wrong))} must be"):
        run("duel", **({"replicates": 1} | wrong), out=tmp_path / "run")
    assert list(tmp_path.iterdir()) == []
