"""A class of many at once: pupils who join, guess and play, spectators, and a server that is killed in between.

`python benchmarks/classroom.py` serves a lesson from a process of its own and plays 40 pupils and 200 spectators on
the same machine. It prints how long every reaction took, how long after it was kept a dot was with each listener, and
whether each listener has each dot once, and who had the cores meanwhile: its figures say something of the program
where other programs had next to nothing. With `--kill` the server is ended by signal 9 while histories are played, and
started again; with `--sleep 60` it stands still for a minute. It ends with status 1 where a bound of docs/classroom.md
is not met.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from machine_load import Shares, Watch, cpu_seconds

CLI = Path(__file__).resolve().parents[1] / "cli.py"
REACTION_SECONDS, DOT_SECONDS = 1.0, 2.0
JOINING_SECONDS, PLAYING_SECONDS = 10.0, 10.0
LOOK_SECONDS = 0.02


@dataclass
class Heard:
    """What all listeners saw and all who asked waited for."""

    reactions: dict[str, list[float]] = field(default_factory=dict)
    kept: dict[int, float] = field(default_factory=dict)
    """When a dot was first seen in the database, by number."""
    arrivals: list[list[tuple[int, float]]] = field(default_factory=list)
    """Of each listener, the dots as they came."""


class Server:
    """The command as a process that can be killed and started again."""

    def __init__(self, lesson: str, folder: Path) -> None:
        self.lesson, self.folder = lesson, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None
        self._ended = 0.0

    def start(self) -> None:
        command = [
            sys.executable,
            str(CLI),
            "classroom",
            self.lesson,
            "--port",
            str(self.port),
            "--out",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 300
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as asked:
                asked.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if asked.recv(12) == b"HTTP/1.1 200":
                    return
            time.sleep(0.1)
        raise TimeoutError("the server does not come up")

    def kill(self) -> None:
        assert self.process is not None
        self._ended = self.cpu_seconds()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def cpu_seconds(self) -> float:
        """Return the CPU time of the process, and of those that were killed before it [s]."""
        assert self.process is not None
        return self._ended + cpu_seconds(self.process.pid)

    def signalled(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def facts(self) -> dict[str, str]:
        with contextlib.closing(sqlite3.connect(self.folder / "class.sqlite")) as base:
            return dict(base.execute("SELECT name, value FROM fact"))


class Client:
    """One browser: requests over a connection that is kept, and a stream beside it."""

    def __init__(self, port: int, heard: Heard, who: str) -> None:
        self.port, self.heard, self.who = port, heard, who
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, body: Any = None) -> Any:
        """Ask until there is an answer, as a page does; the time until then is a reaction."""
        began = time.monotonic()
        while True:
            try:
                status, found = await self._once(path, body)
            except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
                self._open = None
                await asyncio.sleep(0.5)
                continue
            if status not in (429, 503):
                break
            await asyncio.sleep(1)
        self.heard.reactions.setdefault(path, []).append(time.monotonic() - began)
        assert status == 200, (path, status, found)
        return found

    async def _once(self, path: str, body: Any) -> tuple[int, Any]:
        if self._open is None:
            self._open = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._open
        text = b"" if body is None else json.dumps(body).encode()
        writer.write(_head("GET" if body is None else "POST", path, self.who, len(text)) + text)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        content = await reader.readexactly(length)
        return int(head.split()[1]), json.loads(content) if "application/json" in head else content

    async def listen(self, arrived: list[tuple[int, float]]) -> None:
        """Note every dot and when it came; come back after every break for those since the last."""
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ConnectionError):
                async for dots in self._dots(arrived[-1][0] if arrived else 0):
                    arrived += [(int(dot[0]), time.monotonic()) for dot in dots]
            await asyncio.sleep(random.uniform(0.3, 0.8))

    async def _dots(self, after: int) -> AsyncIterator[list[Any]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        try:
            writer.write(_head("GET", f"/api/stream?after={after}", self.who, 0))
            while line := await reader.readline():
                if line.startswith(b"data: [["):
                    yield json.loads(line[6:])
        finally:
            writer.close()


def _head(method: str, path: str, who: str, length: int) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        f"Authorization: {who}",
        f"Content-Length: {length}",
    ]
    return "\r\n".join([*lines, "Content-Type: application/json", "", ""]).encode()


async def _pupil(k: int, asked: argparse.Namespace, port: int, heard: Heard, code: str, stages: Any) -> None:
    """Join, look, guess, and play all histories in presses of five or all at once, as pupils do."""
    token = secrets.token_urlsafe(24)
    client = Client(port, heard, f"Seat {token}")
    await asyncio.sleep(random.uniform(0, JOINING_SECONDS))
    await client.ask("/")
    await client.ask("/static/room.js")
    await client.ask("/api/join", {"code": code, "nickname": f"pupil {k}", "token": token})
    heard.arrivals.append([])
    listening = asyncio.create_task(client.listen(heard.arrivals[-1]))
    await stages["predict"].wait()
    lesson = (await client.ask("/api/state"))["lesson"]
    for c in range(len(lesson["choices"])):
        for q in range(len(lesson["questions"])):
            await asyncio.sleep(random.uniform(0, 2))
            await client.ask("/api/guess", {"choice": c, "question": q, "value": random.randrange(100)})
    await stages["play"].wait()
    await asyncio.sleep(random.uniform(0, PLAYING_SECONDS))
    left = asked.histories
    while left:
        count = min(left, random.choice((5, 25)))
        body = {"choice": k % len(lesson["choices"]), "count": count, "request": secrets.token_urlsafe(12)}
        await client.ask("/api/play", body)
        left -= count
    await stages["end"].wait()
    listening.cancel()


async def _spectator(port: int, heard: Heard, code: str, stages: Any) -> None:
    await asyncio.sleep(random.uniform(0, JOINING_SECONDS))
    heard.arrivals.append([])
    listening = asyncio.create_task(Client(port, heard, f"Code {code}").listen(heard.arrivals[-1]))
    await stages["end"].wait()
    listening.cancel()


async def _watch_database(file: Path, heard: Heard) -> None:
    """Note when each dot is kept."""
    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    while True:
        with contextlib.suppress(sqlite3.Error):
            last = base.execute("SELECT coalesce(max(number), 0) FROM dot").fetchone()[0]
            for number in range(len(heard.kept) + 1, last + 1):
                heard.kept[number] = time.monotonic()
        await asyncio.sleep(LOOK_SECONDS)


async def _lesson(asked: argparse.Namespace, server: Server, heard: Heard) -> tuple[float, Shares]:
    """Hold the lesson; return how long playing took [s], and who had the cores in all of it."""
    facts, watch = server.facts(), Watch(server.cpu_seconds())
    stages = {name: asyncio.Event() for name in ("predict", "play", "end")}
    teacher = Client(server.port, heard, f"Teacher {facts['teacher']}")
    tasks = [
        asyncio.create_task(_pupil(k, asked, server.port, heard, facts["code"], stages))
        for k in range(asked.pupils)
    ] + [
        asyncio.create_task(_spectator(server.port, heard, facts["code"], stages))
        for _ in range(asked.spectators)
    ]
    watching = asyncio.create_task(_watch_database(server.folder / "class.sqlite", heard))
    await asyncio.sleep(JOINING_SECONDS + 2)
    await teacher.ask("/api/stage", {"stage": "predict"})
    stages["predict"].set()
    await asyncio.sleep(10)
    await teacher.ask("/api/stage", {"stage": "play"})
    stages["play"].set()
    began, total = time.monotonic(), asked.pupils * asked.histories
    if asked.kill:
        while len(heard.kept) < total // 4:
            await asyncio.sleep(0.05)
        server.kill()
        print(f"killed after {len(heard.kept)} dots")
        await asyncio.to_thread(server.start)
    if asked.sleep:
        while len(heard.kept) < total // 4:
            await asyncio.sleep(0.05)
        print(f"asleep for {asked.sleep} s after {len(heard.kept)} dots")
        server.signalled(signal.SIGSTOP)
        await asyncio.sleep(asked.sleep)
        server.signalled(signal.SIGCONT)
    until = time.monotonic() + 600
    while (
        not any(task.done() for task in tasks)
        and (len(heard.kept) < total or min(map(len, heard.arrivals)) < total)
        and time.monotonic() < until
    ):
        await asyncio.sleep(0.1)
    took, shares = time.monotonic() - began, watch.shares(server.cpu_seconds())
    stages["end"].set()
    watching.cancel()
    for task in tasks:
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(task, 10)
    return took, shares


def _told(name: str, values: list[float]) -> float:
    ordered = sorted(values)
    at = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(
        f"{name:22} {len(ordered):7,}  p50 {ordered[len(ordered) // 2]:.3f} s  p95 {at:.3f} s  most {ordered[-1]:.3f} s"
    )
    return at


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--lesson", default="no-bombardment")
    parser.add_argument("--pupils", type=int, default=40)
    parser.add_argument("--spectators", type=int, default=200)
    parser.add_argument("--histories", type=int, default=25)
    parser.add_argument("--kill", action="store_true", help="end the server by signal 9 while it plays")
    parser.add_argument(
        "--sleep",
        type=int,
        default=0,
        metavar="S",
        help="stop the server for so long, as a laptop that is closed",
    )
    asked, heard = parser.parse_args(), Heard()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(asked.lesson, Path(folder) / "lesson")
        server.start()
        before = os.getloadavg()[0]
        try:
            took, shares = asyncio.run(_lesson(asked, server, heard))
        finally:
            server.kill()
    total = asked.pupils * asked.histories
    print(f"{total:,} histories in {took:.1f} s, {len(heard.arrivals)} listeners")
    print(shares.sentence("pupils and spectators"))
    print(f"load of the machine, mean of a minute: {before:.1f} before, {os.getloadavg()[0]:.1f} at the end")
    slowest = max(_told(path, values) for path, values in sorted(heard.reactions.items()))
    delays = [
        when - heard.kept[number] for each in heard.arrivals for number, when in each if number in heard.kept
    ]
    late = _told("kept until seen", delays)
    whole = all([number for number, _ in each] == list(range(1, total + 1)) for each in heard.arrivals)
    print("every listener has every dot once" if whole else "DOTS ARE LOST OR THERE TWICE")
    return (
        0
        if whole and (asked.kill or asked.sleep or (slowest < REACTION_SECONDS and late < DOT_SECONDS))
        else 1
    )


if __name__ == "__main__":
    sys.exit(main())
