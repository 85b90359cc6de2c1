"""How long a command takes to its first history when rules are compiled; of two trees in turn, if another is given.

The first history has ended when `run_one` of the ensemble returns for the first time. Its moment is read from the
monotonic clock, which the process that started the command shares, so that starting Python counts; the command is
stopped there. Processor time is that of the command alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median


def stop_at_the_first_history(arguments: list[str]) -> None:
    """Run the command of the tree in the current folder; print the moment of the first history and exit."""
    sys.path.insert(0, os.getcwd())
    from simulation.engine import ensemble

    run_one, only = ensemble.run_one, threading.Lock()

    def first(*given: object) -> None:
        run_one(*given)
        only.acquire()  # never given back: of two threads that end together one is the first
        print(json.dumps([time.monotonic(), time.process_time()]), flush=True)
        os._exit(0)

    ensemble.run_one = first
    import cli

    sys.argv = ["simulate", *arguments]
    cli.main()


def seconds(tree: Path, python: str, scenario: str, histories: int) -> tuple[float, float]:
    """Return wall and processor seconds from the start of a command to its first history."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            python, str(Path(__file__).resolve()), "--inner", "run", scenario, "--replicates", str(histories),
            "--no-report", "--quiet", "--out", str(Path(folder) / "results"),
        ]  # fmt: skip
        began = time.monotonic()
        done = subprocess.run(command, cwd=tree, check=True, stdout=subprocess.PIPE, text=True)
    ended, processor = json.loads(done.stdout.splitlines()[-1])
    return ended - began, processor


def main() -> None:
    """Start the command a few times, in each tree in turn, and print the medians."""
    if sys.argv[1:2] == ["--inner"]:
        stop_at_the_first_history(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--beside", type=Path, help="another tree, to compare this one with")
    parser.add_argument("--python", default=sys.executable, help="the interpreter of the other tree")
    chosen = parser.parse_args()
    trees = {"this": (Path(__file__).resolve().parents[1], sys.executable)}
    if chosen.beside:
        trees["other"] = (chosen.beside.resolve(), chosen.python)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in trees}
    for start in range(-1, chosen.starts):  # the first warms up and does not count
        for name, (tree, python) in trees.items():
            taken = seconds(tree, python, chosen.scenario, chosen.histories)
            if start >= 0:
                found[name].append(taken)
    print(f"to the first of {chosen.histories:,} histories of {chosen.scenario}, median of {chosen.starts}")
    for name, times in found.items():
        wall, processor = (median(each) for each in zip(*times, strict=True))
        print(f"{name:6}{wall:7.2f} s by the clock{processor:7.2f} s of processor")
    if chosen.beside:
        pairs = list(zip(found["this"], found["other"], strict=True))
        wall, processor = (median(a[k] / b[k] for a, b in pairs) for k in (0, 1))
        print(f"ratio {wall:7.2f}              {processor:7.2f}     median of pairs")


if __name__ == "__main__":
    main()
