"""The heap against a sorted list, the order of ties, and rates that change without a new draw."""

import numpy as np
import pytest
from clock_work import empty, set_rates, set_times, take_first
from hypothesis import given, settings
from hypothesis import strategies as st

CLOCKS = 33
TIMES = st.one_of(st.integers(0, 5).map(float), st.floats(0, 1e6), st.just(np.inf))
CHANGES = st.lists(st.tuples(st.integers(0, CLOCKS - 1), TIMES), max_size=80)


def check_heap(state):
    """Each clock in the heap fires no earlier than the one above it, and knows its own slot."""
    size, clocks = int(state.world.heap_size[0]), state.clocks
    heap = state.heap.clock[:size].astype(int)
    assert np.array_equal(state.heap.time[:size], clocks.time[heap])
    assert sorted(heap) == np.flatnonzero(np.isfinite(clocks.time)).tolist()
    assert clocks.slot[heap].tolist() == list(range(size))
    keys = [(clocks.time[clock], clock) for clock in heap]
    assert all(keys[(k - 1) // 2] < keys[k] for k in range(1, size))


@settings(max_examples=300, deadline=None)
@given(changes=CHANGES)
def test_the_heap_is_a_sorted_list(duel, changes):
    state, model = empty(duel), {}
    for clock, time in changes:
        set_times(state, np.array([clock]), np.array([time]))
        model[clock] = time
        check_heap(state)
    wanted = sorted((time, clock) for clock, time in model.items() if time < np.inf)
    assert [take_first(state) for _ in wanted] == [clock for _, clock in wanted]
    assert state.world.heap_size[0] == 0


def test_ties_go_to_the_lower_process_then_the_lower_entity(two_valleys):
    state = empty(two_valleys)
    order = np.random.default_rng(1).permutation(len(state.clocks))
    set_times(state, order, np.ones(len(order)))
    taken = [take_first(state) for _ in order]
    assert taken == sorted(taken) and len(set(taken)) == len(order)
    assert np.all(np.diff(state.clocks.process) >= 0)  # so that the order of clocks is that of processes


def test_the_same_rate_again_changes_nothing(duel):
    state = empty(duel)
    set_rates(state, np.array([2]), np.array([3.0]), np.array([0.1]))
    before = state.clocks.tobytes()
    set_rates(state, np.array([2, 2]), np.array([3.0, 3.0]), np.array([0.2, 0.3]))
    assert state.clocks.tobytes() == before


def test_a_clock_keeps_its_hazard_when_its_rate_changes(duel):
    state = empty(duel)
    set_rates(state, np.array([2]), np.array([2.0]), np.array([0.0]))
    hazard = float(state.clocks.hazard[2])
    stop = 0.25 * hazard
    set_rates(state, np.array([2]), np.array([0.0]), np.array([stop]))
    assert state.clocks.time[2] == np.inf and state.world.heap_size[0] == 0
    set_rates(state, np.array([2]), np.array([8.0]), np.array([5.0]))
    assert state.clocks.time[2] == pytest.approx(5.0 + (hazard - 2.0 * stop) / 8.0)
