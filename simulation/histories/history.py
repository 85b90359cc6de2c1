"""One history of a world, for either driver: its start, and its end with a check."""

from __future__ import annotations

from simulation.compiled import compile_for
from simulation.engine.batch import NO_LOG, Outcome, close, start
from simulation.engine.ensemble import trouble_of, with_room
from simulation.engine.replicate import fire, next_event, run_on
from simulation.errors import InputError, RunError
from simulation.scenario.build import World
from simulation.state import LOG_FULL, State, copy_state

ROOM = 16
"""How many times the usual number of changes of control a history that is looked at may have."""


def start_history(world: World, replicate: int, seed: int) -> State:
    """Return a state at the start of a history; its case has the number of the replicate (0 to 2**32 - 1)."""
    if not 0 <= replicate < 2**32:
        raise InputError(f"a replicate is numbered from 0 to {2**32 - 1}, not {replicate}")
    if not 0 <= seed < 2**64:
        raise InputError(f"a seed is a number from 0 to {2**64 - 1}, not {seed}")
    _, params, quantities = world.cases(range(replicate, replicate + 1), seed)
    state = copy_state(world.template)
    state = with_room(state, ROOM * len(state.changes))
    start(state, world.template, params[0], quantities[0], seed, replicate)
    # Either driver, together with the start: they share their parts, and by itself the other would take as long again.
    compile_for(run_on, state, NO_LOG)
    compile_for(next_event, state)
    compile_for(fire, state, 0)
    return state


def end_history(world: World, state: State) -> Outcome:
    """Close a history that has run to its end and return its outcome; RunError if it cannot be used."""
    outcome = close(state)
    trouble = trouble_of(world, outcome)
    if not trouble and outcome.world.status & LOG_FULL:
        trouble = f"more than {len(state.changes)} changes of control by day {outcome.world.t:.3f}"
    if trouble:
        raise RunError(f"replicate {outcome.world.replicate} failed: {trouble}")
    return outcome


def ending_of(world: World, outcome: Outcome) -> str | None:
    """Return the id of the ending of a history, or None when none on the list holds."""
    return world.endings[int(outcome.world.ending)] if outcome.world.ending >= 0 else None
