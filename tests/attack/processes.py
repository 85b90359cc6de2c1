"""Two ways to have a command ended by a signal: each a whole process, or each forked from a warm one."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands import SECONDS, START, environment

PATIENCE = 30.0
"""Seconds within which a command must have ended after a signal; more than it needs, for machines under load."""
MARK = """signal.signal(signal.SIGHUP, signal.SIG_DFL)
import pathlib, cli
heard = cli.end_in_a_word
cli.end_in_a_word = lambda: (heard(), pathlib.Path("begun").touch())
"""
BEGIN = START.replace("; import cli; ", f"\n{MARK}")
"""The command, deaf to nothing, even after `nohup`; before it leaves its mark Python ends it in its own way."""


@dataclass(frozen=True)
class Place:
    """Folders of a command's own: the one it is started in, and the one for what is temporary."""

    at: Path

    @property
    def folder(self) -> Path:
        return self.at / "folder"

    @property
    def temporary(self) -> Path:
        return self.at / "temporary"


@dataclass(frozen=True, kw_only=True)
class End:
    """How a command ended: its status, None if it never did, negative if by the signal; what it said on its streams.

    It `ran` from its start to its end, and `took` from the signal [s].
    """

    status: int | None
    ran: float
    took: float
    stdout: str
    stderr: str


class WholeProcesses:
    """Every command is a process of its own, as for a user."""

    def __init__(self, count: int) -> None:
        self.count = count

    def end(self, arguments: Sequence[str], place: Place, number: int = 0, after: float = SECONDS) -> End:
        """Run a command in a place, send it a signal after some seconds, 0 for none, and return how it ended."""
        begun = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", BEGIN, *arguments], cwd=place.folder, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(TMPDIR=str(place.temporary)),
        )  # fmt: skip
        try:
            stdout, stderr = process.communicate(timeout=after)
            sent = time.monotonic()
        except subprocess.TimeoutExpired:
            if number:
                process.send_signal(number)
            sent = time.monotonic()
            try:
                stdout, stderr = process.communicate(timeout=PATIENCE if number else 0)
            except subprocess.TimeoutExpired:
                process.kill()
                stdout, stderr = process.communicate()
                now = time.monotonic()
                return End(status=None, ran=now - begun, took=now - sent, stdout=stdout, stderr=stderr)
        now = time.monotonic()
        return End(status=process.returncode, ran=now - begun, took=now - sent, stdout=stdout, stderr=stderr)


class WarmProcesses:
    """Every command is forked from one of several processes that have everything loaded.

    `settings` are constants of the program, by their full names, that have other values in the commands.
    """

    def __init__(self, count: int, settings: Mapping[str, float] | None = None) -> None:
        self.count, self._settings = count, dict(settings or {})
        self._all = [
            subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("warm.py"))], text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, env=environment(OPENBLAS_NUM_THREADS="1"),
            )
            for _ in range(count)
        ]  # fmt: skip
        self._free: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        for each in self._all:
            self._free.put(each)

    def close(self) -> None:
        """End the processes, which are idle."""
        for each in self._all:
            each.stdin.close()
            each.wait()
            each.stdout.close()

    def end(self, arguments: Sequence[str], place: Place, number: int = 0, after: float = SECONDS) -> End:
        """Do as `WholeProcesses.end` does."""
        process = self._free.get()
        try:
            return self._end(process, arguments, place, number, after)
        finally:
            self._free.put(process)

    def learn(self, arguments: Sequence[str], places: Sequence[Place], after: float = SECONDS) -> list[End]:
        """Run a command once in each process, which imports what it imported, or end it after some seconds."""

        def one(process: subprocess.Popen[str], place: Place) -> End:
            return self._end(process, arguments, place, 0, after, modules=str(place.at / "modules"))

        with ThreadPoolExecutor(self.count) as pool:
            return list(pool.map(one, self._all, places))

    def _end(
        self,
        process: subprocess.Popen[str],
        arguments: Sequence[str],
        place: Place,
        number: int,
        after: float,
        **more: str,
    ) -> End:
        streams = {name: place.at / name for name in ("stdout", "stderr")}
        for path in streams.values():
            path.touch()  # a command that is ended at once has no time to
        asked: dict[str, Any] = {
            "arguments": [*arguments], "folder": str(place.folder), "temporary": str(place.temporary),
            "signal": number, "after": after, "patience": PATIENCE,
            "settings": self._settings, **more,
        }  # fmt: skip
        print(json.dumps(asked | {name: str(path) for name, path in streams.items()}), file=process.stdin)
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        return End(**answer, **{name: path.read_text(encoding="utf-8") for name, path in streams.items()})
