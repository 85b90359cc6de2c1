"""Many replicates: copy the template, run without the interpreter lock, hand the numbers over."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulation import arguments
from simulation.engine.loop import begin, finish, next_event, rewind, run_on
from simulation.errors import RunError
from simulation.jit.decorator import compile_for
from simulation.model.registry import Process
from simulation.model.state import (
    BAD_RATE,
    EVENT,
    FIXED,
    LAYOUT,
    LOG_FULL,
    TOO_MANY_EVENTS,
    State,
    copy_state,
)
from simulation.world.blank import blank_changes
from simulation.world.world import World

NO_LOG = np.zeros(0, EVENT).view(np.recarray)
_OVERWRITTEN = (
    *FIXED, "params", "clocks", "heap", "running", "daily", "changes", "presence", "shortlist", "roll",
)  # fmt: skip
_RESTORED = tuple(name for name in LAYOUT if name not in _OVERWRITTEN)


@dataclass(frozen=True, kw_only=True)
class HistoryEnd:
    """What one history leaves behind.

    `world` and `actors` (actors,) are its last records, `daily` (days, series, actors + 1) its pictures,
    `changes` its changes of control in order; `people` are those on the map at the end, `measures` the dated
    changes of the scenario that were made.
    """

    world: np.record
    actors: np.recarray
    daily: np.ndarray
    changes: np.recarray
    people: int
    measures: int


def restore(state: State, template: State) -> None:
    """Bring a used state back to the template; what `begin` or a history overwrites anyway is left alone."""
    for name in _RESTORED:
        np.copyto(getattr(state, name), getattr(template, name))
    state.presence.fill(0)  # nobody stands anywhere yet


def start(
    state: State, template: State, params: np.record, quantities: np.ndarray, seed: int, replicate: int
) -> None:
    """Bring a state to the start of a history; seed is 64 bits, replicate 32."""
    rewind(state)
    restore(state, template)
    # As bytes: field by field it takes 20 times as long.
    state.params.view(np.uint8)[:] = np.frombuffer(params, np.uint8)
    begin(state, quantities, seed & 0xFFFFFFFF, seed >> 32, replicate)


def run_one(
    state: State, template: State, params: np.record, quantities: np.ndarray, seed: int, replicate: int
) -> HistoryEnd:
    """Run one history and return what it leaves behind."""
    start(state, template, params, quantities, seed, replicate)
    run_on(state, NO_LOG)
    return close(state)


def close(state: State) -> HistoryEnd:
    """Finish a history that has run to its end and return copies of what it leaves behind."""
    finish(state)
    world, cells = state.world.copy()[0], state.cells.view(np.ndarray)
    return HistoryEnd(
        world=world,
        actors=state.actors.copy(),
        daily=state.daily[: world.day + 1].copy(),
        changes=state.changes[: world.changes].copy().view(np.recarray),
        people=int(cells["residents"].sum() + cells["guests"].sum()),
        measures=int(state.measures.done.sum()),
    )


def with_room(state: State, changes: int) -> State:
    """Return the state with room for more changes of control."""
    return replace(state, changes=blank_changes(changes))


def trouble_of(world: World, outcome: HistoryEnd) -> str:
    """Return in one sentence why a history cannot be used (a bad rate, no end, no balance), or nothing."""
    w, status = outcome.world, outcome.world.status
    if status & BAD_RATE:
        name = Process(int(world.template.clocks[int(w.bad_clock)].process)).name.lower()
        return f"process {name} told a rate that is no finite number from zero up, on day {w.t:.3f}"
    if status & TOO_MANY_EVENTS:
        return f"more than {w.max_events} events by day {w.t:.3f}"
    a = outcome.actors.view(np.ndarray)  # whose fields are found ten times as fast
    present = a["present"] + a["killed"] + a["wounded"] + a["captured"] + a["deserted"] + a["departed"]
    lost = a["initial"] + a["arrived"] - present
    if lost.any():
        return f"fighters do not balance: {lost.tolist()}"
    if outcome.people + w.civilians_killed + w.left_country != w.people:
        return "people do not balance"
    return ""


MOST_REPLICATE, MOST_SEED = 2**32 - 1, 2**63 - 1
"""The highest number of a history and the highest seed; the library and the commands take the same."""
ROOM = 16
"""How many times the usual number of changes of control a history that is looked at may have."""


def address(replicate: object, seed: object) -> tuple[int, int]:
    """Return the number and the seed of a history; InputError for anything else."""
    return (
        arguments.whole_number("replicate", replicate, 0, MOST_REPLICATE),
        arguments.whole_number("seed", seed, 0, MOST_SEED),
    )


def start_history(world: World, replicate: int, seed: int) -> State:
    """Return a state at the start of a history; its case has the number of the replicate (0 to 2**32 - 1)."""
    arguments.an_instance("world", world, World, "a World")
    replicate, seed = address(replicate, seed)
    _, params, quantities = world.cases(range(replicate, replicate + 1), seed)
    state = copy_state(world.template)
    state = with_room(state, ROOM * len(state.changes))
    start(state, world.template, params[0], quantities[0], seed, replicate)
    compile_drivers(state)
    return state


def compile_drivers(state: State) -> None:
    """Compile what either driver calls, one after the other: they share their parts, and alone take as long again."""
    compile_for(run_on, state, NO_LOG)
    compile_for(next_event, state)


def end_history(world: World, state: State) -> HistoryEnd:
    """Close a history that has run to its end and return its outcome; RunError if it cannot be used."""
    outcome = close(state)
    trouble = trouble_of(world, outcome)
    if not trouble and outcome.world.status & LOG_FULL:
        trouble = f"more than {len(state.changes)} changes of control by day {outcome.world.t:.3f}"
    if trouble:
        raise RunError(f"replicate {outcome.world.replicate} failed: {trouble}")
    return outcome


def ending_of(world: World, outcome: HistoryEnd) -> str | None:
    """Return the id of the ending of a history, or None when none on the list holds."""
    return world.endings[int(outcome.world.ending)] if outcome.world.ending >= 0 else None
