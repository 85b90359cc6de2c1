#!/usr/bin/env bash
# Mesa 3.5.1: a batch on one process changes how every other part of the program starts its processes.
#
# Seen: after `mesa.batch_run(...)` with its default of one process, `multiprocessing.get_start_method()` is "spawn" for the
#   whole program, whatever it was set to before, and a pool of processes that worked is given functions it cannot find.
# One would guess: that a batch on one process has nothing to do with processes, and that a library takes a context
#   (`multiprocessing.get_context("spawn")`) rather than the default of the program.
# Why: its first line is `multiprocessing.set_start_method("spawn", force=True)`.
# It follows: hand `mp_context=` to your own executors, or set the start method again after each batch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mesa[network]==3.5.1'
cd "$folder"
cat > program.py <<'PY'
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor

import mesa
from mesa.datacollection import DataCollector


class Still(mesa.Model):
    def __init__(self, rng=None):
        super().__init__(rng=rng)
        self.datacollector = DataCollector(model_reporters={"time": "time"})

    def step(self):
        self.datacollector.collect(self)
        self.running = False


if __name__ == "__main__":
    multiprocessing.set_start_method("fork" if sys.platform == "linux" else "forkserver")
    rate = {"is": 1}

    def ask(_):
        return rate["is"]

    rate["is"] = 2
    before = multiprocessing.get_start_method()
    with ProcessPoolExecutor(1) as pool:
        print("before:", before, list(pool.map(ask, range(1))))
    mesa.batch_run(Still, {}, display_progress=False)
    after = multiprocessing.get_start_method()
    try:
        with ProcessPoolExecutor(1) as pool:
            answer = list(pool.map(ask, range(1)))
    except Exception as error:
        answer = type(error).__name__
    print("after: ", after, answer)
    assert (before, after) == ("fork", "spawn") and answer != [2]
PY
"$folder/venv/bin/python" program.py
