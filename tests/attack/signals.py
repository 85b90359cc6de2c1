"""Sends every signal to every command at random moments: `python tests/attack/signals.py --warm --moments 100`.

A command that is ended says so in one word at most and leaves nothing but, of a long run, what is kept of it; what
SIGKILL leaves, a later run clears; a results folder is absent or whole. With the same seed and the same times the same
moments come again.

A command alone is mostly imports. With `--warm` it is forked from a process that has them and the compiled rules, so
that the moments fall into its own work; each must first give what the whole process gives.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import random
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))  # pytest would have done it

from processes import End, Place, WarmProcesses, WholeProcesses

from simulation import run
from simulation.engine import ensemble
from simulation.results import unfinished

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")
FEW = ("--quiet", "-n", "20")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "two-valleys", *FEW, "--out", "out"),
    "compare": ("compare", "duel", "rifles.yaml", *FEW, "--out", "out"),
    "sensitivity": ("sensitivity", "two-valleys", "--quiet", "--histories", "400", "--out", "out"),
    "hindcast": ("hindcast", "two-valleys", "--truth", "truth.yaml", *FEW, "--out", "out"),
    "sweep": ("sweep", "two-valleys", "--set", "inputs.fog=0.1,0.3", *FEW, "--out", "out"),
    "check": ("check", "aleppo", *FEW, "--days", "10", "--out", "out"),
    "extend": ("extend", "whole", "--quiet", "-n", "40", "--out", "out"),
    "merge": ("merge", "whole", "more", "--quiet", "--out", "out"),
    "resume": ("resume", "out.unfinished", "--quiet"),
    "discover": ("discover", "whole", "--outcome", "ending.truce", "--quiet", "--out", "page.html"),
    "replay": ("replay", "two-valleys", "--of", "5", "--quiet", "--out", "page.html"),
    "trace": ("trace", "two-valleys", "--quiet", "--replicate", "3"),
    "validate": ("validate", "aleppo"),
    "show": ("show", "aleppo", "--resolved"),
    "sources": ("sources", "two-valleys"),
    "list": ("list",),
    "schema": ("schema",),
    "verify": ("verify", "whole"),
    "results": ("results", "."),
    "report": ("report", "whole"),
    "export": ("export", "whole", "--out", "tables.zip"),
    "selftest": ("selftest", "--quiet"),
}
WITH_PAGE = ("run", "compare", "sensitivity", "hindcast", "sweep", "check", "extend", "merge", "resume")
GIVEN = {
    "rifles.yaml": "extends: duel\ninputs: {red_fighters: 2}\n",
    "truth.yaml": (
        "title: Made up\nstart: 2024-01-01\n"
        "truth: [{series: area_km2, side: river_council, day: 2, value: 900}, {ending: truce}]\n"
    ),
}
LASTING = "selftest"
"""The command that is never run to its end: it takes minutes."""
LONGEST = 8.0
"""Seconds of it from its start that are attacked."""
WORD = "interrupted\n"
Ways = WholeProcesses | WarmProcesses


@dataclass(frozen=True)
class Attack:
    """One signal to one command, a number of seconds after its start."""

    command: str
    signal: str
    after: float

    @property
    def number(self) -> int:
        return int(getattr(signal, self.signal))

    def __str__(self) -> str:
        """Return how the attack is told."""
        return f"{self.command:<12} {self.signal:<8} after {self.after:.3f} s"


def prepared(at: Path, source: Path | None, command: str = "") -> Place:
    """Make a place of one's own for a command, with the files and the folders from a source that it is given."""
    place = Place(at)
    place.folder.mkdir(parents=True)
    place.temporary.mkdir()
    for name, text in GIVEN.items():
        (place.folder / name).write_text(text, encoding="utf-8")
    if source is not None:
        for name in {*COMMANDS[command]} & {each.name for each in source.iterdir()}:
            shutil.copytree(source / name, place.folder / name)
    return place


