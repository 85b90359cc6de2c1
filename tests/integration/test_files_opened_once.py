"""No command opens a scenario, a seed or a table of the region twice; an edited file is seen by the next call."""

import collections
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ROOT, SECONDS, environment

from simulation.io.folders import bundled
from simulation.scenario import load_scenario
from simulation.world.world import build_world

LISTEN = """
import json, os, sys
opened = []
def hear(event, given):
    if event == "open" and isinstance(given[0], (str, bytes, os.PathLike)):
        path = os.path.realpath(os.fsdecode(given[0]))
        if path.endswith((".yaml", ".csv", ".md")):
            opened.append(path)
sys.addaudithook(hear)
import cli
try:
    cli.main()
finally:
    print(json.dumps(opened), file=sys.stderr)
"""
READ = [bundled("scenarios").resolve(), bundled("seeds").resolve()]
COMMANDS = {
    "list": ("list", 10),
    "validate": ("validate duel two-valleys two-valleys-ceasefire two-valleys-steady-guard", 15),
    "show": ("show no-bombardment --resolved", 13),
    "sources": ("sources claims-disbelieved --set days=5", 14),
    "run": ("run duel -n 2 --quiet --out here", 10),
    "compare": ("compare two-valleys two-valleys-ceasefire --days 6 -n 20 --quiet --out here", 11),
    "compare, ablate": ("compare two-valleys-ceasefire --ablate --days 6 -n 20 --quiet --out here", 11),
    "compare, against": (
        "compare two-valleys --against-set inputs.join_rate=0.5 --days 2 -n 20 --quiet --out here", 10,
    ),
    "sensitivity": ("sensitivity two-valleys --method morris --histories 68 --set days=2 --quiet --out here", 10),
    "check": ("check aleppo -n 2 --quiet --out here", 14),
    "hindcast": ("hindcast aleppo -n 2 --quiet --out here", 15),
    "replay": ("replay duel --replicate typical --of 4 --quiet --out here.html", 10),
    "trace": ("trace duel --driver mesa", 10),
    "explain": ("trace two-valleys --explain Weirford", 10),
}  # fmt: skip
"""Commands, and how many files of scenarios and seeds each opens at least."""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_opens_no_file_twice(tmp_path, name):
    line, least = COMMANDS[name]
    done = subprocess.run(
        [sys.executable, "-c", LISTEN, *line.split()], cwd=tmp_path, env=environment(), capture_output=True,
        text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    opened = map(Path, json.loads(done.stderr.splitlines()[-1]))
    counts = collections.Counter(file for file in opened if any(map(file.is_relative_to, READ)))
    assert [file for file, count in counts.items() if count > 1] == []
    assert len(counts) >= least


def test_an_edited_file_is_seen_by_the_next_call_and_not_by_what_was_loaded_before(tmp_path):
    shutil.copytree(ROOT / "seeds" / "duel", tmp_path / "seeds" / "duel")
    scenario = tmp_path / "duel.yaml"
    scenario.write_text((ROOT / "scenarios" / "duel.yaml").read_text("utf-8").replace("../seeds", "seeds"))
    before = load_scenario(scenario)
    actors = tmp_path / "seeds" / "duel" / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("name: Red", "name: Crimson", 1), "utf-8")
    after = load_scenario(scenario)
    assert before.digest != after.digest
    assert [build_world(each).seeds.actors[0].name for each in (before, after)] == ["Red", "Crimson"]
