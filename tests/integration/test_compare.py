"""Comparisons as a user makes them: the same luck, exact zeros, one folder, one clear sentence when it fails."""

import html
import json
import math
import re
import signal
import subprocess
import time

import pandas as pd
import pytest
from commands import (
    COMMAND,
    ROOT,
    SECONDS,
    TABLES,
    begin,
    bytes_of,
    environment,
    manifest_of,
    run_to,
    simulate,
)

from simulation import Compared, compare, load_scenario, past_runs
from simulation.comparison.comparison import TABLES as CONTRASTS
from simulation.errors import InputError, RunError

NO_BOMBARDMENT = """\
extends: aleppo
title: No strikes
measures:
  - bombardment: {by: russia, sorties_per_day: 0, from_day: 0}
  - bombardment: {by: government, sorties_per_day: 0, from_day: 0}
"""
DUELS = ("duel", "duel --set inputs.red_fighters=21")
SHORT = ("compare", *DUELS, "-n", 40, "--no-report", "--quiet", "--out", "out")
FEW = ("--days", 3, "-n", 40)


def compared_to(folder, *arguments):
    """Compare into a folder; it must succeed without a word on stderr."""
    done = simulate("compare", *arguments, "--quiet", "--out", folder, cwd=folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def table(folder, name):
    return pd.read_parquet(folder / f"{name}.parquet")


def sentence(done):
    """Return the one line a failed command wrote."""
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.fixture(scope="module")
def sorties(tmp_path_factory):
    """Forty histories of four days with and without strikes, and the JSON printed of them."""
    place = tmp_path_factory.mktemp("sorties")
    (place / "no-bombardment.yaml").write_text(NO_BOMBARDMENT)
    done = simulate(
        "compare", "aleppo", "no-bombardment.yaml", *FEW, "--json", "--quiet", "--out", "out", cwd=place
    )
    assert (done.returncode, done.stderr) == (0, "")
    return place / "out", json.loads(done.stdout)


def test_strikes_are_told_apart_with_fewer_pairs_than_single_histories(sorties):
    folder, _ = sorties
    rows = table(folder, "outcomes").set_index("outcome")
    assert (rows.loc["sorties_total", ["mean", "verdict"]] == [0, "lower"]).all()
    assert rows.loc["civilians_killed", "verdict"] == "lower"
    assert rows.loc["civilians_killed", "superiority_high"] < 0.5
    known = rows["gain"][rows["gain"].map(math.isfinite)]
    assert known.median() > 1 and (known > 1).mean() > 0.8


def test_places_out_of_reach_fall_alike_in_every_history(sorties):
    folder, _ = sorties
    falls = table(folder, "falls").set_index("place")
    far = falls.loc[["Damascus", "Daraa", "Suwayda", "Tartus"]]
    assert (far["verdict"] == "identical").all() and (far["difference"] == 0).all()
    assert (falls["verdict"] == "identical").mean() > 0.5


def test_moves_count_every_history_once(sorties):
    folder, _ = sorties
    moves, endings = table(folder, "moves"), table(folder, "endings").set_index("ending")
    assert moves["replicates"].sum() == 40
    for column, share in (("from_ending", "share_reference"), ("to_ending", "share")):
        counts = moves.groupby(column)["replicates"].sum()
        assert (counts / 40 == endings.loc[counts.index, share]).all()


def test_changes_say_what_the_files_do(sorties):
    rows = table(sorties[0], "changes")
    assert list(rows["path"]) == ["measures[0]", "measures[1]"]
    assert list(rows["value"]) == [
        "the end of strikes by Russia: 0 strikes a day from the start",
        "the end of strikes by Government: 0 strikes a day from the start",
    ]
    assert list(rows["reference"]) == [
        "not set; strikes as the actor's input says: from 3 to 48 a day, likeliest 12",
        "not set; strikes as the actor's input says: from 4 to 48 a day, likeliest 15",
    ]
    assert set(rows["source"]) == {""}


def test_json_says_what_the_tables_say(sorties):
    folder, document = sorties
    assert document["manifest"] == manifest_of(folder)
    assert document["names"] == ["aleppo", "no-bombardment"]
    assert document["manifest"]["kind"] == "comparison" and document["replicates"] == 40
    for name in CONTRASTS:
        rows = table(folder, name)
        assert len(document[name]) == len(rows)
        for column in rows:
            told = [row[column] for row in document[name]]
            kept = [None if isinstance(x, float) and not math.isfinite(x) else x for x in rows[column]]
            assert told == kept, (name, column)
    assert (folder / "sentences.txt").read_text() == "\n\n".join(
        [document["answer"], *document["sentences"]]
    ) + "\n"


def test_the_page_words_the_findings_of_the_terminal(sorties):
    folder, document = sorties
    page = (folder / "report.html").read_text(encoding="utf-8")
    opening = page[page.index('<section id="answer">') : page.index("</section>")]
    words = " ".join(
        re.sub(r"<[^>]+>", " ", html.unescape(opening)).replace("\N{NO-BREAK SPACE}", " ").split()
    )
    labels = {"from aleppo": "from the reference", "no-bombardment": "No bombardment"}
    paragraphs = [line.split(": ", 1) for line in document["answer"].split("\n")]
    paragraphs += [line.split(": ", 1)[1:] for line in document["sentences"]]
    for text in (text for paragraph in paragraphs for text in paragraph):
        for name, label in labels.items():
            text = text.replace(name, label)
        shown = words.replace("and what else ", "")
        assert text in shown, text


def test_the_findings_are_those_of_the_sentences(sorties):
    _, document = sorties
    findings = document["findings"]
    answered = [each["kind"] for each in findings["answer"]]
    assert "killed" in answered and answered[0] in ("furthest_ending", "no_ending_clear")
    assert len(findings["sentences"]) == len(document["sentences"]) == 1
    row = next(row for row in document["outcomes"] if row["outcome"] == "civilians_killed")
    killed = next(each for each in findings["answer"] if each["kind"] == "killed")
    assert (killed["scenario"], killed["subject"]) == ("no-bombardment", "civilians_killed")
    assert all(killed["numbers"][name] == row[name] for name in ("mean", "mean_reference", "low", "high"))
    assert findings["pairing"]["numbers"]["replicates"] == 40


def test_the_runs_inside_are_those_of_simulate_run(sorties, tmp_path):
    folder, document = sorties
    names = ("aleppo", folder.parent / "no-bombardment.yaml")
    for name, inside in zip(names, document["manifest"]["folders"], strict=True):
        alone = run_to(
            tmp_path / "alone" if name == "aleppo" else tmp_path / "other", name, *FEW, "--no-report"
        )
        assert bytes_of(folder / inside) == bytes_of(alone)


def test_the_command_on_the_page_repeats_the_comparison(sorties, tmp_path):
    folder, _ = sorties
    files = [folder / "runs" / name / "scenario.yaml" for name in ("1-aleppo", "2-no-bombardment")]
    again = compared_to(tmp_path / "again", *files, "-n", 40, "--no-report")
    for name in ("endings", "outcomes", "falls", "moves"):
        one, other = (table(each, name).drop(columns="scenario") for each in (folder, again))
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_any_number_of_workers_writes_the_same_bytes(tmp_path):
    arguments = (
        "two-valleys",
        "two-valleys --set inputs.road_speed=60",
        "-n",
        40,
        "--no-report",
        "--workers",
    )
    folders = [compared_to(tmp_path / str(n), *arguments, n) for n in (1, 2, 5)]
    for name in CONTRASTS:
        assert len({(each / f"{name}.parquet").read_bytes() for each in folders}) == 1, name
    for run in ("1-two-valleys", "2-two-valleys-road_speed=60"):
        inside = [bytes_of(each / "runs" / run) for each in folders]
        assert all(inside[0][name] == each[name] for each in inside for name in TABLES)


def test_a_renamed_copy_differs_in_nothing(tmp_path):
    (tmp_path / "copy.yaml").write_text("extends: two-valleys\ntitle: Another name\nquestion: Why?\n")
    done = simulate("compare", "two-valleys", "copy.yaml", "-n", 30, "--quiet", "--out", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = "Nothing that decides a history differs: all 30 histories are the same as under two-valleys"
    assert said in " ".join(done.stdout.split())
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "every difference is exactly zero" in page and "None: every history is the same" in page
    for name in ("endings", "outcomes", "falls"):
        rows = table(tmp_path / "out", name)
        assert set(rows["verdict"]) == {"identical"}
        assert (rows[["difference", "low", "high"]] == 0).all(axis=None)
    assert table(tmp_path / "out", "changes").empty
    moves = table(tmp_path / "out", "moves")
    assert (moves["from_ending"] == moves["to_ending"]).all()


def test_ablation_leaves_out_one_measure_at_a_time(tmp_path):
    (tmp_path / "mine.yaml").write_text(NO_BOMBARDMENT)
    folder = compared_to(tmp_path / "out", "--ablate", "mine.yaml", "--days", 0.5, "-n", 4, "--no-report")
    assert json.loads((folder / "manifest.json").read_text())["names"] == [
        "mine", "without the end of strikes by Russia", "without the end of strikes by Government",
    ]  # fmt: skip
    rows = table(folder, "changes")
    assert list(rows["path"]) == ["measures[0]", "measures[1]"]
    assert all(text.startswith("not set; strikes as the actor's input says") for text in rows["value"])


def test_the_library_gives_tables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.yaml").write_text("extends: duel\ninputs: {red_fighters: 25}\n")
    done = compare(["duel", "x.yaml"], replicates=50, report=False)
    assert isinstance(done, Compared) and done.report is None and done.failed == ()
    assert all(isinstance(frame, pd.DataFrame) for frame in done.comparison.tables.values())
    assert done.folder.parent.name == "results" and done.folder.name.startswith("compare-")
    assert list(done.comparison.changes["value"]) == ["25 fighters"]
    assert list(done.comparison.changes["source"]) == ["given in the scenario"]
    assert len(done.comparison.runs[1].outcomes) == 50
    again = compare([load_scenario("duel"), load_scenario("x.yaml")], replicates=50, report=False)
    assert again.folder == done.folder


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("duel",), "one scenario is nothing to compare"),
        (("duel", "aleppo"), "'aleppo' cannot be compared with 'duel': its actors are others"),
        (
            ("duel", "duel --set days=5"),
            "its length is 5 days, not 10,000 days; give both the same with --days",
        ),
        (("duel", "nowhere.yaml"), "nowhere.yaml"),
        (("duel", "duel --set inputs.red=3"), "inputs.red"),
        (("--ablate", "duel"), "'duel' has no measures that could be left out one at a time"),
        (("--ablate", "duel", "duel"), "--ablate takes one scenario"),
        (("duel", "duel", "--seed", "1", "--days", "-1"), "--days -1"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(arguments, words, tmp_path):
    done = simulate("compare", *arguments, "-n", 5, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr.splitlines()[-1] and "Traceback" not in done.stderr
    assert done.stdout == "" and list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cat.jpg").write_text("meow")
    done = simulate(*SHORT, cwd=tmp_path)
    assert done.returncode == 2 and "holds something else" in sentence(done)
    assert [each.name for each in tmp_path.rglob("*")] == ["out", "cat.jpg"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("mine")
    done = simulate(*SHORT, cwd=tmp_path)
    assert done.returncode == 2 and sentence(done).startswith(
        "out: " if done.stderr.startswith("out") else str(tmp_path)
    )
    assert (tmp_path / "out").read_text() == "mine"


def test_the_same_comparison_replaces_itself_and_no_other(tmp_path):
    assert simulate(*SHORT, cwd=tmp_path).returncode == 0
    before = table(tmp_path / "out", "outcomes")
    assert simulate(*SHORT, cwd=tmp_path).returncode == 0
    pd.testing.assert_frame_equal(table(tmp_path / "out", "outcomes"), before, check_exact=True)
    other = simulate(*SHORT, "--seed", 2, cwd=tmp_path)
    assert other.returncode == 2 and "holds a different comparison" in sentence(other)
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_ctrl_c_ends_it_and_says_what_is_kept(tmp_path):
    process = begin("compare", *DUELS, "-n", 1_000_000, "--out", "out", cwd=tmp_path)
    line = process.stderr.readline()
    while line and "of 1000000 histories" not in line:
        line = process.stderr.readline()
    end = time.monotonic() + SECONDS
    while not (tmp_path / "out.unfinished").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert line and process.poll() is None
    sent = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130 and time.monotonic() - sent < 10
    assert out == "" and "Traceback" not in err
    (kept,) = past_runs(tmp_path)
    assert (kept.kind, kept.state, kept.folder.name) == ("comparison", "unfinished", "out.unfinished")
    said = f"{kept.histories:,} histories kept: go on with simulate resume out.unfinished"
    assert kept.histories and err.splitlines()[-1] == f"interrupted; {said}"
    assert [each.name for each in tmp_path.iterdir()] == ["out.unfinished"]


@pytest.mark.parametrize(
    ("size", "arguments", "left"),
    [
        ("4k", SHORT[:-1], ""),
        ("60k", SHORT[:-1], ""),
        ("700k", ("compare", *DUELS, "-n", 20, "--quiet", "--out"), "out"),
    ],
    ids=["at the start", "in the tables", "in the report"],
)
def test_a_full_disk_is_our_failure(in_mount, size, arguments, left, tmp_path):
    place = tmp_path / "small"
    place.mkdir()
    command = [*in_mount(f"size={size}", place), *COMMAND, *map(str, arguments), str(place / "out")]
    done = subprocess.run(
        command, env=environment(XDG_STATE_HOME=str(tmp_path)), capture_output=True, text=True, cwd=ROOT,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    first, *rest = done.stderr.splitlines()
    assert done.returncode == 1 and done.stdout == "" and rest == [f"left: {left}"], done.stderr
    kept = f"the tables are in {place / 'out'}, but the report could not be made: " if left else ""
    assert first.startswith(f"{kept}the disk with {place / 'out'} is full")


def broken(monkeypatch, fails):
    """Let the histories that `fails` picks by their number fail in the second scenario only."""
    from simulation.engine import ensemble

    real, worlds = ensemble.trouble_of, []

    def trouble_of(world, outcome):
        worlds.extend([id(world)] if id(world) not in worlds else [])
        number = int(outcome.world.replicate) if "replicate" in outcome.world.dtype.names else None
        return (
            "made up"
            if id(world) == worlds[-1] and len(worlds) > 1 and fails(number)
            else real(world, outcome)
        )

    monkeypatch.setattr(ensemble, "trouble_of", trouble_of)


def test_histories_that_fail_in_one_scenario_are_left_out_of_all(tmp_path, monkeypatch):
    broken(monkeypatch, lambda number, seen=[]: seen.append(number) or len(seen) <= 3)
    done = compare(list(DUELS), replicates=30, workers=1, out=tmp_path / "out")
    assert [each.reason for each in done.failed] == ["duel red_fighters=21: made up"] * 3
    assert done.comparison.replicates == 27
    assert "3 left out" in " ".join(done.text().split())
    assert len(done.comparison.runs[0].outcomes) == 30
    assert done.comparison.moves["replicates"].sum() == 27


def test_when_all_histories_of_one_fail_nothing_is_kept(tmp_path, monkeypatch):
    broken(monkeypatch, lambda number: True)
    with pytest.raises(RunError, match=r"no replicate finished.*made up"):
        compare(list(DUELS), replicates=10, out=tmp_path / "out", report=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [{"replicates": 0}, {"seed": -1}, {"workers": 0}])
def test_a_number_out_of_bounds_is_named(wrong, tmp_path):
    with pytest.raises(InputError, match=f"{next(iter(wrong))} must be"):
        compare(list(DUELS), **({"replicates": 1} | wrong), out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
