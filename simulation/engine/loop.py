"""One history: the two functions that both drivers call, and the loop that a batch runs."""

from __future__ import annotations

import math

import numpy as np

from simulation.engine.clocks import entity_of, refresh, wind
from simulation.engine.dispatch import (
    call,
    decide,
    is_over,
    muster,
    pend_clock,
    settle,
    take_picture,
    touch_everything,
)
from simulation.model.compilation import State, njit
from simulation.model.state import TOO_MANY_EVENTS, UNCHAINED, UNDRAWN


@njit
def begin(s: State, quantities: np.ndarray, seed_low: int, seed_high: int, replicate: int) -> None:
    """Bring a state that equals the template, with its parameters set, to the start of a history.

    Its clocks have been rewound and are now set for the first time. `quantities` (actors, 9) are the case's
    numbers of each actor.
    """
    muster(s, quantities)
    w = s.world[0]
    w.seed_low, w.seed_high, w.replicate = seed_low, seed_high, replicate
    w.t, w.events, w.heap_size, w.day, w.status, w.stop, w.over = 0.0, 0, 0, -1, 0, 1, 0
    touch_everything(s)
    look_again(s)


@njit
def rewind(s: State) -> None:
    """Bring all clocks that a history has used back to how they were before it."""
    w = s.world[0]
    while w.used >= 0:
        c = s.clocks[w.used]
        s.running[w.used] = 0
        w.used, c.next_used = c.next_used, UNCHAINED
        c.time, c.hazard, c.rate, c.since = math.inf, UNDRAWN, 0.0, 0.0
        c.occurrence, c.slot, c.next_pending = 0, -1, UNCHAINED


@njit
def next_event(s: State) -> int:
    """Return the clock that fires next, or -1 when the history is over."""
    w = s.world[0]
    if w.heap_size == 0 or w.status != 0 or is_over(s):
        return -1
    first = s.heap[0]
    return first.clock if first.time <= w.days else -1


@njit
def fire(s: State, clock: int) -> None:
    """Let a clock fire: time advances, the effect happens, and only what it touched is looked at again."""
    w, e = s.world[0], s.event[0]
    w.t = s.clocks[clock].time
    w.events += 1
    begin_event(s, clock)
    call(e.process, e.entity, s, True)
    wind(s, clock)
    pend_clock(s, clock)
    look_again(s)
    if w.events >= w.max_events:
        w.status |= TOO_MANY_EVENTS


@njit
def look_again(s: State) -> None:
    """Refresh the clocks that hang on what was touched."""
    w = s.world[0]
    w.looks += 1
    settle(s)
    while w.pending >= 0:
        clock = w.pending
        w.pending, s.clocks[clock].next_pending = s.clocks[clock].next_pending, UNCHAINED
        refresh(s, clock)
    w.looks += 1


@njit
def begin_event(s: State, clock: int) -> None:
    """Make the clock's event the one now firing, of which nothing is told yet."""
    c, e = s.clocks[clock], s.event[0]
    e.time, e.process, e.entity, e.occurrence = c.time, c.process, entity_of(s, clock), c.occurrence
    e.cell, e.actor, e.other, e.place, e.unit = -1, -1, -1, -1, -1
    e.amount, e.amount2, e.value = 0, 0, 0.0


@njit
def finish(s: State) -> None:
    """Close a history: its end, its ending, and the last picture."""
    w = s.world[0]
    w.end_day = w.t if w.over else w.days
    if w.day < math.ceil(w.end_day):
        w.day += 1
    take_picture(s, w.day)
    w.ending = decide(s)


@njit
def run_on(s: State, log: np.recarray) -> int:
    """Run on until the history ends or the log (if not empty) is full; return the number of events logged."""
    n = 0
    clock = next_event(s)
    while clock >= 0:
        fire(s, clock)
        if len(log) > 0:
            log[n] = s.event[0]
            n += 1
            if n == len(log):
                break
        clock = next_event(s)
    return n
