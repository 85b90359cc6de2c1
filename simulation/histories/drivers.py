"""One history to look at, played by either driver; whoever watches is told the same by both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from simulation.engine.branch import Descent, branch_off, start_branched, words_of
from simulation.engine.loop import next_event, run_on
from simulation.engine.replicate import HistoryEnd, end_history, start_history
from simulation.model.state import EVENT, State
from simulation.outcomes.events import Event
from simulation.outcomes.watcher import Announcer, Watcher
from simulation.world.world import World


class Driver(Protocol):
    """One history, at its start when the driver is made."""

    @property
    def state(self) -> State:
        """What the history reads and writes."""

    @property
    def outcome(self) -> HistoryEnd | None:
        """What the history leaves behind; None until it has been played."""

    def play(self, watchers: Sequence[Watcher]) -> Iterator[None]:
        """Play the history to its end, pausing now and then; RunError when it cannot be used."""


class CompiledDriver:
    """Plays by the compiled loop, an event at a time."""

    def __init__(self, world: World, replicate: int, seed: int) -> None:
        """Bring a history to its start."""
        self.state = start_history(world, replicate, seed)
        self.outcome: HistoryEnd | None = None
        self._world = world

    def play(self, watchers: Sequence[Watcher]) -> Iterator[None]:
        """Play to the end, pausing after each event."""
        yield from self._events(watchers)
        self.outcome = end_history(self._world, self.state)

    def _events(self, watchers: Sequence[Watcher]) -> Iterator[None]:
        log, announcer = np.zeros(1, EVENT).view(np.recarray), Announcer(self.state)
        while next_event(self.state) >= 0:
            announcer.announce(watchers)
            run_on(self.state, log)
            record = Event.of(log)
            for watcher in watchers:
                watcher.after(record)
            yield


class BranchedDriver(CompiledDriver):
    """Plays a history that branched off from others by the compiled loop: its inputs (inputs,) and its descent."""

    def __init__(self, world: World, inputs: np.ndarray, descent: Descent) -> None:
        """Bring the history to its start."""
        self.state = start_branched(world, inputs, descent)
        self.outcome: HistoryEnd | None = None
        self._world, self._descent = world, descent

    def play(self, watchers: Sequence[Watcher]) -> Iterator[None]:
        """Play to the end, pausing after each event."""
        w = self.state.world[0]
        for luck in self._descent.lineage[1:]:
            w.days, days = luck.day, w.days
            yield from self._events(watchers)
            w.days = days
            if not w.over and luck.day < days:
                branch_off(self.state, luck.day, *words_of(self._descent.seed, luck.branch), luck.replicate)
        yield from self._events(watchers)
        self.outcome = end_history(self._world, self.state)


class MesaDriver:
    """Plays by Mesa: the model that a Mesa user would hold, with its agents and its grid."""

    def __init__(self, world: World, replicate: int, seed: int) -> None:
        """Lay the model out from the world and bring its history to its start."""
        from simulation.mesa_model.model import ConflictModel

        self.model = ConflictModel(world, replicate=replicate, seed=seed)

    @property
    def state(self) -> State:
        """The model's state."""
        return self.model.state

    @property
    def outcome(self) -> HistoryEnd | None:
        """The model's outcome."""
        return self.model.outcome

    def play(self, watchers: Sequence[Watcher]) -> Iterator[None]:
        """Play to the end, pausing after each day."""
        self.model.watchers.extend(watchers)
        while self.model.running:
            self.model.step()
            yield


DRIVERS: dict[str, type[CompiledDriver] | type[MesaDriver]] = {
    "compiled": CompiledDriver,
    "mesa": MesaDriver,
}
"""What turns the crank, by the name the command line uses."""


def outcome_of(driver: Driver) -> HistoryEnd:
    """Return what a history that has been played leaves behind."""
    assert driver.outcome is not None
    return driver.outcome
