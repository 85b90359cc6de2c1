"""Limits: how often something may be done, by whom."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

MOST_KEYS: Final = 5_000
"""Of which a limit keeps count; beyond that those are forgotten that have all their credit."""


class Limit:
    """So many at once, and then so many a second, for each key. May be used from any thread."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Give each key the credit of a burst."""
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def _credit(self, key: str, now: float) -> float:
        left, since = self._left.get(key, (self._burst, now))
        return min(self._burst, left + (now - since) * self._rate)

    def has(self, key: str) -> bool:
        """Return whether there is credit, and use none."""
        with self._lock:
            return self._credit(key, self._clock()) >= 1

    def take(self, key: str) -> bool:
        """Use one, and return whether there was one."""
        with self._lock:
            now = self._clock()
            if len(self._left) > MOST_KEYS:
                self._left = {
                    each: kept for each, kept in self._left.items() if self._credit(each, now) < self._burst
                }
            credit = self._credit(key, now)
            self._left[key] = (credit - 1 if credit >= 1 else credit, now)
            return credit >= 1
