"""How many histories a worker is given at a time: it decides how long a run takes, and no number of it."""

from __future__ import annotations

from simulation.engine.ensemble import CHUNK, CHUNK_BYTES
from simulation.world.world import World

SECONDS = 1.0
"""That a block takes about: to ask for it and to fetch it takes a hundredth of that."""
SHARES = 2
"""A worker gets at most one in so many of its share of what is left, so that all end at about the same time."""


class BlockSize:
    """Says how many histories the next block has, from how long those before have taken."""

    def __init__(self, world: World) -> None:
        """Begin with little: before one is done, a history is taken to last to its last day."""
        self._largest = world.template.daily.nbytes
        self._most = CHUNK
        self._is_known = False

    def next(self, left: int, workers: int) -> int:
        """Return how many of the histories that are left are given to one of some workers, at least one."""
        within = min(self._most, CHUNK_BYTES // self._largest, -(-left // (SHARES * workers)))
        return max(1, within)

    def note(self, histories: int, seconds: float, largest: int) -> None:
        """Take note of a block that was played: how long it took [s], and the size of its largest history [bytes]."""
        self._largest = max(largest, self._largest if self._is_known else 1)
        self._is_known = True
        self._most = max(1, round(histories * SECONDS / max(seconds, 1e-6)))
