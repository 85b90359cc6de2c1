"""Many replicates: copy the template, run without the interpreter lock, hand the numbers over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.engine.replicate import begin, finish, rewind, run_on
from simulation.state import EVENT, FIXED, LAYOUT, State

NO_LOG = np.zeros(0, EVENT).view(np.recarray)
_RESTORED = tuple(name for name in LAYOUT if name not in (*FIXED, "params", "clocks", "daily", "changes"))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one history leaves behind.

    `world` and `actors` (actors,) are its last records, `daily` (days, series, actors + 1) its pictures,
    `changes` its changes of control in order; `people` are those on the map at the end.
    """

    world: np.record
    actors: np.recarray
    daily: np.ndarray
    changes: np.recarray
    people: int


def restore(state: State, template: State) -> None:
    """Bring a used state back to the template; what `begin` or a history overwrites anyway is left alone."""
    for name in _RESTORED:
        np.copyto(getattr(state, name), getattr(template, name))


def start(
    state: State, template: State, params: np.record, quantities: np.ndarray, seed: int, replicate: int
) -> None:
    """Bring a state to the start of a history; seed is 64 bits, replicate 32."""
    rewind(state)
    restore(state, template)
    state.params[0] = params
    begin(state, quantities, seed & 0xFFFFFFFF, seed >> 32, replicate)


def run_one(
    state: State, template: State, params: np.record, quantities: np.ndarray, seed: int, replicate: int
) -> Outcome:
    """Run one history and return what it leaves behind."""
    start(state, template, params, quantities, seed, replicate)
    run_on(state, NO_LOG)
    return close(state)


def close(state: State) -> Outcome:
    """Finish a history that has run to its end and return copies of what it leaves behind."""
    finish(state)
    w = state.world[0]
    return Outcome(
        world=state.world.copy()[0],
        actors=state.actors.copy(),
        daily=state.daily[: int(w.day) + 1].copy(),
        changes=state.changes[: int(w.changes)].copy().view(np.recarray),
        people=int(state.cells.residents.sum() + state.cells.guests.sum()),
    )
