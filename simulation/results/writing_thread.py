"""A thread that writes while histories are played: the libraries that write let go of the interpreter meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from simulation.io.signals import in_background

AHEAD = 2


class WritingThread:
    """Does pieces of work one after the other, in the order in which they are given.

    What goes wrong with one is raised by the next call here, and nothing that was given after it is done. A signal that
    ends the program waits for the piece under way, and no other is begun.
    """

    def __init__(self, ahead: int = AHEAD) -> None:
        """Begin without work, of which `ahead` pieces may wait or be under way; the first starts the thread."""
        self._ahead = ahead
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writing")
        self._waiting: deque[Future[None]] = deque()
        self._failed = False

    def do(self, work: Callable[[], object]) -> None:
        """Take a piece of work; wait first while there are as many as may be."""
        while self._waiting and (len(self._waiting) >= self._ahead or self._waiting[0].done()):
            self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(self._done, work))

    def settle(self) -> None:
        """Wait until all is done."""
        while self._waiting:
            self._waiting.popleft().result()

    def stop(self) -> None:
        """End the thread: the piece under way is still done, and what waits is dropped without a word."""
        self._failed = True
        self._pool.shutdown(cancel_futures=True)
        self._waiting.clear()

    def _done(self, work: Callable[[], object]) -> None:
        if self._failed:
            return
        try:
            with in_background():
                work()
        except BaseException:
            self._failed = True
            raise
