"""Signals that end a process, as exceptions: what is half-finished can then be removed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

ENDS = ("SIGTERM", "SIGHUP")
"""Signals that would end the process without a word; Ctrl-C is an exception by itself."""


@contextmanager
def ends_as_exceptions() -> Iterator[None]:
    """Let signals that would end the process raise SystemExit, so that what is half-finished is removed.

    A signal that somebody handles or ignores is left to that, and so are all where this is no main thread.
    """
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in (getattr(signal, name) for name in ENDS if hasattr(signal, name)):
            if signal.getsignal(number) is signal.SIG_DFL:
                before[number] = signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
