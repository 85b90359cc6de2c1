"""Clocks in an indexed binary heap, re-timed without random numbers when a rate changes.

Modified next reaction method (Anderson 2007, doi:10.1063/1.2799998): each clock holds a unit-exponential
hazard that burns at its present rate. Clocks are numbered by process, then entity; that order breaks ties.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.engine.dispatch import IS_TIMED, call
from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, uniform_at
from simulation.model.state import BAD_RATE, UNDRAWN, UNKNOWN


@njit
def entity_of(s: State, clock: int) -> int:
    """Return the number of a clock among those of its process."""
    return clock - s.world[0].first_clock[s.clocks[clock].process]


@njit
def _earlier(s: State, a: int, b: int) -> bool:
    """Say whether the clock at position a of the heap fires before the one at position b."""
    x, y = s.clocks[a], s.clocks[b]
    return x.heap_time < y.heap_time or (x.heap_time == y.heap_time and x.heap < y.heap)


@njit
def _swap(s: State, a: int, b: int) -> None:
    """Let the clocks at two positions of the heap change places."""
    x, y = s.clocks[a], s.clocks[b]
    x.heap, y.heap = y.heap, x.heap
    x.heap_time, y.heap_time = y.heap_time, x.heap_time
    s.clocks[x.heap].slot, s.clocks[y.heap].slot = a, b


@njit
def _rise(s: State, slot: int) -> int:
    """Move a clock towards the front as far as it belongs; return where it then is."""
    while slot > 0 and _earlier(s, slot, (slot - 1) >> 1):
        _swap(s, slot, (slot - 1) >> 1)
        slot = (slot - 1) >> 1
    return slot


@njit
def _sink(s: State, slot: int) -> None:
    """Move a clock towards the back as far as it belongs."""
    size = s.world[0].heap_size
    while True:
        below = 2 * slot + 1
        if below >= size:
            return
        if below + 1 < size and _earlier(s, below + 1, below):
            below += 1
        if not _earlier(s, below, slot):
            return
        _swap(s, slot, below)
        slot = below


@njit
def _put(s: State, slot: int, clock: int) -> None:
    """Put a clock at a position and let it find its place."""
    s.clocks[slot].heap, s.clocks[slot].heap_time = clock, s.clocks[clock].time
    s.clocks[clock].slot = slot
    _sink(s, _rise(s, slot))


@njit
def _remove(s: State, clock: int) -> None:
    slot = s.clocks[clock].slot
    s.clocks[clock].slot = -1
    s.world[0].heap_size -= 1
    last = s.clocks[s.world[0].heap_size].heap
    if last != clock:
        _put(s, slot, last)


@njit
def set_time(s: State, clock: int, time: float) -> None:
    """Set the absolute time (days) at which a clock fires; infinity takes it out of the heap."""
    c = s.clocks[clock]
    if time == c.time:
        return
    c.time = time
    if time == math.inf:
        if c.slot >= 0:
            _remove(s, clock)
        return
    if c.slot < 0:
        c.slot = s.world[0].heap_size
        s.world[0].heap_size += 1
    _put(s, c.slot, clock)


@njit
def set_rate(s: State, clock: int, rate: float) -> None:
    """Let a clock's hazard burn at a new rate (1/day) from now on; the same rate again changes nothing."""
    c, now = s.clocks[clock], s.world[0].t
    if rate == c.rate:
        return
    if c.rate > 0:
        c.hazard = max(0.0, c.hazard - c.rate * (now - c.since))
    if c.hazard == UNDRAWN and rate > 0:
        w = s.world[0]
        u = uniform_at(
            w.seed_low,
            w.seed_high,
            w.replicate,
            np.int64(c.process),
            entity_of(s, clock),
            np.int64(c.occurrence),
            0,
        )
        c.hazard = exponential(u)
    c.rate, c.since = rate, now
    set_time(s, clock, now + c.hazard / rate if rate > 0 else math.inf)


@njit
def refresh(s: State, clock: int) -> None:
    """Ask the table for the clock's rate or due time and set it; a bad answer stops the replicate."""
    c = s.clocks[clock]
    call(np.int64(c.process), entity_of(s, clock), s, None)
    told = s.world[0].told
    if not told >= 0 or (told == math.inf and not IS_TIMED[c.process]):
        s.world[0].status |= BAD_RATE
        s.world[0].bad_clock = clock
    elif IS_TIMED[c.process]:
        set_time(s, clock, max(told, s.world[0].t))
    else:
        set_rate(s, clock, told)


@njit
def wind(s: State, clock: int) -> None:
    """Make a clock that has fired ready for its next occurrence; it must be refreshed before the next event."""
    c = s.clocks[clock]
    c.occurrence += 1
    c.hazard, c.rate = UNDRAWN, UNKNOWN
