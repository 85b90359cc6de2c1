"""A history watched event by event: what happens, and what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.histories import causes
from simulation.histories.causes import Cause, Fall, Order, Orders, Step
from simulation.histories.drivers import Driver
from simulation.histories.garrisons import Garrisons
from simulation.model.registry import Process
from simulation.model.state import State
from simulation.outcomes.events import Event
from simulation.outcomes.watcher import Watcher


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event and what lies behind it; None for events that need no explanation."""

    record: Event
    cause: Cause | None = None


class CauseFinder:
    """Looks behind the turning points of one history; made at its start, asked before and after each event."""

    def __init__(self, state: State) -> None:
        """Watch the history that this state is at the start of."""
        self._state = state
        self._garrisons = Garrisons(state)
        self._found: Cause | None = None
        self._happenings: list[Happening] = []
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

    def after(self, record: Event) -> None:
        """Keep the event that has just happened, with its cause, until it is taken."""
        if record.process == Process.COMMAND:
            self._found = self._new_orders()
        self._garrisons.note(record, self._found)
        self._happenings.append(Happening(record=record, cause=self._found))

    def taken(self) -> list[Happening]:
        """Return what happened since it was asked last."""
        taken, self._happenings = self._happenings, []
        return taken

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


def watch(driver: Driver, also: Sequence[Watcher] = ()) -> Iterator[Happening]:
    """Play a history and yield what happens with its causes; RunError when it cannot be used.

    `also` watch too, each told of an event before it is yielded.
    """
    causes = CauseFinder(driver.state)
    for _ in driver.play([causes, *also]):
        yield from causes.taken()
