"""This build beside an earlier one, in turn: whole commands, and the events that one thread plays in a second.

The earlier build is taken out of the history of this repository into a folder of its own. Both run on the Python
that runs this and keep what they compile in caches of their own. Each runs once before it counts, but for the row
`first run`, which begins with an empty cache each time.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

COMMIT = "1d7d306"
ROOT = Path(__file__).resolve().parents[1]
FIVE = "aleppo", "allies-available", "army-of-2015", "bombardment-2020", "fronts-quiet"
EVENTS = "--events"
"""The argument that makes this script play histories by itself and print how many events a second it played."""
QUIET = "--quiet", "--seed", "1"


@dataclass(frozen=True)
class Row:
    """What is measured: the arguments of a command, or `EVENTS`, and the ratio that is aimed at.

    The ratio is one of times, or of events a second.
    """

    arguments: tuple[str, ...]
    aim: float
    cold: bool = False

    @property
    def writes(self) -> bool:
        """Whether the command writes a results folder."""
        return self.arguments[0] in ("run", "compare")


ROWS = {
    "report": Row(("run", "aleppo", "--replicates", "1000", *QUIET), 0.35),
    "tables": Row(("run", "aleppo", "--replicates", "1000", "--no-report", *QUIET), 0.35),
    "compare": Row(("compare", *FIVE, "--replicates", "500", *QUIET), 0.5),
    "first run": Row(("run", "aleppo", "--replicates", "2", "--no-report", *QUIET), 0.8, cold=True),
    "help": Row(("--help",), 1.0),
    "events": Row((EVENTS, "aleppo", "150"), 1.6),
}


@dataclass(frozen=True)
class Build:
    """A tree of sources and the folder of what it compiles."""

    tree: Path
    cache: Path

    def measure(self, row: Row, folder: Path) -> dict[str, float]:
        """Return what one run took: seconds by the clock and of processors, and most memory [MiB]; or events/s."""
        out, script = folder / "results", ROOT / "benchmarks" / "against_build.py"
        program = script if EVENTS in row.arguments else self.tree / "cli.py"
        command = [sys.executable, str(program), *row.arguments, *(("--out", str(out)) if row.writes else ())]
        if row.cold:
            shutil.rmtree(self.cache, ignore_errors=True)
        environment = os.environ | {"SIMULATE_CACHE_DIR": str(self.cache), "PYTHONPATH": str(self.tree)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled to bytecode, too
        began = time.perf_counter()
        with tempfile.TemporaryFile() as printed:
            process = subprocess.Popen(command, cwd=self.tree, env=environment, stdout=printed)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            printed.seek(0)
            said = printed.read()
        shutil.rmtree(out, ignore_errors=True)
        if status:
            raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
        if EVENTS in row.arguments:
            return {"events/s": json.loads(said)}
        return {"wall s": wall, "CPU s": used.ru_utime + used.ru_stime, "MiB": used.ru_maxrss / 1024}


def earlier(commit: str, folder: Path) -> Path:
    """Return a folder with the sources of a commit, taken out of the history where it is not there yet."""
    tree = folder / f"build-{commit}"
    if not tree.exists():
        packed = subprocess.run(
            ["git", "-C", str(ROOT), "archive", "--format=tar", commit], check=True, stdout=subprocess.PIPE
        )
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(tree, filter="data")
    return tree


def play_events(scenario: str, histories: int) -> None:
    """Play histories with the compiled driver of the build in the current folder; print its events a second.

    The time is that of this thread on its processor, of which 3 rounds are played and the best counts.
    """
    try:
        from simulation.engine.replicate import run_one
        from simulation.model.state import copy_state
        from simulation.world.world import build_world
    except ImportError:  # the layout of November
        from simulation.engine.batch import run_one
        from simulation.scenario.build import build_world
        from simulation.state import copy_state
    from simulation.scenario import load_scenario

    world = build_world(load_scenario(scenario))
    _, params, quantities = world.cases(range(histories), 1)
    state, rates = copy_state(world.template), []
    run_one(state, world.template, params[0], quantities[0], 1, 0)
    for _ in range(3):
        began, events = time.thread_time(), 0
        for k in range(histories):
            events += int(run_one(state, world.template, params[k], quantities[k], 1, k).world.events)
        rates.append(events / (time.thread_time() - began))
    print(json.dumps(max(rates)))


def compare(name: str, row: Row, builds: dict[str, Build], pairs: int, folder: Path) -> None:
    """Run a row in both builds in turn and print lowest, median and highest of each, and the ratios of pairs."""
    found: dict[str, list[dict[str, float]]] = {build: [] for build in builds}
    for k in range(0 if row.cold else -1, pairs):
        for which, build in list(builds.items())[:: 1 if k % 2 else -1]:
            taken = build.measure(row, folder)
            if k >= 0:
                found[which].append(taken)
    more = EVENTS in row.arguments
    print(f"\n{name}: {' '.join(row.arguments)}")
    for unit in found["this"][0]:
        for which, all_taken in found.items():
            values = sorted(taken[unit] for taken in all_taken)
            told = "".join(f"{value:12,.2f}" for value in (values[0], median(values), values[-1]))
            print(f"  {unit:9}{which:9}{told}")
        ratios = sorted(a[unit] / b[unit] for a, b in zip(found["this"], found["earlier"], strict=True))
        told = "".join(f"{value:12.3f}" for value in (ratios[0], median(ratios), ratios[-1]))
        aim = (
            f"   aim: at {'least' if more else 'most'} {row.aim:g}" if unit in ("wall s", "events/s") else ""
        )
        print(f"  {'':9}{'ratio':9}{told}{aim}", flush=True)


def main() -> None:
    """Measure the rows that are asked for."""
    if sys.argv[1:2] == [EVENTS]:
        sys.path.insert(0, os.getcwd())
        play_events(sys.argv[2], int(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all when left out")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--commit", default=COMMIT, help="the earlier build")
    parser.add_argument(
        "--folder", type=Path, help="where its sources and both caches are kept for the next time"
    )
    chosen = parser.parse_args()
    if wrong := set(chosen.rows) - set(ROWS):
        parser.error(f"no row {', '.join(sorted(wrong))}; there are {', '.join(ROWS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (chosen.folder or Path(temporary)).resolve()
        builds = {
            "this": Build(ROOT, folder / "cache-this"),
            "earlier": Build(earlier(chosen.commit, folder), folder / f"cache-{chosen.commit}"),
        }
        print(f"this build beside {chosen.commit}, {chosen.pairs} pairs: lowest, median, highest")
        for name in chosen.rows or ROWS:
            row = ROWS[name]
            own = {which: Build(each.tree, Path(temporary) / which) for which, each in builds.items()}
            compare(name, row, own if row.cold else builds, chosen.pairs, Path(temporary))


if __name__ == "__main__":
    main()
