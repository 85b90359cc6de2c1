"""Signals that end a process: what is half-finished is removed first, at whatever moment they come.

Two ways. In the program (`end_in_a_word`) a thread of its own waits for them, removes what `remember` was told of, says
one line and ends the process: no exception has to find its way through libraries, imports or a compiler. In the library
(`ends_as_exceptions`) they raise SystemExit where results are being written, as Ctrl-C raises KeyboardInterrupt.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

NAMES = (
    "SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGVTALRM", "SIGPROF", "SIGXCPU",
)  # fmt: skip
"""Signals that end a process unless it says otherwise, but for those that tell of a crash."""
ENDS = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))
WORD = b"interrupted"
CLEAN_LINE = b"\r\x1b[2K\x1b[?25h"
"""Sent to a terminal: wipe the line of the progress bar and show the cursor again."""
PATIENCE = 0.4
"""Seconds for the main thread to stop by itself; within a compiler it cannot."""
LONGEST = 10.0
"""Seconds for a piece of work in the background to end; a disk that hangs does not keep the program."""

_unfinished: list[Callable[[], None]] = []
_last_words = b""
_parked = threading.Event()
_put_off = 0
_background = threading.Lock()


def remember(remove: Callable[[], None]) -> None:
    """Have something removed if the program is ended before `forget`; it may be called at any moment, and twice."""
    _unfinished.append(remove)


def forget(remove: Callable[[], None]) -> None:
    """Take back `remember`."""
    with contextlib.suppress(ValueError):
        _unfinished.remove(remove)


def last_words(text: str) -> None:
    """Have something said after "interrupted", on the same line, if the program is ended: what is kept, if anything."""
    global _last_words
    _last_words = f"; {text}".encode(errors="backslashreplace") if text else b""


def end_in_a_word() -> None:
    """From now on let signals end the program with one line on stderr and status 128 + number, nothing half-finished.

    Signals that are ignored, as after `nohup`, stay ignored, and so stay handlers of somebody else.
    """
    if sys.platform == "win32":
        return
    ours = {n for n in ENDS if signal.getsignal(n) in (signal.SIG_DFL, signal.default_int_handler)}
    read, write = os.pipe()
    os.set_blocking(write, False)
    threading.Thread(target=_watch, args=(read, ours), name="signals", daemon=True).start()
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in ours:
        signal.signal(number, _park)


def _watch(read: int, ours: set[int]) -> None:
    """Wait for a signal, then for the main thread to stand still, remove what is unfinished and end."""
    number = 0
    while number not in ours:
        number = os.read(read, 1)[0]
    while not _parked.wait(PATIENCE) and _put_off:
        pass
    _background.acquire(timeout=LONGEST)  # for good: nothing is begun in the background from now on
    for remove in reversed(_unfinished.copy()):
        with contextlib.suppress(Exception):
            remove()
    with contextlib.suppress(OSError):
        os.write(2, (CLEAN_LINE if os.isatty(2) else b"") + WORD + _last_words + b"\n")
    os._exit(128 + number)


def _park(number: int, frame: FrameType | None) -> None:
    """Stand still in the main thread: it must not make again what is being removed, nor say anything more."""
    if _parked.is_set():
        return
    _parked.set()
    while True:
        time.sleep(3600)


def end_in_peace() -> None:
    """Ignore from now on what would end the program, which ends by itself.

    Python takes its handlers back before it is gone, and a signal that came then would change the status.
    """
    for number in ENDS:
        if signal.getsignal(number) is _park:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off what a signal does to the end of the block, which must be short."""
    global _put_off
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Any] = {n: signal.getsignal(n) for n in ENDS if callable(signal.getsignal(n))}
    _put_off += 1
    try:
        for number in before:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _put_off -= 1
        for number in came[:1]:
            before[number](number, None)


@contextmanager
def in_background() -> Iterator[None]:
    """Have a signal that ends the program wait for the end of the block, in a thread that writes; one at a time."""
    with _background:
        yield


@contextmanager
def ends_as_exceptions() -> Iterator[None]:
    """Let signals that would end the process raise SystemExit, so that what is half-finished is removed.

    A signal that somebody handles or ignores is left to that, and so are all where this is no main thread.
    """
    before: list[int] = []
    if threading.current_thread() is threading.main_thread():
        before = [number for number in ENDS if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in before:
            signal.signal(number, _end)
        yield
    finally:
        for number in before:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
