"""Whatever small world one describes, a history of it balances, ends, and is the same by every driver.

`SIMULATE_EXAMPLES=500 pytest tests/engine/test_random_worlds.py` looks further, at random.
"""

import contextlib
import os
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from random_worlds import ACTORS, PLACES, Sizes, write_world
from running import assert_same, begun
from slow_twin import run_slowly

from simulation.engine.ensemble import Ensemble
from simulation.engine.loop import run_on
from simulation.engine.replicate import close
from simulation.errors import RunError
from simulation.mesa_model import ConflictModel
from simulation.model.state import BAD_RATE, EVENT
from simulation.scenario import load_scenario
from simulation.world.consistency import validity_of
from simulation.world.world import build_world

MORE = os.environ.get("SIMULATE_EXAMPLES")
MOST_EVENTS = 1_500
REPLICATES = 3
SIZES = st.builds(
    Sizes,
    seed=st.integers(0, 2**32),
    actors=st.integers(1, len(ACTORS)),
    rows=st.integers(1, 6),
    cols=st.integers(1, 6),
    places=st.integers(1, len(PLACES)),
    claims=st.integers(1, 12),
    forces=st.integers(0, 12),
    measures=st.integers(0, 5),
    inputs=st.integers(0, 20),
    days=st.sampled_from([30, 0.3, 2.5, 8]),
)
TABLES = ("actors", "cells", "units", "places", "clocks", "world", "params", "measures", "pairs")


@settings(
    max_examples=int(MORE or 25),
    derandomize=MORE is None,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
@given(SIZES)
def test_a_random_world_keeps_every_promise(sizes):
    with tempfile.TemporaryDirectory() as folder:
        file = write_world(sizes, Path(folder))
        verdict = validity_of(str(file), ())
        assert verdict["valid"], verdict["message"]
        world = build_world(load_scenario(file))
    world.template.world.max_events = MOST_EVENTS
    for replicate in range(REPLICATES):
        state, log = _run(world, replicate, run_on)
        _check_counts(state)
        _check_finite(state, log)
        assert_same(log, _run(world, replicate, run_slowly)[1])
        _check_outcome(close(state))
    assert_same(log, _mesa_log(world, replicate))
    _check_alone(world)


def _run(world, replicate, run):
    """Return the state of a history at its end, or at its last permitted event, and its log."""
    state = begun(world, replicate)
    log = np.zeros(MOST_EVENTS, EVENT).view(np.recarray)
    count = run(state, log)
    return state, log[:count].copy()


def _mesa_log(world, replicate):
    model = ConflictModel(world, replicate=replicate, keep_events=True)
    with contextlib.suppress(RunError):  # it has as many events as are permitted
        model.run_model()
    return np.array([tuple(event) for event in model.events], EVENT).view(np.recarray)


def _check_counts(state):
    """Compare everything that is counted as it changes with a count of the whole."""
    actors, cells, units = state.actors, state.cells, state.units
    presence = np.zeros_like(state.presence)
    here = (units.cell >= 0) & (units.strength > 0)
    np.add.at(presence, (units.cell[here], units.actor[here]), units.strength[here])
    assert (state.presence == presence).all()
    assert (cells.fighters == presence.sum(axis=1)).all()
    assert (cells.side_bits == (presence > 0) @ (1 << np.arange(len(actors)))).all()
    near = state.ground.neighbours
    assert (cells.manned_beside == ((near >= 0) & (cells.fighters[near] > 0)).sum(axis=1)).all()
    for actor in range(len(actors)):
        held = cells.control == actor
        assert actors.area_m2[actor] == state.ground.area_m2[held].sum()
        assert actors.people[actor] == (cells.residents + cells.guests)[held].sum()
        assert actors.present[actor] == units.strength[units.actor == actor].sum()
    assert min(cells.residents) >= 0 and min(cells.guests) >= 0 and min(cells.fled) >= 0
    assert units.strength.min(initial=0) >= 0


def _check_finite(state, log):
    assert not state.world[0].status & BAD_RATE
    assert np.isfinite(log.time).all() and np.isfinite(log.value).all()
    assert (np.diff(log.time) >= 0).all()
    for name in TABLES:
        table = getattr(state, name)
        for field, (kind, _) in table.dtype.fields.items():
            assert kind.kind != "f" or not np.isnan(table[field]).any(), f"{name}.{field}"
    assert ((state.units.cohesion >= 0) & (state.units.cohesion <= 1)).all()
    assert ((state.actors.confidence >= 0) & (state.actors.confidence <= 1)).all()


def _check_outcome(outcome):
    w, a = outcome.world, outcome.actors
    gone = a.killed + a.wounded + a.captured + a.deserted + a.departed
    assert (a.initial + a.arrived).tolist() == (a.present + gone).tolist()
    assert outcome.people + w.civilians_killed + w.left_country == w.people
    assert np.isfinite(outcome.daily).all()
    assert 0 <= w.end_day <= w.days


def _check_alone(world):
    for chunk in Ensemble(world, range(REPLICATES), 1, 2):
        for history in chunk:
            state = begun(world, history.replicate)
            run_on(state, np.zeros(0, EVENT).view(np.recarray))
            alone = close(state)
            for part in ("world", "actors", "daily", "changes"):
                assert getattr(history.outcome, part).tobytes() == getattr(alone, part).tobytes(), part
