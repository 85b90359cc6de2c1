"""Sends every signal to every command at random moments: `python tests/attack/signals.py --moments 100`.

A command that is ended says so in one line at most and leaves nothing but, of a run, what is kept of it; what SIGKILL
leaves, a later run clears; a results folder is absent or whole.
With the same seed and the same times the same moments come again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))  # pytest would have done it

from commands import COMMAND, SECONDS, START, environment

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")
FEW = ("--quiet", "-n", "20")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "two-valleys", *FEW, "--out", "out"),
    "compare": ("compare", "duel", "rifles.yaml", *FEW, "--out", "out"),
    "sensitivity": ("sensitivity", "two-valleys", "--quiet", "--histories", "400", "--out", "out"),
    "hindcast": ("hindcast", "two-valleys", "--truth", "truth.yaml", *FEW, "--out", "out"),
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
GIVEN = {
    "rifles.yaml": "extends: duel\ninputs: {red_fighters: 2}\n",
    "truth.yaml": (
        "title: Made up\nstart: 2024-01-01\n"
        "truth: [{series: area_km2, side: river_council, day: 2, value: 900}, {ending: truce}]\n"
    ),
}
LONGEST = 8.0
"""Seconds of a command from its start that are attacked."""
MARK = """signal.signal(signal.SIGHUP, signal.SIG_DFL)
import pathlib, cli
heard = cli.end_in_a_word
cli.end_in_a_word = lambda: (heard(), pathlib.Path("begun").touch())
"""
BEGIN = START.replace("; import cli; ", f"\n{MARK}")
"""The command, deaf to nothing, even after `nohup`; before it leaves its mark Python ends it in its own way."""


@dataclass(frozen=True)
class Attack:
    """One signal to one command, a number of seconds after its start."""

    command: str
    signal: str
    after: float

    def __str__(self) -> str:
        """Return how the attack is told."""
        return f"{self.command:<12} {self.signal:<8} after {self.after:.3f} s"


def prepared(folder: Path, whole: Path | None) -> Path:
    """Make a folder of one's own for a command, with the files that commands are given."""
    folder.mkdir()
    for name, text in GIVEN.items():
        (folder / name).write_text(text, encoding="utf-8")
    if whole is not None:
        shutil.copytree(whole, folder / "whole")
    return folder


def started(command: str, folder: Path) -> subprocess.Popen[str]:
    """Start a command in a folder."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN, *COMMANDS[command]], cwd=folder, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def seconds_of(command: str, folder: Path, whole: Path | None) -> float:
    """Return how long a command takes when it is left alone; ValueError where it fails."""
    begun = time.monotonic()
    process = started(command, prepared(folder, whole))
    _, told = process.communicate(timeout=SECONDS)
    if process.returncode:
        raise ValueError(f"{command} fails by itself: {told}")
    return time.monotonic() - begun


def strange(attack: Attack, folder: Path, whole: Path | None) -> tuple[str, str]:
    """Return how the command ended, and what is wrong with what it said or left; empty where nothing is."""
    before = {each.name for each in prepared(folder, whole).iterdir()} | {"begun"}
    process = started(attack.command, folder)
    number = getattr(signal, attack.signal)
    try:
        process.wait(attack.after)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    sent = time.monotonic()
    try:
        _, told = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "hung", "still runs 20 seconds after the signal"
    code, killed = process.returncode, attack.signal == "SIGKILL"
    early = not (folder / "begun").exists()  # then whoever started this may have left the signal ignored
    took = time.monotonic() - sent
    wrong = [f"took {took:.1f} s to end"] if took > 10 and not early else []
    if code not in (0, 128 + number) and not early and not (code == -number and killed):
        wrong.append(f"ended with status {code}")
    lines = [line for line in told.splitlines() if line]
    if not early and (len(lines) > 1 or "Traceback" in told):
        wrong.append(f"said {told.strip()[-300:]!r}")
    if killed and code == -number:
        again = started(attack.command, folder)
        _, told = again.communicate(timeout=SECONDS)
        if again.returncode or told.strip():
            wrong.append(f"after it the command ends with {again.returncode}: {told.strip()[-300:]}")
    left = {each.name for each in folder.iterdir()} - before
    kept = ("out.unfinished",) if attack.command == "run" and code != 0 else ()
    ended = code == 0 or (killed and code == -number)
    wrong += [
        f"left {name}"
        for name in sorted(left)
        if name.startswith(".") or name not in ("out", "page.html", "tables.zip", *kept)
    ]
    if (folder / "out").exists():
        wrong += damage(folder)
    elif ended and "out" in COMMANDS[attack.command]:
        wrong.append("ended well without its folder")
    return "done" if code == 0 else str(code), "; ".join(wrong)


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the results folder in `folder`."""
    done = subprocess.run(
        [*COMMAND, "verify", "out"], cwd=folder, env=environment(), text=True, capture_output=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    return (
        [f"the folder is not whole: {(done.stdout + done.stderr).strip()[-300:]}"] if done.returncode else []
    )


def attacks(names: Sequence[str], signals: Sequence[str], moments: int, seed: int, folder: Path, whole: Path):
    """Yield every attack; moments are spread over a little more than what the command takes."""
    luck = random.Random(seed)
    for name in names:
        seconds_of(name, folder / f"{name}-first", whole)
        takes = seconds_of(name, folder / f"{name}-alone", whole)
        print(f"{name} takes {takes:.2f} s", flush=True)
        most = min(1.2 * takes, LONGEST)
        for each in signals:
            yield from (Attack(name, each, luck.uniform(0, most)) for _ in range(moments))


def main() -> int:
    """Attack, print a table and what was wrong; the status is 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--signals", nargs="+", choices=SIGNALS, default=SIGNALS, metavar="SIGNAL")
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=f"of {', '.join(COMMANDS)}")
    asked = parser.parse_args()
    for name in SIGNALS[:-1]:
        signal.signal(
            getattr(signal, name), signal.SIG_DFL
        )  # a job in the background would pass on deaf ears
    ended: Counter[tuple[str, str, str]] = Counter()
    bad = 0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(asked.workers) as pool:
        folder = Path(name)
        seconds_of("run", folder / "source", None)
        whole = folder / "source" / "out"
        names = asked.commands or tuple(COMMANDS)
        for command in names:
            chosen = list(attacks([command], asked.signals, asked.moments, asked.seed, folder, whole))

            def one(item: tuple[int, Attack]) -> tuple[Attack, str, str]:
                at = folder / f"{item[1].command}-{item[1].signal}-{item[0]}"
                try:
                    return item[1], *strange(item[1], at, whole)
                finally:
                    shutil.rmtree(at, ignore_errors=True)

            for attack, how, wrong in pool.map(one, enumerate(chosen)):
                ended[attack.command, attack.signal, how] += 1
                if wrong:
                    bad += 1
                    print(f"{attack}: {wrong}", flush=True)
    for (command, number, how), count in sorted(ended.items()):
        print(f"{command:<12} {number:<8} ended with {how:<5} {count:>5} times")
    print(f"{sum(ended.values()):,} signals, {bad} of them with something wrong")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
