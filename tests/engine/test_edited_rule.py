"""An edited rule takes effect at the next start, without anything being cleared; compiling is said, once."""

import os
import shutil
import subprocess
import sys

import code_map
import pytest
from code_map import ROOT

from simulation.jit.notices import COMPILING

PROBE = '''
"""Ask the rate of losses; the file itself never changes, only a rule that it reaches through another."""

from simulation.jit.decorator import njit
from simulation.model.processes import casualty


@njit
def losses(s, entity):
    return casualty.rate(s, entity)
'''
ASK = """
from simulation.engine.probe import losses
from simulation.scenario import load_scenario
from simulation.world.world import build_world

world = build_world(load_scenario("duel"))
state = world.template
state.presence[state.units.home[0]] = 20
state.cells.side_bits[state.units.home[0]] = 0b11
state.params.front_width = 1e9
state.actors.kill_rate = 1
n = len(world.actors)
print(max(losses(state, int(state.units.home[0]) * n + actor) for actor in range(n)))
"""


def ask(copy, cache, way):
    environment = {
        **os.environ, "PYTHONPATH": str(copy), "SIMULATE_CACHE_DIR": str(cache), "SIMULATE_LINKING": way
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return float(done.stdout), done.stderr


@pytest.mark.parametrize("way", ["linked", "plain"])
def test_an_edited_rule_takes_effect(way, tmp_path):
    copy, cache = tmp_path / "copy", tmp_path / "cache"
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("simulation", "scenarios"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    shutil.copytree(ROOT / "seeds" / "duel", copy / "seeds" / "duel", ignore=skip)
    (copy / "simulation" / "engine" / "probe.py").write_text(PROBE, encoding="utf-8")
    before, said = ask(copy, cache, way)
    assert said == COMPILING + "\n"
    assert ask(copy, cache, way) == (before, "")
    rule = copy / "simulation" / code_map.PROCESSES / "casualty.py"
    text = rule.read_text(encoding="utf-8")
    assert text.count("* kill_rate\n") == 1
    rule.write_text(text.replace("* kill_rate\n", "* kill_rate / 2\n"), encoding="utf-8")
    assert before > 0 and ask(copy, cache, way) == (before / 2, COMPILING + "\n")
