"""Tells those who listen, on the server's event loop, that something has changed; any thread may say so."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator


class Feed:
    """Wakes its listeners. What has changed they look up themselves, so that nobody can miss a part of it."""

    def __init__(self) -> None:
        """Begin without listeners."""
        self._listeners: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closed = False

    def __len__(self) -> int:
        """Return how many listen."""
        return len(self._listeners)

    @contextlib.contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """Give an event that is set whenever something has changed; called on the event loop."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._listeners.add(event)
        try:
            yield event
        finally:
            self._listeners.discard(event)

    def tell(self) -> None:
        """Wake all who listen."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, and nobody listens
                self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Let all who listen go."""
        self.closed = True
        self.tell()

    def _wake(self) -> None:
        for event in self._listeners:
            event.set()
