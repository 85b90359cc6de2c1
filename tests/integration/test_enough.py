"""Runs that stop by themselves: the run of that many histories, whatever the workers, whole or not at all."""

import json
import re
import signal

import pytest
from commands import SECONDS, begin, bytes_of, manifest_of, run_to, simulate

from simulation import run
from simulation.api.compare import compare
from simulation.errors import InputError

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
    plain = run_to(tmp_path / "plain", "duel", "-n", manifest_of(folder)["replicates"], "--no-report")
    assert bytes_of(plain) == bytes_of(folder)
    assert folder.name == f"duel-{manifest_of(plain)['digest']}" == f"duel-{manifest_of(folder)['digest']}"


def test_the_workers_do_not_matter(stopped, tmp_path):
    two = run("duel", until=UNTIL[1::2], workers=2, out=tmp_path / "two", report=False)
    assert bytes_of(two.folder) == bytes_of(stopped[1])
    assert manifest_of(two.folder)["stopping"] == manifest_of(stopped[1])["stopping"]


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
    assert done.returncode == 4
    assert "Stopped at --max-replicates 130: the 95 % interval of ending.red_wins is still 0." in done.stdout
    (folder,) = (tmp_path / "results").iterdir()
    assert manifest_of(folder)["replicates"] == 130 and not manifest_of(folder)["stopping"]["met"]


def test_the_same_question_may_replace_its_folder_and_no_other(tmp_path):
    short = {"until": ["ending.red_wins:0.15"], "out": tmp_path / "run", "report": False}
    number = run("duel", **short).results.manifest.replicates
    assert run("duel", **short).results.manifest.replicates == number
    others = ({"replicates": 50}, {"until": ["outcome.end_day:0.2"]}, {"seed": 2}, {"max_replicates": 9_999})
    for change in others:
        with pytest.raises(InputError, match="holds a different run"):
            run("duel", **(short | change))
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize(
    ("command", "arguments", "message"),
    [
        (("run", "duel"), ("--until", "ending.red_win:0.1"), "no ending 'red_win'; did you mean 'red_wins'?"),
        (("run", "duel"), ("--max-replicates", 10), "--max-replicates bounds --until"),
        (("compare", "duel", OTHER), ("--until", "place.Rome:0.1"), "no place 'Rome'"),
    ],
)
def test_a_wrong_target_is_the_users(command, arguments, message, tmp_path):
    done = simulate(*command, *arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert message in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [("run", "two-valleys"), ("compare", "two-valleys", "two-valleys --set inputs.fog=0.5")]
)
def test_ctrl_c_leaves_nothing_but_what_is_kept(command, tmp_path):
    more = ("--until", "ending.truce:0.0001", "--max-replicates", 1_000_000, "--no-report")
    process = begin(*command, *more, cwd=tmp_path)
    line = process.stderr.readline()
    while line and "of at most" not in line:
        line = process.stderr.readline()
    assert line and process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=SECONDS)
    last, kept = err.splitlines()[-1], [each.name for each in tmp_path.glob("results/*")]
    assert process.returncode == 130 and last.startswith("interrupted")
    assert last.endswith(f"kept: go on with simulate resume results/{kept[0]}" if kept else "interrupted")
    assert all(name.endswith(".unfinished") for name in kept) and len(kept) <= 1
    assert {each.name for each in tmp_path.iterdir()} <= {"results"}


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
    plain = compare(["duel", OTHER], replicates=number, out=tmp_path / "plain", report=False)
    assert plain.manifest.digest == document["manifest"]["digest"]
    for member in document["manifest"]["folders"]:
        assert bytes_of(tmp_path / "until" / member) == bytes_of(tmp_path / "plain" / member)
    again = compare(
        ["duel", OTHER], until=["ending.red_wins:0.08"], workers=1, out=tmp_path / "until", report=False
    )
    said = f"Stopped at {number} histories: the 95 % interval of the difference in ending.red_wins under duel"
    assert said in again.text()


def test_scenarios_that_differ_in_nothing_are_known_at_once(tmp_path):
    same = compare(
        ["duel", "duel --set title=Again"], until=["outcome.end_day:0.01"], max_replicates=500,
        out=tmp_path / "both", report=False,
    )  # fmt: skip
    assert same.manifest.stopping is not None and same.manifest.stopping.met
    assert same.manifest.replicates == 100
