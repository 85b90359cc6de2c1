"""Server-sent events of a room: the lesson, counts and dots as they come, to each who listens what that may see."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.types import Receive, Scope, Send

from simulation.classroom import views
from simulation.classroom.identity import Identity, Role
from simulation.classroom.refusal import RefusalError
from simulation.classroom.room import Room

PAUSE_SECONDS, PAUSE_OF_A_SEAT_SECONDS = 0.3, 0.6
"""Between two messages to the same listener: what happens meanwhile goes together.

Each costs a slow phone some 10 ms, and what a pupil does is answered at once: who has a seat is told less often."""
HEARTBEAT_SECONDS = 10.0
STUCK_SECONDS = 30.0
"""How long a listener may take nothing, such as a phone that sleeps, before the connection is given up."""
MOST_DOTS = 2_000
"""In a message."""


class Texts:
    """The messages that are the same for everybody, put into words once for each change."""

    def __init__(self, room: Room) -> None:
        """Begin with none."""
        self._room, self._version = room, -1
        self._lesson = self._counts = ""

    def now(self) -> tuple[str, str]:
        """Return the lesson and the counts as JSON."""
        if self._version != self._room.version:
            self._version = self._room.version
            self._lesson, self._counts = _json(views.lesson(self._room)), _json(views.counts(self._room))
        return self._lesson, self._counts


class EventStream:
    """The response that goes on until the listener leaves; `after` is the number of the last dot that it has."""

    def __init__(self, room: Room, texts: Texts, identity: Identity, after: int) -> None:
        """Prepare for a listener; RefusalError 429 where too many listen already."""
        self._room, self._texts, self._identity, self._after = room, texts, identity, after
        seat, bounds = identity.seat, room.bounds
        if identity.role is not Role.TEACHER and len(room.feed) >= bounds.streams:
            raise RefusalError(429, "Too many are watching. Close pages that nobody looks at.")
        if seat is not None and seat.streams >= bounds.streams_of_seat:
            raise RefusalError(429, "This seat is open in too many pages. Close some of them.")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send messages until the listener leaves, is stuck, or the server ends."""
        headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        with self._counted():
            sending = asyncio.ensure_future(self._send(send))
            leaving = asyncio.ensure_future(_left(receive))
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    @contextlib.contextmanager
    def _counted(self) -> Any:
        seat = self._identity.seat
        if seat is not None:
            seat.streams += 1
        try:
            yield
        finally:
            if seat is not None:
                seat.streams -= 1

    async def _send(self, send: Send) -> None:
        async for text in self._messages():
            async with asyncio.timeout(STUCK_SECONDS):
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _messages(self) -> AsyncIterator[str]:
        told: dict[str, str] = {}
        pause = PAUSE_SECONDS if self._identity.seat is None else PAUSE_OF_A_SEAT_SECONDS
        with self._room.feed.listening() as changed:
            yield "retry: 1000\n\n"
            while not self._room.feed.closed and not self._is_removed():
                changed.clear()
                text = self._news(told)
                yield text or ": still here\n\n"
                if text:
                    await asyncio.sleep(pause)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await changed.wait()

    def _is_removed(self) -> bool:
        return self._identity.seat is not None and self._identity.seat.removed

    def _news(self, told: dict[str, str]) -> str:
        """Return the messages that differ from what was told before, and the dots since then."""
        lesson, counts = self._texts.now()
        now = {"lesson": lesson}
        if self._identity.seat is None:
            now["counts"] = counts
        else:
            now["you"] = _json(views.mine(self._room, self._identity.seat))
        if self._identity.role is Role.TEACHER:
            now["people"] = _json(views.people(self._room))
        new = {name: text for name, text in now.items() if told.get(name) != text}
        told |= new
        found = "".join(f"event: {name}\ndata: {text}\n\n" for name, text in new.items())
        while dots := self._room.dots[self._after : self._after + MOST_DOTS]:
            self._after = dots[-1].number
            found += f"event: dots\nid: {self._after}\ndata: {_json([views.dot(each) for each in dots])}\n\n"
        return found


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _json(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"))
