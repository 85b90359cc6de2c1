"""A sweep as a user makes it: points are runs to the byte, paired, kept, and not played twice."""

import json
import shutil
import signal
import time

import pandas as pd
import pytest
from commands import begin, bytes_of, manifest_of, simulate

from simulation import open_run, past_runs, sweep, verify

SHORT = ("two-valleys", "--days", 6, "-n", 40, "--quiet", "--no-report")
GUARDS = "inputs.river_council_fighters"
OUTCOMES = ("--outcomes", "ending.pass_lost,civilians_killed,place.Weirford")


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A grid of two by two points, and the JSON printed of it."""
    place = tmp_path_factory.mktemp("sweep")
    sets = (
        "--set",
        f"{GUARDS}=700,2800",
        "--set",
        "inputs.dig_in_rate=0.1,0.5",
        "--set",
        "inputs.army_shock=1",
    )
    done = simulate("sweep", *SHORT, *sets, *OUTCOMES, "--json", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    return place / printed["folder"], printed


def test_the_folder_is_whole_and_says_what_it_is(swept):
    folder, printed = swept
    manifest = manifest_of(folder)
    assert manifest == printed["manifest"] and manifest["kind"] == "sweep"
    assert manifest["names"] == [GUARDS, "inputs.dig_in_rate"]
    assert [point["values"] for point in manifest["points"]] == [
        ["700", "0.1"], ["700", "0.5"], ["2800", "0.1"], ["2800", "0.5"],
    ]  # fmt: skip
    assert {file.name for file in folder.iterdir()} == {
        "manifest.json", "points.parquet", "sentences.txt", "design.csv", "scenario.yaml", "runs",
    }  # fmt: skip
    assert verify(folder).is_whole and verify(folder).kind == "sweep"
    (listed,) = past_runs(folder.parent)
    assert (listed.kind, listed.histories, listed.state) == ("sweep", 40, "finished")
    assert not list(folder.parent.glob("*.unfinished"))


def test_a_point_is_the_run_of_the_same_settings_to_the_byte(swept, tmp_path):
    folder, printed = swept
    point = printed["manifest"]["points"][3]
    sets = ("--set", f"{GUARDS}=2800", "--set", "inputs.dig_in_rate=0.5", "--set", "inputs.army_shock=1")
    done = simulate("run", *SHORT, *sets, "--workers", 1, "--out", "one", cwd=tmp_path)
    assert done.returncode == 0
    assert bytes_of(folder / point["folder"]) == bytes_of(tmp_path / "one")
    assert (
        manifest_of(folder / point["folder"])["digest"]
        == manifest_of(tmp_path / "one")["digest"]
        == point["run"]
    )


def test_the_table_is_that_of_the_runs(swept):
    folder, printed = swept
    table = pd.read_parquet(folder / "points.parquet")
    assert len(table) == len(printed["points"]) == 4 * 3
    for k, point in enumerate(printed["manifest"]["points"], start=1):
        run = open_run(folder / point["folder"])
        rows = table[table["point"] == k].set_index("outcome")
        assert list(rows[f"set.{GUARDS}"]) == [point["values"][0]] * 3
        assert rows.loc["ending.pass_lost", "value"] == (run.outcomes["ending"] == "pass_lost").mean()
        assert rows.loc["civilians_killed", "value"] == pytest.approx(run.outcomes["civilians_killed"].mean())
        fallen = run.summary()["places"]["Weirford"]["fallen"]["share"]
        assert rows.loc["place.Weirford", "value"] == pytest.approx(fallen)
    few, many = (table[(table["point"] == k) & (table["outcome"] == "ending.pass_lost")] for k in (1, 3))
    assert many["value"].item() < few["value"].item(), "four times as many guards hold the pass more often"


def test_what_was_played_before_is_not_played_again(swept, tmp_path):
    folder, _ = swept
    shutil.copytree(folder, tmp_path / "results" / folder.name)
    options = dict(
        overrides=["days=6", "inputs.army_shock=1", "inputs.dig_in_rate=0.5"], replicates=40, report=False
    )
    more = sweep(
        "two-valleys", {GUARDS: [700, 1400, 2800]}, outcomes=["ending.pass_lost"],
        out=tmp_path / "results" / "more", **options,
    )  # fmt: skip
    assert more.study.reused == 2 and "3 points (2 of them played before)" in more.text()
    assert verify(more.folder).is_whole
    alone = sweep(
        "two-valleys",
        {GUARDS: [700, 1400, 2800]},
        outcomes=["ending.pass_lost"],
        out=tmp_path / "alone",
        **options,
    )
    assert alone.study.reused == 0
    pd.testing.assert_frame_equal(alone.points, more.points)
    for one, other in zip(alone.manifest.folders, more.manifest.folders, strict=True):
        assert bytes_of(alone.folder / one) == bytes_of(more.folder / other)


def test_the_command_of_the_folder_makes_the_same_again(swept, tmp_path):
    folder, printed = swept
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    known = printed["manifest"]
    command = "simulate sweep scenario.yaml --design design.csv --replicates 40 --seed 1 --outcomes "
    done = simulate(*f"{command}{OUTCOMES[1]} --quiet --no-report --out again".split()[1:], cwd=copy)
    assert done.returncode == 0, done.stderr
    assert (copy / "again" / "points.parquet").read_bytes() == (folder / "points.parquet").read_bytes()
    assert manifest_of(copy / "again")["points"] == known["points"]


def test_a_changed_file_is_found_and_its_run_not_taken(swept, tmp_path):
    folder, printed = swept
    shutil.copytree(folder, tmp_path / folder.name)
    first = tmp_path / folder.name / printed["manifest"]["points"][0]["folder"]
    (first / "daily.parquet").write_bytes(b"other")
    assert not verify(tmp_path / folder.name).is_whole
    sets = (
        "--set",
        f"{GUARDS}=700,2800",
        "--set",
        "inputs.dig_in_rate=0.1,0.5",
        "--set",
        "inputs.army_shock=1",
    )
    done = simulate("sweep", *SHORT, *sets, *OUTCOMES, "--json", "--out", tmp_path / "new", cwd=tmp_path)
    assert json.loads(done.stdout)["reused"] == 3 and verify(tmp_path / "new").is_whole


def test_an_interrupted_sweep_says_how_it_is_gone_on_with(tmp_path):
    asked = ("two-valleys", "--days", 20, "-n", 300, "--set", f"{GUARDS}=700,1400,2100", "--no-report")
    running = begin("sweep", *asked, "--out", "out", cwd=tmp_path)
    for _ in range(600):
        if (tmp_path / "out.unfinished").exists() or running.poll() is not None:
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert told.endswith(" histories kept: go on with simulate resume out.unfinished\n")
    assert not (tmp_path / "out").exists()
    done = simulate("resume", "out.unfinished", "--no-report", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert verify(tmp_path / "out").is_whole and [each.name for each in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("duel",), "nothing is varied"),
        (("duel", "--set", "inputs.red_fighters=20"), "nothing is varied"),
        (("duel", "--set", "inputs.red_fightrs=1,2"), "did you mean 'red_fighters'"),
        (("duel", "--set", "inputs.red_fighters=1,-2"), "must be within 0 to 1000000 fighters"),
        (("duel", "--design", "points.csv"), "points.csv: there is no such file"),
        (("duel", "--set", "inputs.red_fighters=1,2", "--days", 0), "--days 0: "),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_nothing(tmp_path, arguments, said):
    done = simulate("sweep", *arguments, "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr
    assert len(done.stderr.splitlines()) == 1 and not list(tmp_path.iterdir())
