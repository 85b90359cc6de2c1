"""Moments of histories: the state just before an event, kept so that the event can be judged by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from simulation.engine.clocks import entity_of
from simulation.engine.loop import fire, next_event
from simulation.engine.replicate import with_room
from simulation.model.registry import Process
from simulation.model.state import State, copy_state
from simulation.selftest.fixtures import begun_history
from simulation.world.world import World

ROOM = 512
"""Changes of control that the states have room for; few, because each moment is a copy."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A state and the clock that fires next in it."""

    before: State
    clock: int
    process: Process
    entity: int

    @property
    def occurrence(self) -> int:
        """How often this clock has fired before."""
        return int(self.before.clocks.occurrence[self.clock])

    def after(self) -> State:
        """Return a copy of the state in which the event has happened."""
        state = copy_state(self.before)
        fire(state, self.clock)
        return state


def moments(
    world: World, replicates: range, most: int, only: frozenset[Process] = frozenset(Process)
) -> Iterator[Snapshot]:
    """Yield up to `most` moments of each process from each of some histories."""
    for replicate in replicates:
        seen: Counter[Process] = Counter()
        state = with_room(begun_history(world, replicate), ROOM)
        clock = next_event(state)
        while clock >= 0:
            process = Process(int(state.clocks.process[clock]))
            if process in only and seen[process] < most:
                seen[process] += 1
                entity = int(entity_of(state, clock))
                yield Snapshot(before=copy_state(state), clock=int(clock), process=process, entity=entity)
            fire(state, clock)
            clock = next_event(state)
