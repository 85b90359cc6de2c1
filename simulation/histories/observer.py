"""A history watched event by event: what happens, and what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.histories import causes
from simulation.histories.breaks import breaking
from simulation.histories.causes import Break, Cause, Fall, Order, Orders, Step, Terms
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
        self._orders = (np.zeros(0), np.zeros(0), np.zeros(0))
        self._evening = (np.zeros(0, bool), np.zeros(0))
        self._looks: Mapping[int, Callable[[int], Cause | None]] = {
            Process.GIVE_WAY: lambda unit: breaking(state, unit),
            Process.TRUCE: lambda pair: causes.terms(state, pair),
            Process.JOIN: lambda actor: causes.mood(state, actor),
            Process.DISSOLVE: lambda actor: causes.collapse(state, actor),
            Process.MARCH: self._step,
            Process.SEIZE: self._fall,
            Process.COMMAND: self._note_orders,
            Process.DAY: self._note_evening,
        }

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at the state just before an event."""
        look = self._looks.get(process)
        self._found = None if look is None else look(entity)

    def after(self, record: Event) -> None:
        """Keep the event that has just happened, with its cause, until it is taken."""
        if record.process == Process.COMMAND:
            self._found = self._new_orders()
        elif record.process == Process.DAY:
            self._found = causes.midnight(self._state, *self._evening)
        elif isinstance(self._found, Break) and record.place < 0:
            self._found = replace(self._found, manner=causes.CUT_OFF)
        elif isinstance(self._found, Terms):
            self._found = self._agreed(self._found, record)
        self._garrisons.note(record, self._found)
        self._happenings.append(Happening(record=record, cause=self._found))

    def taken(self) -> list[Happening]:
        """Return what happened since it was asked last."""
        taken, self._happenings = self._happenings, []
        return taken

    def _step(self, unit: int) -> Step:
        u = self._state.units[unit]
        aim, strength = int(u["aim"]), int(u["strength"])
        return Step(cell=int(u["cell"]), order=int(u["order"]), fighters=strength, aim=aim)

    def _agreed(self, terms: Terms, record: Event) -> Terms:
        usual = float(self._state.params[0]["truce_compliance"])
        ends = float(self._state.pairs["ends"][int(record.entity)])
        return replace(terms, until=ends, one_sided=float(record.value) < usual)

    def _fall(self, cell: int) -> Fall:
        holder = int(self._state.cells["control"][cell])
        attackers = causes.strengths(self._state, cell, holder)[1] if holder >= 0 else 0
        return Fall(entered=attackers > 0, attackers=attackers, left=self._garrisons.left(cell))

    def _note_orders(self, _: int) -> None:
        units = self._state.units
        self._orders = (np.array(units["order"]), np.array(units["target"]), np.array(units["aim"]))

    def _note_evening(self, _: int) -> None:
        made = (self._state.pairs["truce"] != 0) & (self._state.pairs["made_it"] != 0)
        self._evening = (made, np.array(self._state.actors["wounded"]))

    def _new_orders(self) -> Orders:
        units, (order, target, aim) = self._state.units, self._orders
        sent = (units["order"] > 0) & ((units["order"] != order) | (units["target"] != target))
        called = (units["aim"] >= 0) & (units["aim"] != aim)
        return Orders(given=tuple(self._order(unit) for unit in np.flatnonzero(sent | called).tolist()))

    def _order(self, unit: int) -> Order:
        u = self._state.units[unit]
        return Order(
            unit=unit, order=int(u["order"]), target=int(u["target"]), cell=int(u["cell"]),
            fighters=int(u["strength"]), aim=int(u["aim"]),
        )  # fmt: skip


def watch(driver: Driver, also: Sequence[Watcher] = ()) -> Iterator[Happening]:
    """Play a history and yield what happens with its causes; RunError when it cannot be used.

    `also` watch too, each told of an event before it is yielded.
    """
    causes = CauseFinder(driver.state)
    for _ in driver.play([causes, *also]):
        yield from causes.taken()
