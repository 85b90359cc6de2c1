"""The peak memory of whole commands by number of histories, and beside it their time and the bytes of their tables."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TABLES = ("outcomes", "places", "daily", "cells")
COMMAND = (sys.executable, "-c", "import cli; cli.main()")


def measure(arguments: list[str], tree: Path) -> tuple[float, float, int]:
    """Run a scenario in a process of its own; return its peak memory [MiB], CPU time [s] and bytes of tables."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        command = [*COMMAND, "run", *arguments, "--quiet", "--out", str(out)]
        process = subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONPATH": str(tree)})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
        size = sum((out / f"{name}.parquet").stat().st_size for name in TABLES)
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, size


def main() -> None:
    """Measure each number of histories in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, nargs="+", default=[1000, 4000, 10_000])
    parser.add_argument("--days", type=float, help="of each history; those of the scenario when left out")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--report", action="store_true", help="with the page")
    parser.add_argument("--tree", type=Path, default=Path(__file__).parents[1], help="another checkout")
    chosen = parser.parse_args()
    days = [] if chosen.days is None else ["--days", str(chosen.days)]
    page = [] if chosen.report else ["--no-report"]
    print(f"{chosen.scenario} on {chosen.workers} workers, {'with' if chosen.report else 'without'} its page")
    print(
        f"{'histories':>10}{'peak memory':>14}{'of the first':>14}{'CPU time':>12}{'tables':>12}{'a history':>14}"
    )
    first = 0.0
    for histories in chosen.histories:
        asked = [chosen.scenario, "-n", str(histories), "--workers", str(chosen.workers), *days, *page]
        peak, seconds, size = measure(asked, chosen.tree)
        first = first or peak
        told = f"{histories:10}{peak:10.0f} MiB{peak / first:14.2f}{seconds:10.1f} s{size / 2**20:8.1f} MiB"
        print(f"{told}{size / histories:9.0f} bytes", flush=True)


if __name__ == "__main__":
    main()
