"""How fast two Dask workers are beside two threads, and whether memory stays flat over very many histories."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PLACES = ("threads", "dask")
WARMING = 8
"""Histories that are played first: they load the compiled rules, which a cluster does once and not for each run."""


def play(scenario: str, histories: int, workers: int, where: str, folder: Path) -> dict[str, Any]:
    """Return what a run without its report takes, on threads or on processes of a cluster.

    Seconds to begin and to play, bytes of tables, and of each process its CPU time [s] and peak memory [MiB].
    """
    from contextlib import nullcontext

    from simulation import run

    began = time.perf_counter()
    with connected_for(workers) if where == "dask" else nullcontext() as client:
        how = {"workers": workers} if client is None else {"client": client}
        run(scenario, replicates=WARMING, out=folder / f"{where}-warm", report=False, **how)
        started = time.perf_counter()
        done = run(scenario, replicates=histories, out=folder / where, report=False, **how)
        ended = time.perf_counter()
        used = {"caller": usage()} | ({} if client is None else client.run(usage))
    size = sum(file.stat().st_size for file in done.folder.glob("*.parquet"))
    return {"start": started - began, "seconds": ended - started, "table_bytes": size, "used": used}


def connected_for(workers: int):
    from simulation.cluster.connection import connected

    return connected("dask", workers)


def usage() -> tuple[float, float]:
    """Return the CPU time [s] and the peak memory [MiB] of the process that is asked."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def in_its_own_process(
    scenario: str, histories: int, workers: int, where: str, folder: Path
) -> dict[str, Any]:
    """Return the measurement of a fresh process, so that its memory is its own."""
    asked = [
        scenario,
        "--histories",
        str(histories),
        "--workers",
        str(workers),
        "--inner",
        where,
        str(folder),
    ]
    done = subprocess.run([sys.executable, __file__, *asked], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def same_tables(folder: Path) -> bool:
    """Return whether both ways wrote the same bytes."""
    one, other = (folder / where for where in PLACES)
    return all((other / file.name).read_bytes() == file.read_bytes() for file in one.glob("*.parquet"))


def load() -> float:
    """Return how many processes have wanted a core in the last minute."""
    return os.getloadavg()[0]


def main() -> None:
    """Play by turns on threads and on a cluster, and print times, their ratio, memory and the size of the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--only", choices=PLACES, help="play once, there alone")
    parser.add_argument("--inner", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    asked = chosen.scenario, chosen.histories, chosen.workers
    if chosen.inner:
        print(json.dumps(play(*asked, chosen.inner[0], Path(chosen.inner[1]))))
        return
    print(
        f"{chosen.scenario}, {chosen.histories:,} histories, {chosen.workers} workers, load {load():.1f} before"
    )
    print(f"{'':>8}{'start':>9}{'run':>11}{'a second':>10}{'tables':>12}  CPU time and peak of each process")
    ratios = []
    for _ in range(1 if chosen.only else chosen.pairs):
        seconds = {}
        with tempfile.TemporaryDirectory() as folder:
            for where in (chosen.only,) if chosen.only else PLACES:
                found = in_its_own_process(*asked, where, Path(folder))
                seconds[where] = found["seconds"]
                rate = chosen.histories / found["seconds"]
                row = f"{where:>8}{found['start']:7.1f} s{found['seconds']:9.1f} s{rate:10.1f}"
                used = ", ".join(f"{cpu:.0f} s {peak:.0f} MiB" for cpu, peak in found["used"].values())
                print(f"{row}{found['table_bytes'] / 2**20:8.1f} MiB  {used}", flush=True)
            if not chosen.only:
                ratios.append(seconds["threads"] / seconds["dask"])
                same = "same bytes" if same_tables(Path(folder)) else "OTHER BYTES"
                print(f"threads / dask {ratios[-1]:.2f}, {same}", flush=True)
    print(f"load {load():.1f} after")
    if ratios:
        print(f"median of threads / dask {sorted(ratios)[len(ratios) // 2]:.2f}")


if __name__ == "__main__":
    main()
