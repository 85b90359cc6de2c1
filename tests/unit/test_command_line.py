"""What a user of other command lines expects: a version, examples, completion, a doctor, progress for programs."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from importlib import metadata
from typing import Any

import pytest
import typer
from code_map import ROOT

import cli
import simulation
from simulation.api import doctor
from simulation.commands import ORDER
from simulation.commands.examples import EXAMPLES

GROUP: Any = typer.main.get_command(cli.app)
PROGRAM = [sys.executable, "-c", "import sys, cli; sys.argv[0] = 'simulate'; cli.main()"]


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_version_is_told() -> None:
    assert program("--version").stdout == f"simulate {simulation.__version__}\n"


def test_every_command_has_examples_that_it_understands() -> None:
    assert {name.removesuffix("_") for name in ORDER} <= set(EXAMPLES)
    for name, lines in EXAMPLES.items():
        for line in lines:
            own, *arguments = shlex.split(line)
            assert own == name
            GROUP.commands[name].make_context(name, arguments)
    assert "\n    simulate run aleppo --open\n" in program("run", "--help").stdout


@pytest.mark.parametrize("command", ["run", "compare", "validate", "hindcast", "show"])
def test_a_shell_completes_the_names_of_scenarios(command: str) -> None:
    asked = {
        "COMP_WORDS": f"simulate {command} two-",
        "COMP_CWORD": "2",
        "_SIMULATE_COMPLETE": "complete_bash",
    }
    assert program(**asked).stdout.split() == [
        "two-valleys",
        "two-valleys-ceasefire",
        "two-valleys-steady-guard",
    ]


def test_the_doctor_finds_nothing_wrong_here() -> None:
    found = doctor.doctor()
    assert found.well, found.text()
    assert {"simulate", "packages", "scenarios", "cache", "browser"} <= {each.what for each in found.findings}


def test_the_doctor_says_what_is_missing_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = ["numpy>=9999", "nowhere>=1", "nothing; extra == 'dask'"]
    monkeypatch.setattr(metadata, "requires", lambda _: wanted)
    monkeypatch.setattr(doctor, "LEAST_FREE", 10**18)
    found = {each.what: each for each in doctor.doctor().findings}
    assert "numpy must be >=9999; nowhere must be >=1: install simulate again" in found["packages"].fault
    assert (
        "pip install 'simulate-conflict[dask]'" in found["extra dask"].found and not found["extra dask"].fault
    )
    assert "are free" in found["disk, this folder"].fault


def test_with_progress_for_programs_an_error_is_an_event_too() -> None:
    done = program("run", "nowhere", "--progress", "jsonl")
    assert done.returncode == 2 and done.stdout == ""
    (event,) = map(json.loads, done.stderr.splitlines())
    assert event["event"] == "error" and event["message"].startswith("nowhere: there is no such file")
