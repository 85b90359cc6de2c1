"""Whoever watches a history event by event; both drivers tell them the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np

from simulation.model.state import State
from simulation.outcomes.events import Event


class Watcher(Protocol):
    """Is told of each event before it happens, while the state is as it was, and after it."""

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at the state just before an event (at `time`, days)."""

    def after(self, record: Event) -> None:
        """Take note of an event that has just happened."""


class Announcer:
    """Tells watchers of the events of one history before they happen."""

    def __init__(self, state: State) -> None:
        """Look at the clocks of a history, which stay where they are while it is played."""
        clocks = state.clocks.view(np.ndarray)
        heap = state.heap.view(np.ndarray)
        self._process, self._due, self._times = clocks["process"], heap["clock"], heap["time"]
        self._first: list[int] = state.world["first_clock"][0].tolist()

    def announce(self, watchers: Iterable[Watcher]) -> None:
        """Tell watchers of the event that is due next; there must be one."""
        clock = self._due.item(0)
        process, time = self._process.item(clock), self._times.item(0)
        entity = clock - self._first[process]
        for watcher in watchers:
            watcher.before(process, entity, time)