def make_source(at: Path) -> Path:
    """Make the folders that commands are given: a run, what follows it, and a run that broke at its 14th history."""
    place = prepared(at, None)
    followed = ("run", "two-valleys", *FEW, "--first", "20", "--out", "more")
    for arguments in (COMMANDS["run"], followed):
        end = WholeProcesses(1).end(arguments, place)
        if end.status != 0:
            raise ValueError(f"{arguments} fails: {end.stderr}")
    (place.folder / "out").rename(place.folder / "whole")
    really_run = ensemble.run_one

    def breaks(*arguments: Any) -> Any:
        if arguments[-1] == 13:
            raise ZeroDivisionError
        return really_run(*arguments)

    with (
        mock.patch.object(ensemble, "run_one", breaks),
        mock.patch.object(unfinished, "EVERY_SECONDS", 0.0),
        contextlib.suppress(ZeroDivisionError),
    ):
        run("two-valleys", replicates=20, out=place.folder / "out")
    if not (place.folder / "out.unfinished").is_dir():
        raise ValueError("a run that breaks leaves nothing to resume")
    return place.folder


def alone(command: str, ways: Ways, at: Path, source: Path) -> End:
    """Return how a command ends when it is left alone; ValueError where it fails, or where warm is not the same.

    Of as many at once as will be attacked at once the slowest, so that moments reach the end of a command.
    """
    arguments = COMMANDS[command]
    after = {"after": LONGEST} if command == LASTING else {}

    def several(end: Callable[..., End], what: str, count: int) -> list[tuple[End, Place]]:
        places = [prepared(at / f"{what}-{k}", source, command) for k in range(count)]
        with ThreadPoolExecutor(count) as pool:
            return [*zip(pool.map(lambda place: end(arguments, place, **after), places), places, strict=True)]

    if isinstance(ways, WarmProcesses):
        places = [prepared(at / f"learn-{k}", source, command) for k in range(ways.count)]
        ways.learn(arguments, places, **after)
    cold, *_ = several(WholeProcesses(1).end, "whole", 1)
    ends = several(ways.end, "alone", ways.count)
    if command != LASTING:
        for end, place in (cold, *ends):
            if end.status != 0:
                raise ValueError(f"{command} fails by itself: {end.stderr}")
            if given(end, place) != given(*cold):
                raise ValueError(f"{command} does not give the same twice: {cold[0]} {end}")
    slowest = max((end for end, _ in ends), key=lambda end: end.ran)
    print(f"{command} takes {slowest.ran:.2f} s, as a whole process {cold[0].ran:.2f} s", flush=True)
    return slowest


def given(end: End, place: Place) -> tuple[int | None, str, str, dict[str, str]]:
    """Return what a command gives: status, what it says, and the files it leaves, tables with their content."""
    files = {}
    for path in sorted(path for path in place.at.rglob("*") if path.is_file()):
        if path.name not in ("stdout", "stderr", "modules"):
            table = path.suffix in (".parquet", ".csv")
            files[str(path.relative_to(place.at))] = (
                hashlib.sha256(path.read_bytes()).hexdigest() if table else ""
            )
    return end.status, end.stdout, end.stderr, files


def strange(attack: Attack, ways: Ways, at: Path, source: Path, usual: End) -> tuple[End, str]:
    """Return how the command ended, and what is wrong with what it said or left; empty where nothing is."""
    arguments, place = COMMANDS[attack.command], prepared(at, source, attack.command)
    before = {each.name for each in place.folder.iterdir()} | {"begun"}
    end = ways.end(arguments, place, attack.number, attack.after)
    if end.status is None:
        return end, f"still runs {end.took:.0f} seconds after the signal"
    wrong = []
    if (place.folder / "begun").exists():  # else whoever started this may have left the signal ignored
        wrong += misspoken(attack, end, usual)
    killed = end.status == -signal.SIGKILL
    if killed and hidden(place):
        again = ways.end(arguments, place)
        finished = "is finished already" in again.stderr and (place.folder / "out").exists()
        if not finished and (again.status != 0 or again.stderr != usual.stderr):
            wrong.append(f"after it the command ends with {again.status}: {again.stderr.strip()[-300:]}")
    kept = {"out.unfinished"} if attack.command in WITH_PAGE and end.status != 0 else set()
    left = {each.name for each in place.folder.iterdir()} - before - {"out", "page.html", "tables.zip"} - kept
    wrong += [f"left {name}" for name in sorted(left | set(hidden(place)))]
    if (place.folder / "out").exists():
        verified = ways.end(("verify", "out"), place)
        if verified.status != 0:
            said = (verified.stdout + verified.stderr).strip()[-300:]
            wrong.append(f"the folder is not whole: {said}")
    for name in {"out", "page.html"} & set(arguments):
        if end.status == 0 and not (place.folder / name).exists():
            wrong.append(f"ended well without {name}")
    return end, "; ".join(wrong)


