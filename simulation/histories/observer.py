"""A history watched event by event: what happens, and what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from simulation.engine.loop import run_on
from simulation.engine.replicate import Outcome, end_history, start_history
from simulation.histories import causes
from simulation.histories.causes import Cause, Fall, Order, Orders, Step
from simulation.histories.garrisons import Garrisons
from simulation.model.registry import Process
from simulation.model.state import EVENT, State
from simulation.outcomes.events import Event
from simulation.world.world import World

Told = Callable[[Outcome], None]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event and what lies behind it; None for events that need no explanation."""

    record: Event
    cause: Cause | None = None


class Watcher(Protocol):
    """Whoever looks at the state before each event."""

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at the state just before an event (at `time`, days)."""


class Causes:
    """Looks behind the turning points of one history; made at its start, asked before and after each event."""

    def __init__(self, state: State) -> None:
        """Watch the history that this state is at the start of."""
        self._state = state
        self._garrisons = Garrisons(state)
        self._found: Cause | None = None
        self._orders = (np.zeros(0), np.zeros(0))
        self._looks: Mapping[int, Callable[[int], Cause | None]] = {
            Process.GIVE_WAY: lambda unit: causes.breaking(state, unit),
            Process.TRUCE: lambda pair: causes.terms(state, pair),
            Process.JOIN: lambda actor: causes.mood(state, actor),
            Process.DISSOLVE: lambda actor: causes.collapse(state, actor),
            Process.MARCH: self._step,
            Process.SEIZE: self._fall,
            Process.COMMAND: self._note_orders,
        }

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at the state just before an event."""
        look = self._looks.get(process)
        self._found = None if look is None else look(entity)

    def after(self, record: Event) -> Happening:
        """Return the event that has just happened with its cause."""
        if record.process == Process.COMMAND:
            self._found = self._new_orders()
        self._garrisons.note(record, self._found)
        return Happening(record=record, cause=self._found)

    def _step(self, unit: int) -> Step:
        u = self._state.units[unit]
        return Step(cell=int(u["cell"]), order=int(u["order"]), fighters=int(u["strength"]))

    def _fall(self, cell: int) -> Fall:
        holder = int(self._state.cells["control"][cell])
        attackers = causes.strengths(self._state, cell, holder)[1] if holder >= 0 else 0
        return Fall(entered=attackers > 0, attackers=attackers, left=self._garrisons.left(cell))

    def _note_orders(self, _: int) -> None:
        units = self._state.units
        self._orders = (np.array(units["order"]), np.array(units["target"]))

    def _new_orders(self) -> Orders:
        units, (order, target) = self._state.units, self._orders
        new = np.flatnonzero((units["order"] > 0) & ((units["order"] != order) | (units["target"] != target)))
        return Orders(given=tuple(self._order(unit) for unit in new.tolist()))

    def _order(self, unit: int) -> Order:
        u = self._state.units[unit]
        return Order(
            unit=unit, order=int(u["order"]), target=int(u["target"]), cell=int(u["cell"]),
            fighters=int(u["strength"]),
        )  # fmt: skip


def watch(
    world: World,
    replicate: int,
    seed: int,
    told: Told = lambda outcome: None,
    also: Callable[[State], Watcher] | None = None,
) -> Iterator[Happening]:
    """Yield what happens in a history run by the compiled functions, then tell its outcome.

    `also` makes another watcher, who sees the state before each event. RunError when the history cannot be
    used.
    """
    state = start_history(world, replicate, seed)
    watchers: list[Watcher] = [found := Causes(state)]
    if also is not None:
        watchers.append(also(state))
    log = np.zeros(1, EVENT).view(np.recarray)
    while True:
        announce(state, watchers)
        if run_on(state, log) == 0:
            break
        yield found.after(log.copy()[0])
    told(end_history(world, state))


def announce(state: State, watchers: list[Watcher]) -> None:
    """Let watchers look at the state before the event that is due next, if any."""
    if int(state.world["heap_size"][0]) == 0:
        return
    first = int(state.clocks["heap"][0])
    process, time = int(state.clocks["process"][first]), float(state.clocks["heap_time"][0])
    due = process, first - int(state.world["first_clock"][0, process]), time
    for watcher in watchers:
        watcher.before(*due)
