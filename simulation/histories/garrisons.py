"""Who left a cell that its side held, and how: followed event by event until the cell passes."""

from __future__ import annotations

from dataclasses import replace

from simulation.histories.causes import (
    ATTACKED,
    BROKE,
    CALLED,
    DESTROYED,
    ORDERED_OUT,
    SENT,
    Break,
    Departure,
    Orders,
    Step,
)
from simulation.model.registry import Process
from simulation.model.state import OrderKind, State
from simulation.outcomes.events import Event

BY_ORDER: dict[int, str] = {
    OrderKind.WITHDRAW: ORDERED_OUT,
    OrderKind.MOVE: SENT,
    OrderKind.ADVANCE: ATTACKED,
}
DEADLY = (Process.CASUALTY, Process.SORTIE, Process.INTERDICTION)


class Garrisons:
    """The last leaving of every cell since it last changed hands.

    A unit that only passes through is no garrison: what counts is leaving the cell in which it stood when it
    gave way or was given its order.
    """

    def __init__(self, state: State) -> None:
        """Follow a history from its start."""
        self._state = state
        self._left: dict[int, Departure] = {}
        self._ordered_in: dict[int, int] = {}

    def left(self, cell: int) -> Departure | None:
        """Return how the last defender left a cell; None when nobody defended it."""
        return self._left.get(cell)

    def note(self, record: Event, cause: object) -> None:
        """Take an event that has just happened into account."""
        unit, process = int(record.unit), int(record.process)
        if isinstance(cause, Orders):
            self._ordered_in |= {order.unit: order.cell for order in cause.given}
        elif isinstance(cause, Break):
            self._ordered_in.pop(unit, None)
            self._leave(unit, int(record.cell), BROKE, record, breaking=cause)
        elif isinstance(cause, Step):
            if self._ordered_in.pop(unit, -1) == cause.cell >= 0 and cause.order in BY_ORDER:
                how, target = BY_ORDER[cause.order], int(record.place)
                if cause.order == OrderKind.MOVE and cause.aim >= 0:
                    how, target = CALLED, cause.aim
                self._leave(unit, cause.cell, how, record, target=target)
        elif process in DEADLY:
            if unit >= 0 and record.cell >= 0 and self._state.units["strength"][unit] == 0:
                self._leave(unit, int(record.cell), DESTROYED, record)
        elif process == Process.SEIZE:
            self._left.pop(int(record.cell), None)

    def _leave(
        self,
        unit: int,
        cell: int,
        how: str,
        record: Event,
        *,
        target: int = -1,
        breaking: Break | None = None,
    ) -> None:
        bloc, holder = self._state.actors["bloc"], int(self._state.cells["control"][cell])
        if holder < 0 or bloc[holder] != bloc[int(self._state.units["actor"][unit])]:
            return
        before = self._left.get(cell)
        now = Departure(how=how, day=float(record.time), units=1, target=target, breaking=breaking)
        self._left[cell] = now if before is None else replace(now, units=before.units + 1)
