"""The library is the same thing as the command."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from commands import ROOT, bytes_of, manifest_of, run_to

from simulation import ConflictModel, Scenario, load_scenario, open_run, run
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


def test_a_run_that_is_opened_again_is_the_run(tmp_path):
    done = run("two-valleys", replicates=10, out=tmp_path / "run")
    again = open_run(tmp_path / "run")
    assert (again.text(), again.summary(), again.report) == (done.text(), done.summary(), done.report)
    assert again.scenario.digest == done.scenario.digest and again._repr_html_() == done._repr_html_()


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


def test_numbers_and_paths_are_taken_as_a_notebook_has_them(at_root, tmp_path, monkeypatch):
    plain = run("duel", replicates=20, seed=2, workers=1, out=tmp_path / "plain", report=False)
    numbers = {"replicates": np.float64(20), "seed": np.arange(3)[2], "workers": np.int8(1)}
    other = run("duel", **numbers, out=str(tmp_path / "other"), report=np.False_)
    assert bytes_of(plain.folder) == bytes_of(other.folder)
    assert manifest_of(other.folder)["seed"] == 2


def test_a_scenario_changed_by_hand_is_run_under_its_own_name(tmp_path):
    by_hand = dataclasses.replace(load_scenario("two-valleys"), days=3)
    mine = run(by_hand, replicates=10, out=tmp_path / "a", report=False)
    theirs = run_to(tmp_path / "b", "two-valleys", "--days", 3, "-n", 10, "--no-report")
    assert bytes_of(mine.folder) == bytes_of(theirs)
    assert manifest_of(mine.folder)["digest"] == manifest_of(theirs)["digest"]


def test_a_run_shows_itself_in_a_notebook(at_root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("duel", replicates=20, out="my run")
    assert repr(done) == "<Run of duel in my run>"
    card = done._repr_html_()
    assert "95 % interval" in card
    assert "A duel of two sides" in card and "href='my%20run/report.html'" in card
    for row in done.outcomes["ending"].value_counts().to_dict().items():
        assert f"{row[0]}" in card and f"{row[1]} of 20" in card
    assert all(len(repr(each)) <= 200 for each in (done.world, done.results, done.results.manifest))


@pytest.mark.parametrize(
    "wrong", [{"replicates": 0}, {"replicates": 2**31}, {"seed": -1}, {"seed": 2**63}, {"workers": 0}]
)
def test_a_number_out_of_bounds_is_named(wrong, tmp_path):
    with pytest.raises(InputError, match=f"{next(iter(wrong))} must be"):
        run("duel", **({"replicates": 1} | wrong), out=tmp_path / "run")
    assert list(tmp_path.iterdir()) == []
