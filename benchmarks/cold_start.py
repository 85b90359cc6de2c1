"""The first run on a new machine, which compiles, beside the second, which finds the rules in the cache."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def seconds(scenario: str, histories: int, folder: Path) -> float:
    """Return how long one run of the command takes with its compile cache in this folder."""
    command = [
        sys.executable, "cli.py", "run", scenario, "--replicates", str(histories), "--no-report", "--quiet",
        "--out", str(folder / "results"),
    ]  # fmt: skip
    environment = os.environ | {"SIMULATE_CACHE_DIR": str(folder / "cache")}
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Run twice and print both times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = (seconds(chosen.scenario, chosen.histories, Path(folder)) for _ in range(2))
    print(f"{chosen.histories} histories of {chosen.scenario}, the whole command")
    print(f"cold  {cold:6.1f} s")
    print(f"warm  {warm:6.1f} s")
    print(f"ratio {cold / warm:6.1f}")


if __name__ == "__main__":
    main()
