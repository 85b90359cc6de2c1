"""Many histories on several workers: time, and whether memory stays flat in their number."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(scenario: str, histories: int, workers: int) -> None:
    """Play the histories twice, without and with writing the tables, and print seconds and memory as JSON."""
    from simulation.api.run import run
    from simulation.engine.ensemble import Ensemble
    from simulation.scenario import load_scenario
    from simulation.world.world import build_world

    world = build_world(load_scenario(scenario))
    list(Ensemble(world, range(1), 1, 1))
    began = time.perf_counter()
    for _ in Ensemble(world, range(histories), 1, workers):
        pass
    computed = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        run(scenario, replicates=histories, workers=workers, out=Path(folder) / "results", report=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"computing": computed - began, "whole": time.perf_counter() - computed, "peak": peak}))


def in_its_own_process(scenario: str, histories: int, workers: int) -> dict[str, float]:
    """Return the measurement of a fresh process, so that its memory is its own."""
    command = [
        sys.executable,
        __file__,
        scenario,
        "--histories",
        str(histories),
        "--workers",
        str(workers),
        "--inner",
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure a quarter and the whole, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inner:
        measure(chosen.scenario, chosen.histories, chosen.workers)
        return
    print(f"{chosen.scenario} on {chosen.workers} workers")
    print(f"{'histories':>10}{'computing':>12}{'with tables':>13}{'a second':>10}{'peak memory':>13}")
    for histories in (max(1, chosen.histories // 4), chosen.histories):
        found = in_its_own_process(chosen.scenario, histories, chosen.workers)
        rate = histories / found["computing"]
        times = f"{found['computing']:10.1f} s{found['whole']:11.1f} s"
        print(f"{histories:10}{times}{rate:10.1f}{found['peak']:9.0f} MiB")


if __name__ == "__main__":
    main()
