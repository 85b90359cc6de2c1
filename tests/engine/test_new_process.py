"""A process added as the guide says, one file, one member, one row and its parameters, runs and is told.

Beside the guide's own there is one for each kind of clock, whose rate reads what such a clock belongs to.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import code_map
import pytest
from code_map import ROOT

GUIDE = ROOT / "docs" / "writing-a-process.md"
RATES = {
    "CELL": "1.0 if s.cells[e].fighters > 0 else 0.0",
    "SIDE": "1.0 if s.presence[e // s.world[0].n_actors, e % s.world[0].n_actors] > 0 else 0.0",
    "ACTOR": "s.actors[e].confidence",
    "PAIR": "0.0 if s.pairs[e].truce else 0.5",
    "LINK": "0.5 if s.actors[s.links[e].client].dissolved == 0 else 0.0",
    "UNIT": "1.0 - s.units[e].cohesion if s.units[e].cell >= 0 else 0.0",
    "REPORTER": "s.actors[min(e, s.world[0].n_actors - 1)].confidence",
    "MEASURE": "0.5 if s.measures[e].done else 0.1",
    "HISTORY": "1.0 + s.world[0].events % 3",
}
OTHER = """
from simulation.model.compilation import State, njit


@njit
def rate(s: State, e: int) -> float:
    return {rate}


@njit
def fire(s: State, e: int) -> None:
    pass
"""
PLAY = """
import json
from collections import Counter

from running import assert_same, log_of
from simulation.histories.trace import trace_lines
from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world
from slow_twin import run_slowly

world = build_world(load_scenario("two-valleys-ceasefire", ["inputs.shortage_rate=5"]))
for replicate in range(8):
    assert_same(log_of(world, replicate), log_of(world, replicate, run=run_slowly))
lines = [json.loads(line) for line in trace_lines(world, replicate=0, seed=1, jsonl=True)]
assert all(line["value"] < 1 for line in lines if line.get("process") == "shortage")
print(json.dumps(Counter(line.get("process") for line in lines)))
"""


def add(file, before, text):
    """Put text before the one place that matches; a pattern that matches elsewhere too is an error."""
    replace(file, before, lambda match: text + match[0])


def append(file, text):
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(file, pattern, text):
    found = file.read_text(encoding="utf-8")
    assert len(re.findall(pattern, found, re.MULTILINE)) == 1, f"{pattern} in {file}"
    file.write_text(re.sub(pattern, text, found, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the package with the process of the guide added."""
    copy, skip = tmp_path / "copy", shutil.ignore_patterns("__pycache__")
    for name in ("simulation", "scenarios", "seeds/two_valleys"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    member, file, row, parameters = re.findall(
        r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    package = copy / "simulation"
    (package / code_map.PROCESSES / "shortage.py").write_text(file, encoding="utf-8")
    rows, imports = row, "    shortage,\n"
    for number, (kind, rate) in enumerate(RATES.items(), 19):
        name = f"of_a_{kind}"
        member += f"    {name.upper()} = {number}, ClockOwner.{kind}\n"
        rows += row.replace("SHORTAGE", name.upper()).replace("shortage", name.lower())
        imports += f"    {name.lower()},\n"
        (package / code_map.PROCESSES / f"{name.lower()}.py").write_text(
            OTHER.format(rate=rate), encoding="utf-8"
        )
    append(package / code_map.NUMBERS, member)
    add(package / code_map.DISPATCH, r"^    sortie,$", imports)
    append(package / code_map.DISPATCH, rows)
    replace(package / code_map.PARAMETERS, r"^    \]\n\)\n(?=# fmt: on)", lambda match: parameters)
    return copy


def test_it_happens_is_told_and_agrees_with_the_slow_twin(copy, tmp_path):
    paths = os.pathsep.join(map(str, (copy, ROOT / "tests" / "engine")))
    environment = {**os.environ, "PYTHONPATH": paths, "SIMULATE_CACHE_DIR": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", PLAY], env=environment, cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout)
    assert all(counts.get(f"of_a_{kind.lower()}", 0) > 0 for kind in RATES) and counts["shortage"] > 5
