"""Interrupted, killed, a full disk, no right to write: one sentence, a status, and no results that are not whole.

What has finished of a run is kept; see `test_unfinished.py` for how it is gone on from.
"""

import os
import re
import signal
import subprocess
import time

import code_map
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import COMMAND, SECONDS, begin, bytes_of, environment, run_to, simulate
from typer.testing import CliRunner

import cli
from simulation.engine.replicate import run_one
from simulation.errors import InputError
from simulation.results.folder import Results

LONG = ("run", "two-valleys", "-n", 1_000_000, "--no-report", "--out", "run")
SHORT = ("run", "two-valleys", "-n", 20, "--no-report", "--quiet", "--out", "run")
DUELS = ("duel", "duel --set inputs.red_fighters=21")
KEPT = re.compile(r"interrupted; [0-9,]+ histories kept: go on with simulate resume (\S+)")
NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def sentence(done):
    """Return the one line a failed command wrote."""
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("left:")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in lines[0]
    return lines[0]


def under_way(folder, command=LONG):
    """Start a long command and return it once it has told of its progress."""
    process = begin(*command, cwd=folder)
    line = process.stderr.readline()
    while line and "of 1000000 histories" not in line:
        line = process.stderr.readline()
    assert line and process.poll() is None
    return process


def wait_for(folder, pattern=""):
    """Wait until a folder is there, or something in it."""
    end = time.monotonic() + SECONDS
    while not (any(folder.glob(pattern)) if pattern else folder.exists()):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_ctrl_c_ends_the_run_and_says_what_is_kept(tmp_path):
    process = under_way(tmp_path)
    wait_for(tmp_path / "run.unfinished")
    hidden = [each.name[:-8] for each in tmp_path.glob(".run.*-*") if ".unfinished." not in each.name]
    assert sorted(hidden) == [".run.owner-", ".run.partial-"]
    sent = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert time.monotonic() - sent < 10
    assert out == "" and "Traceback" not in err
    assert KEPT.fullmatch(err.splitlines()[-1])[1] == "run.unfinished"
    assert [each.name for each in tmp_path.iterdir()] == ["run.unfinished"]


@pytest.mark.parametrize("command", [LONG, ("compare", *DUELS, *LONG[2:])], ids=["run", "compare"])
def test_a_signal_before_anything_is_kept_leaves_nothing(command, tmp_path):
    """The first part is written after five seconds of work."""
    process = begin(*command, cwd=tmp_path)
    while not any(each.name.startswith(".run.partial-") for each in tmp_path.iterdir()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (130, "") and err.splitlines()[-1] == "interrupted"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "number", "within"),
    [
        (("run", "two-valleys", "-n", 1_000_000, "--no-report"), signal.SIGHUP, "results"),
        (("compare", "duel", "two-rifles.yaml", *LONG[2:]), signal.SIGTERM, ""),
    ],
    ids=["run", "compare"],
)
def test_a_signal_to_end_leaves_no_results(command, number, within, tmp_path):
    (tmp_path / "two-rifles.yaml").write_text("extends: duel\ninputs: {red_fighters: 2}\n")
    process = under_way(tmp_path, command)
    wait_for(tmp_path / within, "*.unfinished")
    process.send_signal(number)
    process.send_signal(number)
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 128 + number
    assert out == "" and "Traceback" not in err
    (kept,) = (tmp_path / within).glob("*.unfinished")
    left = within or kept.name
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([left, "two-rifles.yaml"])
    assert KEPT.fullmatch(err.splitlines()[-1])[1] == str(kept.relative_to(tmp_path)), err