def misspoken(attack: Attack, end: End, usual: End) -> list[str]:
    """Return what is wrong with the status of a command and with what it said."""
    if end.status == -signal.SIGKILL and attack.signal == "SIGKILL":
        word = ""
    elif end.status == 128 + attack.number:
        word = WORD
    elif end.status == 0:
        word = ""
        if end.stdout != usual.stdout and attack.command != LASTING:
            return [f"ended well and said {end.stdout[-300:]!r}"]
    else:
        return [f"ended with status {end.status} and said {end.stderr[-300:]!r}"]
    if attack.command in WITH_PAGE:  # what took more than a few seconds says what is kept of it
        end = dataclasses.replace(end, stderr=re.sub(r"interrupted; .* kept: .*\n$", WORD, end.stderr))
    return [] if end.stderr in (word, usual.stderr + word) else [f"said {end.stderr[-300:]!r}"]


def hidden(place: Place) -> list[str]:
    """Return the names of what is hidden in the folder of a command, and of all that is temporary."""
    return [
        *(each.name for each in place.folder.iterdir() if each.name.startswith(".")),
        *(each.name for each in place.temporary.iterdir()),
    ]


def attacks(
    name: str, signals: Sequence[str], moments: int, luck: random.Random, takes: float
) -> Iterator[Attack]:
    """Yield every attack on a command; moments are spread over a little more than what it takes."""
    most = LONGEST if name == LASTING else 1.2 * takes
    for each in signals:
        yield from (Attack(name, each, luck.uniform(0, most)) for _ in range(moments))


def main() -> int:
    """Attack, print a table and what was wrong; the status is 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--warm", action="store_true", help="fork commands from a process with everything loaded"
    )
    parser.add_argument(
        "--bare", action="store_true", help="let commands make no pages, which take most of their time"
    )
    parser.add_argument("--signals", nargs="+", choices=SIGNALS, default=SIGNALS, metavar="SIGNAL")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(COMMANDS)}")
    asked = parser.parse_args()
    for name in SIGNALS[:-1]:
        signal.signal(
            getattr(signal, name), signal.SIG_DFL
        )  # a job in the background would pass on deaf ears
    if asked.bare:
        COMMANDS.update({name: (*COMMANDS[name], "--no-report") for name in WITH_PAGE})
    ways = WarmProcesses(asked.workers) if asked.warm else WholeProcesses(asked.workers)
    ended: Counter[tuple[str, str, str]] = Counter()
    bad, slowest = 0, 0.0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(asked.workers) as pool:
        folder = Path(name)
        source = make_source(folder / "source")
        for command in asked.commands or tuple(COMMANDS):
            usual = alone(command, ways, folder / f"{command}-alone", source)
            luck = random.Random(asked.seed)
            chosen = attacks(command, asked.signals, asked.moments, luck, usual.ran)

            def one(item: tuple[int, Attack], usual: End = usual) -> tuple[Attack, End, str]:
                at = folder / f"{item[1].command}-{item[1].signal}-{item[0]}"
                try:
                    return item[1], *strange(item[1], ways, at, source, usual)
                finally:
                    shutil.rmtree(at, ignore_errors=True)

            for attack, end, wrong in pool.map(one, enumerate(chosen)):
                ended[attack.command, attack.signal, "done" if end.status == 0 else str(end.status)] += 1
                slowest = max(slowest, end.took)
                if wrong:
                    bad += 1
                    print(f"{attack}: {wrong}", flush=True)
    for (command, number, how), count in sorted(ended.items()):
        print(f"{command:<12} {number:<8} ended with {how:<5} {count:>5} times")
    print(
        f"{sum(ended.values()):,} signals, {bad} of them with something wrong; an end took at most {slowest:.1f} s"
    )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
