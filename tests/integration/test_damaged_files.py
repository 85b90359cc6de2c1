"""Whatever is done to a file, a command answers with a sentence and a status: no traceback and no hang.

`SIMULATE_CASES=5000 pytest tests/integration/test_damaged_files.py` tries more.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from commands import ROOT, SECONDS, environment, run_to
from damage import DAMAGES
from typer.testing import CliRunner

import cli
from simulation.errors import InputError
from simulation.results.folder import Results
from simulation.results.summary import summary_document

CASES = int(os.environ.get("SIMULATE_CASES", "160"))
GROUPS = 8
PROCESSES = 6
PATIENCE = 20
MOST_MEGABYTES = 500
RUN = ("--days", "0.1", "-n", "1", "--workers", "1", "--no-report", "--quiet")
COMMANDS = (
    ("validate",), ("validate", "--json"), ("show", "--resolved"), ("run", *RUN),
    ("trace", "--days", "0.1"), ("compare", "two-valleys", *RUN), ("replay", "--replicate", "0", "--days", "0.1"),
)  # fmt: skip
BASE = """\
title: Two valleys, here
question: Does it reach Weirford?
start: 2024-01-01
days: 30
seeds: seeds
region: region
"""
SCENARIO = """\
extends: base.yaml
measures:
  - bombardment: {by: river_council, sorties_per_day: 3, from_day: 1, until_day: 5}
  - reinforcement: {of: highland_league, fighters: 100, at: Larch, from_day: 2}
  - ceasefire: {between: [highland_league, river_council], compliance: 0.5, from_day: 20}
claims:
  - disbelieve: C12
inputs:
  fog: 0.5
  captured_share: {dist: uniform, loc: 0.1, scale: 0.2, source: "assumption: made up"}
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder that holds all files of a scenario."""
    folder = tmp_path_factory.mktemp("sound")
    seeds = ROOT / "seeds" / "two_valleys"
    shutil.copytree(seeds, folder / "seeds", ignore=shutil.ignore_patterns("region", "README.md"))
    shutil.copytree(seeds / "region", folder / "region")
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    (folder / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished run of ten histories, without its report."""
    folder = tmp_path_factory.mktemp("finished") / "run"
    return run_to(folder, "two-valleys", "-n", 10, "--workers", 2, "--no-report")


@contextlib.contextmanager
def patience(seconds):
    """Raise TimeoutError inside what takes longer."""

    def give_up(*_):
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def damaged(sound, folder, number):
    """Copy the sound folder and damage one of its files; return what was done."""
    shutil.copytree(sound, folder)
    r = Random(number)
    files = sorted(file.relative_to(sound) for file in sound.rglob("*") if file.is_file())
    file, damage = r.choice([*files, *3 * [Path("scenario.yaml")]]), r.choice(DAMAGES)
    (folder / file).write_bytes(damage((sound / file).read_bytes(), r))
    return f"case {number}: {damage.__name__} of {file}"


def check(code, out, err, what):
    """Demand success, or the status for wrong input with one sentence on stderr."""
    assert code in (0, 2), f"{what}: status {code}, {err[:300]}"
    assert "Traceback" not in err and "Traceback" not in out, what
    if code == 2:
        lines = err.splitlines()
        assert len(lines) == 1 and len(err) < 1500, f"{what}: {err[:300]}"


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_scenario_or_seed_is_refused_in_a_sentence(sound, group, tmp_path, monkeypatch):
    for number in range(group, CASES, GROUPS):
        what = damaged(sound, tmp_path / "case", number)
        monkeypatch.chdir(tmp_path / "case")
        command, *options = Random(number).choice([*COMMANDS, *6 * COMMANDS[:2]])
        with patience(PATIENCE):
            done = CliRunner().invoke(cli.app, [command, "scenario.yaml", *options])
        check(done.exit_code, done.stdout, done.stderr, f"{command}, {what}")
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(tmp_path / "case")


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not tell the memory of a program"
)
@pytest.mark.parametrize("number", range(PROCESSES))
def test_a_damaged_scenario_as_a_process_needs_little_memory(sound, number, tmp_path):
    what = damaged(sound, tmp_path / "case", 10_000 + number)
    probe = (
        "import atexit, cli, pathlib, sys; status = pathlib.Path('/proc/self/status'); atexit.register("
        "lambda: sys.stderr.write(status.read_text().partition('VmHWM:')[2].split()[0])); cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, "validate", "scenario.yaml"], cwd=tmp_path / "case",
        env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    *lines, kilobytes = f"\n{done.stderr}".splitlines()
    check(done.returncode, done.stdout, "\n".join(lines[1:]) + "\n", what)
    assert int(kilobytes) < 1000 * MOST_MEGABYTES, what


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_damaged_results_folder_is_named(finished, group, tmp_path):
    for number in range(group, CASES // 2, GROUPS):
        r, folder = Random(number), tmp_path / "case"
        shutil.copytree(finished, folder)
        file = r.choice([*sorted(folder.iterdir()), *2 * [folder / "manifest.json"]])
        damage = r.choice(DAMAGES)
        what = f"case {number}: {damage.__name__} of {file.name}"
        try:
            file.write_bytes(damage(file.read_bytes(), r))
        except UnicodeDecodeError:
            file.write_bytes(b"")
        with patience(PATIENCE), contextlib.suppress(InputError):
            read_all(folder, what)
        if file.name == "manifest.json" and not number % 3:
            check_not_overwritten(folder, what)
        shutil.rmtree(folder)


def check_not_overwritten(folder, what):
    with patience(PATIENCE):
        done = CliRunner().invoke(cli.app, ["run", "two-valleys", *RUN, "--out", str(folder)])
    assert done.exit_code == 2, what
    check(done.exit_code, done.stdout, done.stderr, what)


def read_all(folder, what):
    """Read every part of a results folder; only an InputError may come of it."""
    try:
        results = Results(folder)
        for part in ("manifest", "scenario", "outcomes", "places", "daily", "cells"):
            getattr(results, part)
        results.panel("killed")
        summary_document(results)
    except InputError:
        raise
    except Exception as error:
        raise AssertionError(f"{what}: {error!r}") from error
