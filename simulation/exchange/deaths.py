"""Deaths of one history, each with its moment, cell and sides, taken from what changes in the state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulation.histories.drivers import CompiledDriver
from simulation.model.effects.hostility import opposed
from simulation.model.registry import Process
from simulation.model.state import State
from simulation.outcomes.events import Event
from simulation.world.world import World


class Deaths(NamedTuple):
    """What one event cost: `killed` fighters of actor `victim` and `civilians`, in a cell; `other` (or -1) fights it.

    Indices are those of the world; `day` is in days from the start. The victim of a strike that kills no fighter is who
    holds the cell, -1 for nobody.
    """

    day: float
    cell: int
    victim: int
    other: int
    killed: int
    civilians: int


def deaths_of(world: World, replicate: int, seed: int) -> list[Deaths]:
    """Return the deaths of a history in the order in which they happen; RunError when it cannot be used."""
    driver = CompiledDriver(world, replicate, seed)
    watcher = _Counter(world, driver.state)
    for _ in driver.play([watcher]):
        pass
    return watcher.deaths


class _Counter:
    """Compares the counts of the dead before and after each event."""

    def __init__(self, world: World, state: State) -> None:
        self.deaths: list[Deaths] = []
        self._state, self._neighbours = state, world.region.neighbours
        self._killed, self._cells = state.actors.killed.copy(), state.units.cell.copy()
        self._civilians = int(state.world[0].civilians_killed)

    def before(self, process: int, entity: int, time: float) -> None:
        """Remember where units stand."""
        np.copyto(self._cells, self._state.units.cell)

    def after(self, record: Event) -> None:
        """Note who died in an event."""
        killed, civilians = self._state.actors.killed, int(self._state.world[0].civilians_killed)
        if civilians == self._civilians and np.array_equal(killed, self._killed):
            return
        self.deaths.extend(self._deaths(record, killed - self._killed, civilians - self._civilians))
        self._killed, self._civilians = killed.copy(), civilians

    def _deaths(self, record: Event, killed: np.ndarray, civilians: int) -> Iterator[Deaths]:
        cell = record.cell if record.cell >= 0 or record.unit < 0 else int(self._cells[record.unit])
        strike = record.process == Process.SORTIE
        fallen = np.flatnonzero(killed).tolist()
        victims = fallen or [int(self._state.cells.control[cell]) if strike else record.actor]
        for k, victim in enumerate(victims):
            other = record.actor if strike else self._opponent(victim, cell)
            yield Deaths(
                record.time, cell, victim, other, int(killed[victim]) if fallen else 0, 0 if k else civilians
            )

    def _opponent(self, victim: int, cell: int) -> int:
        """Return who of those that an actor fights has most fighters in a cell, or else beside it; -1 for nobody."""
        units, actors = self._state.units, len(self._state.actors)
        for around in ([cell], self._neighbours[cell]):
            here = np.isin(units.cell, around) & (units.cell >= 0) & (units.strength > 0)
            who = units.actor[here].astype(int)
            present = np.bincount(who, weights=units.strength[here], minlength=actors)
            others = [k for k in np.flatnonzero(present).tolist() if opposed(self._state, victim, k)]
            if others:
                return others[int(np.argmax(present[others]))]
        return -1