def test_what_a_killed_run_leaves_is_cleared_but_for_what_is_whole(tmp_path):
    process = under_way(tmp_path)
    wait_for(tmp_path / "run.unfinished")
    process.kill()
    process.communicate(timeout=SECONDS)
    assert [each.name for each in tmp_path.iterdir() if not each.name.startswith(".")] == ["run.unfinished"]
    done = simulate(*SHORT, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["run", "run.unfinished"]
    clean = run_to(tmp_path / "clean", *SHORT[1:4], "--no-report")
    assert bytes_of(tmp_path / "run") == bytes_of(clean)


@pytest.mark.parametrize(
    ("size", "arguments", "said", "left"),
    [
        ("4k", SHORT, "the disk with {} is full", ""),
        ("40k", SHORT, "the disk with {} is full", ""),
        (
            "600k",
            ("run", "duel", "-n", "20", "--quiet", "--out", "run"),
            "the tables are in {0}, but the report could not be made: the disk with {0} is full",
            "run",
        ),
    ],
    ids=["at the start", "in the tables", "in the report"],
)
def test_a_full_disk_is_our_failure(in_mount, size, arguments, said, left, tmp_path):
    place = tmp_path / "small"
    place.mkdir()
    command = [*in_mount(f"size={size}", place), *COMMAND, *map(str, arguments[:-1]), str(place / "run")]
    done = subprocess.run(
        command, env=environment(XDG_STATE_HOME=str(tmp_path)), capture_output=True, text=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert sentence(done).startswith(said.format(place / "run"))
    assert done.stderr.splitlines()[-1] == f"left: {left}"


def test_a_mounted_folder_is_a_wrong_place(in_mount, tmp_path):
    command = [*in_mount("size=4m", tmp_path), *COMMAND, *map(str, SHORT[:-1]), str(tmp_path)]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 2
    assert "is a mounted folder, which cannot be put in place as a whole" in sentence(done)


def test_a_file_system_to_read_from_is_a_wrong_place(in_mount, tmp_path):
    place = tmp_path / "still"
    place.mkdir()
    command = [*in_mount("ro", place), *COMMAND, *map(str, SHORT[:-1]), str(place / "run")]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 2
    assert sentence(done) == f"{place / 'run'}: cannot be written: Read-only file system"


@NOT_ROOT
def test_a_folder_without_the_right_to_write_is_a_wrong_place(tmp_path):
    (tmp_path / "shut").mkdir(mode=0o555)
    done = simulate(*SHORT[:-1], "shut/run", cwd=tmp_path)
    assert done.returncode == 2
    assert "shut/run: cannot be written: Permission denied" in sentence(done)


@pytest.mark.parametrize("name", ["x" * 300, "file/run"])
def test_a_name_that_cannot_be_is_a_wrong_place(name, tmp_path):
    (tmp_path / "file").write_text("")
    done = simulate(*SHORT[:-1], name, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}: cannot be written: " in sentence(done)


@pytest.mark.parametrize("command", [("run", "two-valleys"), ("compare", "duel", "two-rifles.yaml")])
def test_a_name_that_is_no_text_is_a_wrong_place(command, tmp_path):
    (tmp_path / "two-rifles.yaml").write_text("extends: duel\ninputs: {red_fighters: 2}\n")
    name = os.fsdecode(b"m\xfcnchen")
    done = simulate(*command, "-n", 5, "--no-report", "--quiet", "--out", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "m\\udcfcnchen" in sentence(done) and ".partial-" not in sentence(done)
    assert sentence(done).endswith(": cannot be written: a file's name is not UTF-8 text")
    assert [each.name for each in tmp_path.iterdir()] == ["two-rifles.yaml"]


def test_an_exception_on_a_thread_ends_the_run_and_leaves_nothing(monkeypatch, tmp_path):
    """One history in the middle breaks; the others do not make a run of it."""

    def breaks(state, template, params, quantities, seed, replicate):
        if replicate == 13:
            raise ZeroDivisionError("as it happens")
        return run_one(state, template, params, quantities, seed, replicate)

    monkeypatch.setattr(f"{code_map.module(code_map.ENSEMBLE)}.run_one", breaks)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.app, [*map(str, SHORT), "--workers", "2"])
    assert done.exit_code == 1
    assert "simulate failed: ZeroDivisionError: as it happens; details are in" in sentence(done)
    assert [each.name for each in tmp_path.iterdir()] == ["state"]


def test_another_run_is_never_overwritten(valleys, tmp_path):
    before = {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in valleys.iterdir()}
    done = simulate(*SHORT[:-1], valleys, cwd=tmp_path)
    assert done.returncode == 2
    assert sentence(done).startswith(f"{valleys}: holds a different run, which is never overwritten")
    assert before == {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in valleys.iterdir()}
    assert [each.name for each in valleys.parent.iterdir()] == ["run"]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "cat.jpg").write_text("meow")
    done = simulate(*SHORT, cwd=tmp_path)
    assert done.returncode == 2 and sentence(done)
    assert [each.name for each in (tmp_path / "run").iterdir()] == ["cat.jpg"]


@pytest.mark.parametrize("seeds", [(1, 1), (1, 2)], ids=["the same", "different"])
def test_two_runs_at_once_do_not_disturb_each_other(seeds, tmp_path):
    arguments = ("run", "two-valleys", "-n", 200, "--no-report", "--quiet", "--seed")
    both = [begin(*arguments, seed, cwd=tmp_path) for seed in seeds]
    said = [process.communicate(timeout=SECONDS) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    folders = list((tmp_path / "results").iterdir())
    assert len(folders) == len(set(seeds)) and not any(each.name.startswith(".") for each in folders)
    for folder in folders:
        seed = Results(folder).manifest.seed
        alone = run_to(tmp_path / f"alone-{seed}", *arguments[1:4], "--no-report", "--seed", seed)
        assert bytes_of(folder) == bytes_of(alone)


def table_of(**columns):
    """Return the bytes of a table that is sound and of something else."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


def cut(text):
    return text[: len(text) // 2]


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("manifest.json", cut),
        ("manifest.json", lambda text: b"[]"),
        ("manifest.json", lambda text: b"\xff\xfe"),
        ("manifest.json", lambda text: text.replace(b'"seed"', b'"sead"')),
        ("manifest.json", lambda text: text.replace(b'"schema_version": 2', b'"schema_version": 99')),
        ("manifest.json", lambda text: text.replace(b'"seed": 1', b'"seed": [1]')),
        ("manifest.json", lambda text: b"[" * 100_000),
        ("manifest.json", None),
        ("outcomes.parquet", cut),
        ("outcomes.parquet", lambda text: b""),
        ("places.parquet", lambda text: b"not a table"),
        ("places.parquet", lambda text: table_of(day=["today"])),
        ("daily.parquet", lambda text: table_of(replicate=[0], series=["killed"])),
        ("daily.parquet", cut),
        ("daily.parquet", None),
        ("cells.parquet", cut),
        ("scenario.yaml", lambda text: b"\xff\xfe"),
        ("scenario.yaml", None),
    ],
)
def test_a_damaged_folder_is_named(valleys, name, damage, tmp_path):
    for each in valleys.iterdir():
        if each.suffix != ".html":
            (tmp_path / each.name).write_bytes(each.read_bytes())
    file = tmp_path / name
    file.write_bytes(damage(file.read_bytes())) if damage else file.unlink()
    with pytest.raises(InputError, match=f"{tmp_path}"):
        results = Results(tmp_path)
        for part in ("manifest", "scenario", "outcomes", "places", "daily", "cells"):
            getattr(results, part)
    if name == "daily.parquet" and damage:
        with pytest.raises(InputError, match="has changed since it was written"):
            Results(tmp_path).panel("killed")
