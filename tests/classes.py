"""A class as tests have it: a lesson served by a thread or a process, and pupils who ask by plain HTTP."""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WAIT_SECONDS = 240.0


@dataclass
class Served:
    """A room and the port at which it is served."""

    room: Any
    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def teacher(self) -> Asker:
        return Asker(self.port, f"Teacher {self.room.teacher}")

    def joined(self, nickname: str) -> Pupil:
        return Pupil.joined(self.port, self.room.code, nickname)


@dataclass
class Asker:
    """Somebody who asks, and says who it is."""

    port: int
    who: str = ""

    def ask(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Return the status and what was answered, as data where it is JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        sent = {"Authorization": self.who} if self.who else {}
        text = None
        if body is not None:
            sent["Content-Type"], text = (
                "application/json",
                body if isinstance(body, bytes) else json.dumps(body),
            )
        connection.request("GET" if body is None else "POST", path, text, sent | (headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        is_json = answer.headers.get("content-type", "").startswith("application/json")
        return answer.status, json.loads(content) if is_json else content

    def events(self, until: Any, after: int = 0) -> list[tuple[str, Any]]:
        """Return the events that are streamed until one makes `until` true."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)
        connection.request("GET", f"/api/stream?after={after}", headers={"Authorization": self.who})
        answer, found, name = connection.getresponse(), [], ""
        began = time.monotonic()
        assert answer.status == 200, answer.read()
        for raw in answer:
            assert time.monotonic() - began < WAIT_SECONDS, "waited too long for an event"
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, json.loads(line.removeprefix("data: "))))
                if until(found):
                    break
        connection.close()
        return found


@dataclass
class Pupil(Asker):
    """A pupil with a seat."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def joined(cls, port: int, code: str, nickname: str) -> Pupil:
        found = cls(port)
        found.who = f"Seat {found.token}"
        status, answer = found.join(code, nickname)
        assert status == 200, answer
        return found

    def join(self, code: str, nickname: str, word: str = "") -> tuple[int, Any]:
        return self.ask("/api/join", {"code": code, "nickname": nickname, "token": self.token, "word": word})

    def guess(self, choice: int, question: int, value: Any) -> tuple[int, Any]:
        return self.ask("/api/guess", {"choice": choice, "question": question, "value": value})

    def play(self, choice: int, count: int, request: str = "") -> tuple[int, Any]:
        asked = {"choice": choice, "count": count, "request": request or secrets.token_urlsafe(12)}
        return self.ask("/api/play", asked)


@contextmanager
def served(lesson: str, folder: Path, **bounds: int) -> Iterator[Served]:
    """Serve a lesson from a thread of this process."""
    from simulation.classroom.address import address_of, bound
    from simulation.classroom.application import Application
    from simulation.classroom.ending import write_results
    from simulation.classroom.plan import plan_of
    from simulation.classroom.room import Bounds, Room
    from simulation.classroom.server import Server
    from simulation.classroom.store import Store

    folder.mkdir(parents=True, exist_ok=True)
    store, place = Store(folder / "class.sqlite"), bound("127.0.0.1", 0)
    room = Room(plan_of(lesson, seed=1), store, Bounds(**bounds), workers=2)
    room.player.warm_up()

    def take_home() -> None:
        threading.Thread(target=lambda: room.ended(str(write_results(room, folder, 2, False)))).start()

    server = Server(Application(room, address_of(place), take_home).guarded(), room.feed)
    thread = threading.Thread(target=server.serve_at, args=(place,))
    thread.start()
    room.player.start()
    wait_for(lambda: server.started, "the server")
    try:
        yield Served(room=room, port=place.getsockname()[1], folder=folder)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        room.player.stop()
        store.close()
        place.close()


class Command:
    """The command itself, as a process that answers."""

    def __init__(self, lesson: str, port: int, folder: Path) -> None:
        command = [
            sys.executable,
            str(ROOT / "cli.py"),
            "classroom",
            lesson,
            "--port",
            str(port),
            "--out",
            str(folder),
        ]
        self.folder = folder
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        wait_for(lambda: self._answers(port), "the command")

    def _answers(self, port: int) -> bool:
        try:
            return Asker(port).ask("/")[0] == 200
        except OSError:
            assert self.process.poll() is None, "the command has ended"
            return False

    def facts(self) -> dict[str, str]:
        """Return what the lesson's folder says of it: code, teacher's key, stage."""
        with closing(sqlite3.connect(self.folder / "class.sqlite")) as base:
            return dict(base.execute("SELECT name, value FROM fact"))


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(holds: Any, what: str = "it") -> None:
    """Wait until something holds."""
    until = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < until, f"waited too long for {what}"
        time.sleep(0.05)
