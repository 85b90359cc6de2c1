"""Whoever watches a history event by event; both drivers tell them the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from simulation.model.state import State
from simulation.outcomes.events import Event


class Watcher(Protocol):
    """Is told of each event before it happens, while the state is as it was, and after it."""

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at the state just before an event (at `time`, days)."""

    def after(self, record: Event) -> None:
        """Take note of an event that has just happened."""


def announce(state: State, watchers: Iterable[Watcher]) -> None:
    """Tell watchers of the event that is due next; there must be one."""
    first = int(state.clocks["heap"][0])
    process, time = int(state.clocks["process"][first]), float(state.clocks["heap_time"][0])
    entity = first - int(state.world["first_clock"][0, process])
    for watcher in watchers:
        watcher.before(process, entity, time)
