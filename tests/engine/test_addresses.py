"""No two draws of a history have the same address."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WATCH = """
import sys
from collections import Counter
import simulation.model.draws as draws

seen = Counter()
true = draws.uniform_at

def watched(low, high, replicate, process, entity, occurrence, slot):
    assert 0 <= int(slot) < 65536
    seen[tuple(map(int, (low, high, replicate, process, entity, occurrence, slot)))] += 1
    return true(low, high, replicate, process, entity, occurrence, slot)

draws.uniform_at = watched
from running import log_of
from simulation.scenario import load_scenario
from simulation.world.world import build_world

world = build_world(load_scenario("two-valleys", ["days=12"]))
events = sum(len(log_of(world, k)) for k in range(3))
twice = [address for address, times in seen.items() if times > 1]
print(events, len(seen), twice[:5])
sys.exit(bool(twice))
"""


def test_no_address_is_drawn_twice():
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "engine")])
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    events, drawn = map(int, done.stdout.split()[:2])
    assert drawn > events > 100
