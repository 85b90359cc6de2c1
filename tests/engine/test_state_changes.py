"""A field changes only in events of the processes that its declaration names."""

from collections import defaultdict

import numpy as np
import pytest

from simulation.engine.loop import run_on
from simulation.engine.replicate import start_history
from simulation.model.registry import Process
from simulation.model.state import EVENT, FIXED, RECORDS
from simulation.model.state.field import ENGINE, START
from simulation.selftest import fixtures

WATCHED = [name for name in RECORDS if name not in FIXED]
MOST_EVENTS = 4000


def changed(before, after):
    """Return the fields, as `array.field`, in which two copies of the arrays differ."""
    for name in WATCHED:
        was, now = before[name], after[name]
        if len(was) != len(now):
            was = np.zeros(
                len(now), now.dtype
            )  # a history that is looked at has more room for changes of control
        if was.tobytes() != now.tobytes():
            yield from (f"{name}.{field}" for field in now.dtype.names if (was[field] != now[field]).any())


def copied(state):
    return {name: getattr(state, name).copy() for name in WATCHED}


def changers_in(world):
    """Return for each field what was seen to change it in a history: the start, and processes."""
    found = defaultdict(set)
    before = copied(world.template)
    state, log = start_history(world, 0, 1), np.zeros(1, EVENT).view(np.recarray)
    after = copied(state)
    for field in changed(before, after):
        found[field].add(START)
    for _ in range(MOST_EVENTS):
        if run_on(state, log) == 0:
            break
        before, after = after, copied(state)
        for field in changed(before, after):
            found[field].add(Process(int(log[0].process)).name.lower())
    return found


@pytest.mark.parametrize("make", [fixtures.busy, fixtures.struck, fixtures.falling, fixtures.valleys])
def test_fields_change_only_where_they_say(make):
    said = {f"{name}.{field.name}": field.changed_by for name in RECORDS for field in RECORDS[name].fields}
    seen = changers_in(make())
    strangers = {
        field: sorted(by - set(said[field]))
        for field, by in seen.items()
        if ENGINE not in said[field] and by - set(said[field])
    }
    assert strangers == {}
    assert "casualty" in seen["units.strength"] and START in seen["units.strength"]
