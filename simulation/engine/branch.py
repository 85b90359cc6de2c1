"""Histories that go on with other luck from some moment on: the addresses of their luck, and how they are played.

The luck of a plain history has the address (seed, replicate). From the moment of a branch on it has the address
(seed, replicate, branch), which no plain history has: all that is drawn later is new, and the same whoever draws it.
What clocks have left to burn is drawn anew as well. That changes no law, for an exponential time does not remember how
long it has been waited for (Anderson 2007, doi:10.1063/1.2799998). What was set for a day before the branch stays set.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulation.engine.clocks import entity_of, set_time
from simulation.engine.loop import run_on
from simulation.engine.replicate import (
    NO_LOG,
    ROOM,
    HistoryEnd,
    close,
    compile_drivers,
    start,
    with_room,
)
from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, uniform_at
from simulation.model.state import UNDRAWN, copy_state
from simulation.world.world import World


@dataclass(frozen=True, slots=True)
class Luck:
    """What is drawn from a day on has the address (seed, replicate, branch); branch 0 is that of plain histories."""

    day: float
    replicate: int
    branch: int


MOMENT = 1e-9
"""In which nothing happens [days]."""
type Lineage = tuple[Luck, ...]
"""The luck of a history by the day from which it counts, the first from day 0."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Where a history comes from: the seed and the lineage of its luck, and what it went on from.

    It went on from history `ancestor` of those that were compared with reports up to the day `since`, and counts
    `weight` before any later report is heard. `origin` is the first draw from which it descends.
    """

    seed: int
    lineage: Lineage
    ancestor: int
    weight: float = 1.0
    since: float = 0.0
    origin: int = 0


@lru_cache(maxsize=4096)
def words_of(seed: int, branch: int) -> tuple[int, int]:
    """Return the lower and upper 32 bits under which a branch draws; those of the seed itself for branch 0."""
    if branch == 0:
        return seed & 0xFFFFFFFF, seed >> 32
    low, high = np.random.SeedSequence([seed, branch]).generate_state(2)
    return int(low), int(high)


@njit
def branch_off(s: State, day: float, seed_low: int, seed_high: int, replicate: int) -> None:
    """Go on with the luck of another address from a day on, up to which the history has been played."""
    w = s.world[0]
    w.t, w.seed_low, w.seed_high, w.replicate = day, seed_low, seed_high, replicate
    clock = w.used
    while clock >= 0:
        c = s.clocks[clock]
        if c.hazard != UNDRAWN and not c.timed:
            process, occurrence = np.int64(c.process), np.int64(c.occurrence)
            u = uniform_at(
                seed_low, seed_high, replicate, process, entity_of(s, clock), occurrence, 0
            )  # fmt: skip
            c.hazard, c.since = exponential(u), day
            if c.rate > 0:
                set_time(s, clock, day + c.hazard / c.rate)
        clock = c.next_used


def run_branched(
    state: State, template: State, params: np.record, quantities: np.ndarray, descent: Descent, until: float
) -> HistoryEnd:
    """Run one history, up to a moment at most, and return what it leaves behind there.

    The picture of the moment is the last, or that of the midnight if it is one. What has ended before a branch stays
    as it ended.
    """
    w, days = state.world[0], float(template.world[0].days)
    _begin(state, template, params, quantities, descent)
    for luck in descent.lineage[1:]:
        if luck.day >= min(until, days):
            break
        w.days = luck.day
        run_on(state, NO_LOG)
        if w.over or w.status:
            return close(state)
        branch_off(state, luck.day, *words_of(descent.seed, luck.branch), luck.replicate)
    w.days = min(_beyond(until), days)
    run_on(state, NO_LOG)
    return close(state)


def _beyond(until: float) -> float:
    """Return a moment just after a midnight, whose picture then is not that of an end; any other as it is."""
    return until + MOMENT if until.is_integer() else until


def start_branched(world: World, inputs: np.ndarray, descent: Descent) -> State:
    """Return a state at the start of a history of some inputs (inputs,), with room for one that is looked at."""
    params, quantities = world.filled(inputs[None])
    state = copy_state(world.template)
    state = with_room(state, ROOM * len(state.changes))
    _begin(state, world.template, params[0], quantities[0], descent)
    compile_drivers(state)
    return state


def _begin(
    state: State, template: State, params: np.record, quantities: np.ndarray, descent: Descent
) -> None:
    first = descent.lineage[0]
    low, high = words_of(descent.seed, first.branch)
    start(state, template, params, quantities, high << 32 | low, first.replicate)
