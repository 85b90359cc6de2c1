"""Histories as logs, for tests that compare them event by event."""

import numpy as np
import pytest

from simulation.engine.loop import run_on
from simulation.engine.replicate import close, start
from simulation.model.state import EVENT, copy_state

ROOM = 200_000


def begun(world, replicate=0, seed=1):
    """Return a state of its own at the start of a history."""
    _, params, quantities = world.cases(range(replicate, replicate + 1), seed)
    state = copy_state(world.template)
    start(state, world.template, params[0], quantities[0], seed, replicate)
    return state


def log_of(world, replicate=0, seed=1, run=run_on):
    """Return all events of a history as records of EVENT."""
    state = begun(world, replicate, seed)
    log = np.zeros(ROOM, EVENT).view(np.recarray)
    count = run(state, log)
    assert count < ROOM and state.world[0].status == 0
    return log[:count].copy()


def outcome_of(world, replicate=0, seed=1):
    state = begun(world, replicate, seed)
    run_on(state, np.zeros(0, EVENT).view(np.recarray))
    return close(state)


def assert_same(one, other):
    """Compare two logs byte for byte; say where they part."""
    parted = next(
        (k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a.tobytes() != b.tobytes()), None
    )
    if parted is not None:
        pytest.fail(f"event {parted} of {len(one)}: {one[parted]} is not {other[parted]}")
    assert len(one) == len(other), f"{one[-1]} is not {other[-1]}"
