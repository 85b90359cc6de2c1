"""Conditions of a stored run as a user asks for them: a sentence and a page, or one sentence about what is wrong."""

import json
from pathlib import Path

import numpy as np
import pytest
from commands import simulate

from simulation import discover, run
from simulation.errors import InputError

pytest.importorskip("ema_workbench")
GUARDS = "river_council_fighters"
SPREAD = f'inputs.{GUARDS}={{dist: uniform, loc: 500, scale: 3000, unit: fighters, source: "assumption: x"}}'


@pytest.fixture(scope="module")
def valleys(tmp_path_factory):
    """A run in which the guards may be few or many, so that they decide."""
    folder = tmp_path_factory.mktemp("discover") / "run"
    run("two-valleys", replicates=400, overrides=["days=10", SPREAD], report=False, out=folder)
    return folder


def test_what_decides_is_found_and_said(valleys, tmp_path):
    done = simulate("discover", valleys, "--outcome", "place.Weirford", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert printed["confirmed"] and printed["outcome"] == "place.Weirford"
    (condition,) = [each for each in printed["conditions"] if each["name"] == GUARDS]
    assert condition["low"] is None and condition["high"] < 2500
    assert condition["label"] == "Council: fighters" and condition["unit"] == "fighters"
    assert printed["answer"].startswith("Of the histories in which Weirford falls, ")
    assert "“Council: fighters” at most" in printed["answer"]
    held_out = printed["held_out"]
    assert held_out["histories"] == 200 and held_out["both"] / held_out["met"] > held_out["happened"] / 200
    page = tmp_path / printed["page"]
    assert page.name == "discover-two-valleys-place.Weirford.html"
    assert "Under which conditions?" in page.read_text(encoding="utf-8")


def test_python_gives_the_same_and_a_table(valleys, tmp_path):
    found = discover(valleys, "place.Weirford", out=tmp_path / "page.html")
    assert GUARDS in list(found.conditions["name"]) and found.report == tmp_path / "page.html"
    assert found.text().endswith(f"Page     {tmp_path / 'page.html'}\n")
    again = discover(valleys, "place.Weirford", out=tmp_path / "page.html")
    assert again.summary() == found.summary()
    (tmp_path / "other.html").write_text("mine")
    with pytest.raises(InputError, match=r"other\.html"):
        discover(valleys, "place.Weirford", out=tmp_path / "other.html")
    assert Path(tmp_path / "other.html").read_text() == "mine"


def test_of_a_run_on_reports_histories_count_by_weight_and_the_page_says_so(tmp_path):
    """What is reported of the first days makes few guards likelier; they decide all the same."""
    done = run(
        "two-valleys", replicates=400, overrides=["days=10", SPREAD], report=False, out=tmp_path / "run",
        given="killed.river_council >= 20 trust 0.8 @ 3", sequential=False,
    )  # fmt: skip
    found = discover(done.folder, "place.Weirford", out=tmp_path / "page.html")
    weights = done.outcomes["weight"].to_numpy()
    assert found.found.confirmed and GUARDS in list(found.conditions["name"])
    said = " ".join(found.text().split())
    assert "counted as often as its weight says" in said and "effective sample size" in said
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "counted as often as its weight says" in page
    fallen = found.event.happened(done.results)
    assert found.found.happened / 400 == pytest.approx(np.average(fallen, weights=weights), abs=0.02)
    assert found.found.happened != fallen.sum()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("civilians_killed>=0", "In all 400 histories “civilians killed” is at least 0 people"),
        ("civilians_killed>1e9", "In none of 400 histories it happens that “civilians killed” is more than"),
    ],
)
def test_what_always_or_never_happens_is_said_in_a_sentence(valleys, tmp_path, outcome, said):
    done = simulate("discover", valleys, "--outcome", outcome, "--no-report", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in " ".join(done.stdout.split()) and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("ending.passlost", "--outcome ending.passlost: no ending 'passlost'; did you mean 'pass_lost'?"),
        ("place.Weir", "--outcome place.Weir: no place 'Weir'"),
        ("town.Weirford", "--outcome town.Weirford: no kind 'town'"),
        ("civilians_killed", "--outcome civilians_killed: needs a threshold, such as 'civilians_killed>"),
        ("civilians_killed>many", "'many' is not a number"),
        ("civilians_killed>inf", "a threshold is a finite number"),
        ("ending.pass_lost>1", "an ending happens or not, and has no threshold; write ending.pass_lost"),
    ],
)
def test_a_name_that_the_run_does_not_have_is_one_sentence(valleys, tmp_path, outcome, said):
    with pytest.raises(InputError) as caught:
        discover(valleys, outcome, out=tmp_path / "page.html")
    assert said in str(caught.value) and len(caught.value.lines()) == 1 and not list(tmp_path.iterdir())


def test_what_is_no_run_is_refused(tmp_path):
    done = simulate("discover", "nowhere", "--outcome", "ending.truce", cwd=tmp_path)
    assert (
        done.returncode == 2 and "not a results folder" in done.stderr and len(done.stderr.splitlines()) == 1
    )
