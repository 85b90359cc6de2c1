"""Runs that stop by themselves: the run of that many histories, whatever the workers, whole or not at all."""

import json
import re
import signal

import pytest
from commands import SECONDS, TABLES, begin, bytes_of, manifest_of, run_to, simulate

from simulation import run
from simulation.comparing import compare

UNTIL = ("--until", "ending.red_wins:0.09", "--until", "outcome.fighters_left_red:1.2")
OTHER = "duel --set inputs.red_fighters=21"
COMPARE = ("compare", "duel", OTHER, "--until", "ending.red_wins:0.08", "--no-report", "--quiet")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A run that stopped by itself, with one worker, into its own folder under results/."""
    folder = tmp_path_factory.mktemp("until")
    done = simulate("run", "duel", *UNTIL, "--workers", 1, "--no-report", cwd=folder)
    assert done.returncode == 0, done.stderr
    (results,) = (folder / "results").iterdir()
    return done, results


def test_it_says_why_and_the_manifest_and_json_too(stopped, tmp_path):
    done, folder = stopped
    manifest = manifest_of(folder)
    stopping, number = manifest["stopping"], manifest["replicates"]
    assert 100 < number < 1000 and stopping["histories"] == number and stopping["met"]
    assert stopping["until"] == list(UNTIL[1::2]) and (stopping["first"], stopping["most"]) == (100, 20_000)
    for reached, asked in zip(stopping["reached"], (0.09, 1.2), strict=True):
        assert reached["high"] - reached["low"] <= 2 * reached["half_width"] <= 2 * asked
    line = next(line for line in done.stdout.splitlines() if line.startswith("Stopped at"))
    assert line == f"S{stopping['reason'][1:]}."
    assert re.match(
        rf"Stopped at {number} histories: the 95 % interval of ending.red_wins is 0\.\d+ ± 0", line
    )
    assert re.search(rf"^{number} of at most 20000 histories; .* ± .*\(asked: ", done.stderr, re.MULTILINE)
    told = simulate(
        "run", "duel", *UNTIL, "--no-report", "--quiet", "--json", "--out", tmp_path / "a", cwd=tmp_path
    )
    assert json.loads(told.stdout)["manifest"]["stopping"] == stopping


def test_it_is_the_run_of_that_many_histories(stopped, tmp_path):
    _, folder = stopped
    number = manifest_of(folder)["replicates"]
    plain = simulate("run", "duel", "-n", number, "--no-report", "--quiet", cwd=tmp_path)
    assert plain.returncode == 0
    (same,) = (tmp_path / "results").iterdir()
    assert same.name == folder.name and bytes_of(same) == bytes_of(folder)
    assert manifest_of(same)["digest"] == manifest_of(folder)["digest"]
    two = run_to(tmp_path / "two", "duel", *UNTIL, "--workers", 2, "--no-report")
    assert bytes_of(two) == bytes_of(folder)
    assert manifest_of(two)["stopping"] == manifest_of(folder)["stopping"]


def test_a_bound_ends_what_would_not_end(tmp_path):
    arguments = (
        "duel",
        "--until",
        "ending.red_wins:0.001",
        "--max-replicates",
        130,
        "--no-report",
        "--quiet",
    )
    done = simulate("run", *arguments, cwd=tmp_path)
    assert done.returncode == 0
    assert "Stopped at --max-replicates 130: the 95 % interval of ending.red_wins is still 0." in done.stdout
    (folder,) = (tmp_path / "results").iterdir()
    assert manifest_of(folder)["replicates"] == 130 and not manifest_of(folder)["stopping"]["met"]


def test_the_same_question_may_replace_its_folder_and_no_other(tmp_path):
    short = ("run", "duel", "--until", "ending.red_wins:0.15", "--no-report", "--quiet", "--out", "run")
    assert [simulate(*short, cwd=tmp_path).returncode for _ in range(2)] == [0, 0]
    for more in (("--replicates", 50), ("--until", "outcome.end_day:0.2"), ("--seed", 2)):
        done = simulate(*short, *more, cwd=tmp_path)
        assert done.returncode == 2 and "holds a different run" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--until", "ending.red_win:0.1"), "--until ending.red_win:0.1: no ending 'red_win'; did you mean"),
        (("--until", "ending.red_wins"), "--until ending.red_wins: write ending.NAME:W"),
        (("--max-replicates", 10), "--max-replicates bounds --until"),
    ],
)
@pytest.mark.parametrize("command", [("run", "duel"), ("compare", "duel", OTHER)])
def test_a_wrong_target_is_the_users(command, arguments, message, tmp_path):
    done = simulate(*command, *arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(message) and len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [("run", "two-valleys"), ("compare", "two-valleys", "two-valleys --set days=40")]
)
def test_ctrl_c_leaves_nothing(command, tmp_path):
    more = ("--days", 30, "--until", "ending.truce:0.0001", "--max-replicates", 1_000_000, "--no-report")
    command = command if command[0] == "run" else (*command[:2], "two-valleys --set inputs.fog=0.5")
    process = begin(*command, *more, cwd=tmp_path)
    line = process.stderr.readline()
    while line and "of at most" not in line:
        line = process.stderr.readline()
    assert line and process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130 and err.splitlines()[-1] == "interrupted"
    assert [each for each in tmp_path.rglob("*") if each.name != "results"] == []


def test_a_comparison_stops_on_its_difference_and_is_that_of_so_many(tmp_path):
    done = simulate(*COMPARE, "--json", "--out", "until", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    stopping, number = document["manifest"]["stopping"], document["replicates"]
    assert stopping["histories"] == number == document["manifest"]["replicates"]
    (reached,) = stopping["reached"]
    assert (reached["target"], reached["scenario"]) == ("ending.red_wins", "duel red_fighters=21")
    row = next(row for row in document["endings"] if row["ending"] == "red_wins")
    assert reached["value"] == pytest.approx(row["difference"]) and reached["half_width"] <= 0.08
    plain = simulate("compare", "duel", OTHER, "-n", number, "--no-report", "--quiet", "--json", cwd=tmp_path)
    assert json.loads(plain.stdout)["manifest"]["digest"] == document["manifest"]["digest"]
    (folder,) = (tmp_path / "results").iterdir()
    for member in document["manifest"]["folders"]:
        assert bytes_of(tmp_path / "until" / member) == bytes_of(folder / member)
    again = simulate(*COMPARE, "--out", "until", "--workers", 1, cwd=tmp_path)
    assert again.returncode == 0
    assert re.search(
        rf"Stopped at {number} histories: the 95 % interval of the difference in ending.red_wins",
        again.stdout,
    )


def test_the_library_takes_the_same(stopped, tmp_path):
    done = run("duel", until=UNTIL[1::2], out=tmp_path / "run", report=False)
    assert bytes_of(done.folder) == bytes_of(stopped[1])
    same = compare(["duel", "duel --set title=Again"], until=["outcome.end_day:0.01"], max_replicates=500,
                   out=tmp_path / "both", report=False)  # fmt: skip
    assert same.manifest.stopping is not None and same.manifest.replicates == 100
    assert len(TABLES) == 4
