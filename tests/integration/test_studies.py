"""The study as a user makes it: one document, one folder, the same numbers for any number of workers."""

import json

import pandas as pd
import pytest
from commands import manifest_of, simulate

from simulation import run, sensitivity

SHORT = ("two-valleys", "--days", 8, "--histories", 800, "--quiet")
SHARES = {"chance", "first_order", "overall", "total", "convergence", "histories"}


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """A short study with its page, and the JSON printed of it."""
    place = tmp_path_factory.mktemp("study")
    done = simulate("sensitivity", *SHORT, "--workers", 2, "--json", "--out", "out", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    return place / "out", json.loads(done.stdout)


def table(folder, name):
    return pd.read_parquet(folder / f"{name}.parquet")


def test_the_folder_is_whole_and_says_what_it_is(studied):
    folder, printed = studied
    names = {file.name for file in folder.iterdir()}
    assert names == {f"{name}.parquet" for name in SHARES} | {
        "manifest.json", "report.html", "scenario.yaml", "sentences.txt",
    }  # fmt: skip
    manifest = manifest_of(folder)
    assert manifest == printed["manifest"]
    assert manifest["kind"] == "sensitivity" and manifest["histories"] <= 800
    assert printed["histories"] == len(table(folder, "histories")) == manifest["histories"]
    assert [row["outcome"] for row in printed["chance"]] == [each["name"] for each in printed["outcomes"]]


def test_shares_lie_in_their_intervals(studied):
    folder, _ = studied
    first = table(folder, "first_order")
    assert ((first["low"] <= first["share"]) & (first["share"] <= first["high"])).all()
    assert first["share"].between(0, 1).all()
    ranks = first[first["group"] > 0]
    assert (ranks["best_rank"] <= ranks["worst_rank"]).all()


def test_the_findings_are_those_of_the_sentences(studied):
    _, printed = studied
    findings = printed["findings"]
    for each, several in zip(printed["outcomes"], findings["sentences"], strict=True):
        row = next(row for row in printed["chance"] if row["outcome"] == each["name"])
        assert [found["outcome"] for found in several] == [each["name"]] * len(several)
        assert several[0]["kind"] == ("unsaid" if row["trouble"] else "chance")
        assert row["trouble"] or several[0]["numbers"]["share"] == row["share"]
    assert findings["answer"][0]["kind"] in ("most_chance", "nothing_said")


def test_the_tables_are_the_same_for_any_number_of_workers(studied, tmp_path):
    folder, _ = studied
    done = simulate(
        "sensitivity", *SHORT, "--workers", 1, "--no-report", "--out", tmp_path / "out", cwd=tmp_path
    )
    assert done.returncode == 0 and "Results" in done.stdout
    for name in SHARES:
        pd.testing.assert_frame_equal(table(folder, name), table(tmp_path / "out", name))


def test_the_first_look_names_the_step_of_chance(tmp_path):
    done = sensitivity(
        "two-valleys", method="morris", overrides=["days=6"], outcomes=["civilians_killed"],
        inputs=["river_council_fighters", "highland_league_fighters"], histories=60, out=tmp_path / "out",
    )  # fmt: skip
    effects = done.study.tables["effects"]
    assert list(effects["input"].sort_values()) == [
        "chance",
        "highland_league_fighters",
        "river_council_fighters",
    ]
    assert done.study.rows == 15 and done.report is not None and done.report.exists()
    assert "new throw of the dice" in done.text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("duel",), "no uncertain input"),
        (("two-valleys", "--histories", 20), "--histories must be 400 to 10,000,000"),
        (("two-valleys", "--outcomes", "civilians"), "did you mean 'civilians_killed'"),
        (("two-valleys", "--inputs", "fogg"), "--inputs fogg: no uncertain input"),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_nothing(tmp_path, arguments, said):
    done = simulate("sensitivity", *arguments, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not list(tmp_path.iterdir())


TOGETHER = (
    "together.nerve={correlation: 0.6, of: [river_council_cohesion, river_council_confidence], source: a guess}",
    'inputs.near_shock={dist: bernoulli, p: 0.5, source: "assumption: x"}',
)


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_inputs_drawn_together_are_one_in_tables_page_and_command(tmp_path, method):
    study = sensitivity(
        "two-valleys", method=method, histories=600, outcomes=["civilians_killed", "ending.pass_lost"],
        overrides=["days=8", *TOGETHER], out=tmp_path / "out",
    )  # fmt: skip
    assert "nerve" in study.study.inputs and "river_council_cohesion" not in study.study.inputs
    assert manifest_of(study.folder)["all_inputs"] and "nerve" in manifest_of(study.folder)["inputs"]
    name = "first_order" if method == "sobol" else "effects"
    rows = table(study.folder, name)
    assert "nerve" in set(rows["input"]) and not rows["input"].str.startswith("river_council_co").any()
    (note,) = study.study.notes
    assert note.startswith("“Nerve” stands for inputs that are drawn together")
    for text in (study.report.read_text(), (study.folder / "sentences.txt").read_text()):
        assert note in text
    assert "“Nerve”" in study.text()
    assert "0 or 1" in study.report.read_text()
    asked = sensitivity(
        "two-valleys", method=method, histories=600, inputs="nerve", outcomes="civilians_killed",
        overrides=["days=8", *TOGETHER], out=tmp_path / "one", report=False,
    )  # fmt: skip
    assert asked.study.inputs == ("nerve",)


def test_the_report_of_a_run_counts_a_group_as_one_input(tmp_path):
    done = run("two-valleys", replicates=150, overrides=["days=8", *TOGETHER], out=tmp_path / "run")
    page = done.report.read_text(encoding="utf-8")
    drivers = page[page.index('id="plot-drivers-civilians_killed"') :] if "plot-drivers-civ" in page else page
    assert "“Nerve” stands for inputs that are drawn together and count as one" in drivers
    assert "Inputs drawn together as nerve" in page and "a guess" in page
