"""Luck after a branch: each number is the one at the address of the branch, by a second program, and none is shared."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.engine import branch
from simulation.engine.clocks import entity_of
from simulation.engine.loop import fire, next_event
from simulation.model.registry import Process
from simulation.model.state import UNDRAWN, State, copy_state
from simulation.selftest import fixtures
from simulation.selftest.agreement import worst
from simulation.selftest.check import CheckResult, by_error
from simulation.selftest.random_numbers import Luck
from simulation.world.world import World

SEED, REPLICATE, BRANCH = 7 << 32 | 5, 11, 3
DAY = 2.5
BRANCHES = 1_000


def results() -> Iterator[CheckResult]:
    """Yield what a branch draws anew, when it is due, what stays, and whether two branches draw alike."""
    before = played(fixtures.busy())
    after = copy_state(before)
    words = branch.words_of(SEED, BRANCH)
    branch.branch_off(after, DAY, *words, REPLICATE)
    clocks = _used(after)
    timed = np.array([Process(int(each)).timed for each in after.clocks.process[clocks]])
    drawn, kept = clocks[~timed & (before.clocks.hazard[clocks] != UNDRAWN)], clocks[timed]
    tried = f"{len(drawn)} clocks of a busy history on day {DAY:g}"
    due = np.array([_hazard(after, clock, words) for clock in drawn.tolist()])
    yield _same("a branch: what clocks have left to burn", tried, after.clocks.hazard[drawn], due)
    burning = drawn[after.clocks.rate[drawn] > 0]
    times = DAY + after.clocks.hazard[burning] / after.clocks.rate[burning]
    yield _same("a branch: when they are due", tried, after.clocks.time[burning], times)
    tried = f"{len(kept)} clocks that are set for a day"
    yield _same("a branch: what was set before", tried, after.clocks.time[kept], before.clocks.time[kept])
    apart = {branch.words_of(SEED, number) for number in range(BRANCHES)}
    yield by_error("branches that draw unlike all others", f"{BRANCHES:,} branches", len(apart), BRANCHES)


def played(world: World) -> State:
    """Return a history that was played up to the day of the branch."""
    state = fixtures.begun_history(world, 0)
    clock = next_event(state)
    while clock >= 0 and state.clocks[clock].time <= DAY:
        fire(state, clock)
        clock = next_event(state)
    return state


def _used(s: State) -> np.ndarray:
    """Return the clocks that run, i8 (clocks,)."""
    found, clock = [], int(s.world[0].used)
    while clock >= 0:
        found.append(clock)
        clock = int(s.clocks[clock].next_used)
    return np.array(found)


def _hazard(s: State, clock: int, words: tuple[int, int]) -> float:
    """Return what a clock has left to burn by a second program, from the address of the branch."""
    c = s.clocks[clock]
    luck = Luck(words, REPLICATE, int(c.process), int(entity_of(s, clock)), int(c.occurrence))
    return float(-np.log(luck(0)))


def _same(check: str, tried: str, found: np.ndarray, expected: np.ndarray) -> CheckResult:
    """Return a result for the largest error of some numbers."""
    return by_error(check, tried, 1 + worst(found, expected), 1.0)
