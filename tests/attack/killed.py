"""Kills commands at random moments and finishes what they leave: `python tests/attack/killed.py --moments 100`.

Each command is forked from a warm process, killed with SIGKILL, every other time once more while it goes on, and then
finished, by `resume` or by the same command again, with other numbers of workers. The tables, sentences and scenarios
must be those of a command that nobody killed, to the byte, and nothing else may be left.

Histories are put on the disk every few hundredths of a second instead of every few seconds, so that commands of about a
second have many parts.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))  # pytest would have done it

from processes import Place, WarmProcesses
from warm import STEP

BARE = ("--quiet", "--no-report", "--out", "out")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "two-valleys", "-n", "150", *BARE),
    "compare": ("compare", "two-valleys", "late.yaml", "-n", "50", *BARE),
    "sensitivity": (
        "sensitivity", "two-valleys", "--histories", "400", "--outcomes", "ending.truce", *BARE,
    ),
    "sweep": ("sweep", "two-valleys", "--set", "inputs.fog=0.1,0.3,0.5", "-n", "40", *BARE),
    "film": (
        "hindcast", "two-valleys", "--as-of", "2024-01-02,2024-01-03", "--truth", "truth.yaml", "--days", "8",
        "--no-sequential", "-n", "60", *BARE,
    ),
    "drawn": (
        "compare", "duel", "duel --set inputs.red_fighters=21", "--given", "fighters_present.red <= 10 @ 0.5",
        "--sequential", "-n", "60", *BARE,
    ),
}  # fmt: skip
LATE = "extends: two-valleys\ninputs: {fog: 0.2}\n"
TRUTH = "title: Made up\nstart: 2024-01-01\ntruth: [{ending: truce}, {place: Saddle Pass, day: 5}]\n"
FILES = {"late.yaml": LATE, "truth.yaml": TRUTH}
SETTINGS = {
    "simulation.engine.executor.FEW": 8,
    "simulation.results.unfinished.EVERY_SECONDS": 0.03,
    "simulation.sensitivity_analysis.evaluator.TOGETHER": 16,
}
"""Parts are made often, and few histories or points are measured at a time."""
MOST_KILLS = 2
Content = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a command that was killed after some seconds: at what, how it was finished, and what is wrong."""

    after: float
    at: str
    how: str
    wrong: str = ""


def prepared(at: Path) -> Place:
    """Make a place of one's own for a command, with the files that it reads."""
    place = Place(at)
    place.folder.mkdir(parents=True)
    place.temporary.mkdir()
    for name, text in FILES.items():
        (place.folder / name).write_text(text, encoding="utf-8")
    return place


def content(folder: Path) -> Content:
    """Return all that a command concludes in a results folder, and in those within it."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in (".parquet", ".txt", ".yaml"))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a command gives that nobody kills, when the first part of it is on the disk, and when it ends [s]."""

    content: Content
    first: float
    takes: float


def alone(name: str, ways: WarmProcesses, at: Path) -> Usual:
    """Return what a command gives that nobody kills; ValueError where it fails, or makes no part."""
    ways.learn(COMMANDS[name], [prepared(at / f"learn-{k}") for k in range(ways.count)])
    place = prepared(at / "alone")
    with ThreadPoolExecutor(1) as pool:
        running, first = pool.submit(ways.end, COMMANDS[name], place), 0.0
        began = time.monotonic()
        while not running.done():
            if not first and (place.folder / "out.unfinished").exists():
                first = time.monotonic() - began
            time.sleep(STEP)
        end = running.result()
    if end.status != 0 or not first:
        raise ValueError(f"{name} fails by itself, or makes no part: {end.stderr}")
    print(f"{name} takes {end.ran:.2f} s, its first part is there after {first:.2f} s", flush=True)
    return Usual(content=content(place.folder / "out"), first=first, takes=end.ran)


def killed(name: str, ways: WarmProcesses, at: Path, usual: Usual, luck: random.Random) -> Outcome:
    """Kill a command, once or twice, finish it, and return what came of it."""
    place = prepared(at)
    out, unfinished = place.folder / "out", place.folder / "out.unfinished"
    after = luck.uniform(usual.first / 2, usual.takes)
    kills, again = luck.randint(1, MOST_KILLS), luck.random() < 1 / 2
    workers = [str(luck.randint(1, 3)) for _ in range(kills + 1)]
    reached, how = "", "had finished"
    arguments = (*COMMANDS[name], "--workers", workers[0])
    for kill in range(kills):
        end = ways.end(arguments, place, signal.SIGKILL, after if kill == 0 else luck.uniform(0, usual.takes))
        if out.exists() and not unfinished.exists():
            break
        reached = reached or ("parts on the disk" if unfinished.exists() else "nothing on the disk yet")
        resumed = unfinished.exists() and not again
        how = "resume" if resumed else "the same command"
        first = ("resume", "out.unfinished", "--quiet", "--no-report") if resumed else COMMANDS[name]
        arguments = (*first, "--workers", workers[kill + 1])
    else:
        end = ways.end(arguments, place)
    was_killed = end.status == -signal.SIGKILL  # with the results in their place, but no time to clear up
    wrong = ""
    if end.status != 0 and not was_killed:
        wrong = f"{how} ended with {end.status}: {end.stderr.strip()[-300:]}"
    left = sorted(
        f"{each.name} of {each.stat().st_size} bytes"
        for each in place.folder.iterdir()
        if each.name not in ("out", "begun", *FILES)
    )
    if not wrong and not was_killed and left:
        wrong = f"left {', '.join(left)}"
    if not wrong and (found := content(out)) != usual.content:
        differ = [file for file in {*found, *usual.content} if found.get(file) != usual.content.get(file)]
        wrong = f"other bytes in {', '.join(sorted(differ))}"
    return Outcome(after=after, at=reached or "the end", how=how, wrong=wrong)


def attack(
    names: list[str], moments: int, seed: int, folder: Path, say: Callable[[str], object] = print
) -> list[Outcome]:
    """Kill each command at so many moments; tell of each that goes wrong, and of all together; return what came."""
    ways = WarmProcesses(1, SETTINGS)
    outcomes = []
    try:
        for name in names:
            usual = alone(name, ways, folder / name)
            luck, began = random.Random(seed), time.monotonic()
            found = []
            for k in range(moments):
                at = folder / f"{name}-{k}"
                found.append(killed(name, ways, at, usual, luck))
                if found[-1].wrong:
                    say(f"{name} killed after {found[-1].after:.3f} s: {found[-1].wrong}")
                shutil.rmtree(at)
            wrong, took = sum(bool(each.wrong) for each in found), time.monotonic() - began
            say(f"{name}: {moments} moments in {took:.0f} s, {wrong} wrong")
            for (reached, how), count in sorted(Counter((each.at, each.how) for each in found).items()):
                say(f"  {reached}, {how}: {count}")
            outcomes += found
    finally:
        ways.close()
    return outcomes


def main() -> int:
    """Attack and print what came of it; the status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(COMMANDS)}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = attack(asked.commands or list(COMMANDS), asked.moments, asked.seed, Path(folder))
    return int(any(each.wrong for each in outcomes))


if __name__ == "__main__":
    sys.exit(main())
