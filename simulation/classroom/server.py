"""Serves a room with uvicorn: so many connections, none of which may dawdle, and an end without haste."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from simulation.classroom.feed import Feed

MOST_CONNECTIONS: Final = 1_000
"""Idle ones too: uvicorn's own limit (`limit_concurrency`) would turn away pupils whose browsers keep some open."""
MOST_OF_ADDRESS: Final = 600
"""A whole class with its spectators may be behind one address."""
OPEN_FILES: Final = 4096
"""That this process asks the system for: each connection is one."""
HEAD_SECONDS: Final = 10.0
"""In which a connection has to have sent the whole head of a request."""
KEPT_SECONDS: Final = 20
LONGEST_HEAD: Final = 16 << 10
"""Bytes."""


class Gate(H11Protocol):
    """A connection: one too many is closed, and so is one that begins a request and does not go on."""

    _in_time: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let a connection in, or close it."""
        peer = transport.get_extra_info("peername") or ("",)  # whoever has left already
        others = [getattr(each, "client", None) for each in self.connections]
        same = sum(client is not None and client[0] == peer[0] for client in others)
        if len(self.connections) >= MOST_CONNECTIONS or same >= MOST_OF_ADDRESS:
            transport.abort()
            return
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take some bytes of a request."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection that was let in."""
        self._stop_watching()
        if self in self.connections:
            super().connection_lost(exc)

    @property
    def _is_asked(self) -> bool:
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def _watch(self) -> None:
        """Close the connection in a while if no whole head has come by then."""
        if self._is_asked:
            self._stop_watching()
        elif self._in_time is None:
            self._in_time = self.loop.call_later(HEAD_SECONDS, self._close)

    def _stop_watching(self) -> None:
        if self._in_time is not None:
            self._in_time.cancel()
            self._in_time = None

    def _close(self) -> None:
        self._in_time = None
        if not self._is_asked:
            self.transport.abort()


class Server(uvicorn.Server):
    """A server that lets its listeners go when it is to end."""

    def __init__(self, app: ASGIApp, feed: Feed) -> None:
        """Prepare to serve an application."""
        self._feed = feed
        settings: dict[str, Any] = {
            "http": Gate, "ws": "none", "lifespan": "off", "log_config": None, "access_log": False,
            "server_header": False, "proxy_headers": False, "timeout_keep_alive": KEPT_SECONDS,
            "timeout_graceful_shutdown": 3, "h11_max_incomplete_event_size": LONGEST_HEAD, "backlog": 512,
        }  # fmt: skip
        super().__init__(uvicorn.Config(app, **settings))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let listeners go, then end."""
        self._feed.close()
        await super().shutdown(sockets)

    def serve_at(self, place: socket.socket) -> None:
        """Listen at a socket and serve until this process is asked to end."""
        _allow_open_files()
        self.run(sockets=[place])


def _allow_open_files() -> None:
    """Raise the limit of open files, which on some systems is as low as 256."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
