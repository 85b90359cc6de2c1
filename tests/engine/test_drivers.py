"""Mesa and the compiled loop tell the same history, and a history does not depend on its neighbours."""

import pickle

import numpy as np
import pytest
from numba import typeof
from running import assert_same, log_of, outcome_of

from simulation.engine import executor
from simulation.engine import replicate as histories
from simulation.engine.ensemble import Ensemble
from simulation.engine.executor import Replicates, Threads
from simulation.engine.loop import next_event, run_on
from simulation.histories.drivers import DRIVERS
from simulation.histories.narration import tell_and_film
from simulation.histories.trace import trace_lines
from simulation.jit.decorator import as_called
from simulation.mesa_model import ConflictModel
from simulation.model.state import EVENT


def mesa_log(world, replicate, seed):
    model = ConflictModel(world, replicate=replicate, seed=seed, keep_events=True)
    model.run_model()
    return np.array([tuple(event) for event in model.events], EVENT).view(np.recarray)


@pytest.mark.parametrize(("replicate", "seed"), [(0, 1), (1, 1), (5, 1), (2, 2**40 + 3)])
@pytest.mark.parametrize("name", ["duel", "two_valleys", "aleppo"])
def test_both_drivers_log_the_same_bytes(request, name, replicate, seed):
    world = request.getfixturevalue(name)
    assert_same(log_of(world, replicate, seed), mesa_log(world, replicate, seed))


@pytest.mark.parametrize("jsonl", [True, False])
def test_both_drivers_tell_the_same_lines(aleppo, jsonl):
    told = [
        list(trace_lines(aleppo, replicate=3, seed=1, driver=driver, jsonl=jsonl))
        for driver in ("compiled", "mesa")
    ]
    assert told[0] == told[1] and len(told[0]) > 5


def test_both_drivers_make_the_same_film(two_valleys):
    told = [tell_and_film(two_valleys, 3, 1, 0.25, driver) for driver in ("compiled", "mesa")]
    assert pickle.dumps(told[0]) == pickle.dumps(told[1]) and len(told[0].film) > 20


@pytest.mark.parametrize("name", ["duel", "two_valleys", "aleppo"])
def test_both_drivers_tell_watchers_the_same(request, name):
    """Of each event before and after it, with the state as it is then."""
    world = request.getfixturevalue(name)
    heard = []
    for make in DRIVERS.values():
        driver = make(world, 4, 1)
        ear = Ear(driver.state)
        for _ in driver.play([ear]):
            pass
        heard.append((ear.heard, driver.outcome.world.tobytes()))
    assert heard[0] == heard[1] and len(heard[0][0]) > 20


class Ear:
    """Notes what it is told and what the state is like at that moment."""

    def __init__(self, state):
        self.state, self.heard = state, []

    def before(self, process, entity, time):
        self.heard.append((process, entity, time, *self.look()))

    def after(self, record):
        self.heard.append((repr(record), *self.look()))

    def look(self):
        return self.state.world.t[0], self.state.world.events[0], int(self.state.presence.sum())


def test_whichever_driver_comes_first_the_other_need_not_be_compiled_again(monkeypatch, duel):
    """What the start of a history compiles for is what both then call."""
    prepared = {}
    monkeypatch.setattr(
        histories, "compile_for", lambda f, *rest: prepared.update({f: tuple(map(typeof, rest))})
    )
    histories.start_history(duel, 0, 1)
    assert_same(log_of(duel), mesa_log(duel, 0, 1))
    assert prepared.keys() == {run_on, next_event}
    for function, types in prepared.items():
        assert [types] == as_called(function).signatures


@pytest.mark.parametrize("compiled", [False, True])
def test_many_histories_that_compiled_rules_leave_none_for_the_other_driver(monkeypatch, duel, compiled):
    """Where all rules were found in the cache, nobody waits for what is not asked for."""
    prepared = []
    monkeypatch.setattr(executor, "has_compiled", lambda: compiled)
    monkeypatch.setattr(executor, "compile_drivers", prepared.append)
    assert list(Threads(1).play(duel, Replicates(range(3), 1), lambda world: len)) == [3]
    assert prepared == ([duel.template] if compiled else [])


def test_different_seeds_and_replicates_are_different_histories(two_valleys):
    logs = {log_of(two_valleys, k, seed).tobytes() for k in range(3) for seed in (1, 2, 1 + 2**32)}
    assert len(logs) == 9


def test_a_replicate_alone_is_that_of_many(two_valleys):
    for chunk in Ensemble(two_valleys, range(20), 1, 2):
        for history in chunk:
            alone = outcome_of(two_valleys, history.replicate)
            for part in ("world", "actors", "daily", "changes"):
                assert getattr(history.outcome, part).tobytes() == getattr(alone, part).tobytes(), part
            assert history.outcome.people == alone.people
