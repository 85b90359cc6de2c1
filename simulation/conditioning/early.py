"""Whether it pays to play what a move leads to up to an earlier day first, as it may be refused for that already."""

from __future__ import annotations

ENOUGH = 50
"""Histories asked of an earlier day after which it is known how many pass."""


class EarlyDays:
    """How many histories that were played up to an earlier day had to be played on to a later one.

    Each time a history is played from its start, and a day takes about as long as any other.
    """

    def __init__(self) -> None:
        """Begin without experience."""
        self._known: dict[tuple[float, float], tuple[int, int]] = {}

    def pays(self, early: float, day: float) -> bool:
        """Say whether playing to an early day first takes less time than it saves; so it is until that is known."""
        asked, passed = self._known.get((early, day), (0, 0))
        return asked < ENOUGH or (1 - passed / asked) * day > early

    def learn(self, early: float, day: float, asked: int, passed: int) -> None:
        """Take in how many of those asked of an early day passed."""
        before = self._known.get((early, day), (0, 0))
        self._known[early, day] = before[0] + asked, before[1] + passed
