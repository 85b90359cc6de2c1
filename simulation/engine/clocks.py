"""Clocks in an indexed binary heap, re-timed without random numbers when a rate changes.

Modified next reaction method (Anderson 2007, doi:10.1063/1.2799998): each clock holds a unit-exponential
hazard that burns at its present rate. Clocks are numbered by process, then entity; that order breaks ties.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.compiled import njit
from simulation.draws import exponential, uniform_at
from simulation.processes.table import IS_TIMED, call
from simulation.state import BAD_RATE

UNDRAWN = -1.0


@njit
def earlier(s, a, b):
    """Say whether clock a fires before clock b."""
    ta, tb = s.clocks[a].time, s.clocks[b].time
    return ta < tb or (ta == tb and a < b)


@njit
def _put(s, slot, clock):
    s.clocks[slot].heap = clock
    s.clocks[clock].slot = slot


@njit
def _rise(s, slot):
    clock = s.clocks[slot].heap
    while slot > 0:
        above = (slot - 1) >> 1
        if not earlier(s, clock, s.clocks[above].heap):
            break
        _put(s, slot, s.clocks[above].heap)
        slot = above
    _put(s, slot, clock)


@njit
def _sink(s, slot):
    clock, size = s.clocks[slot].heap, s.world[0].heap_size
    while True:
        below = 2 * slot + 1
        if below >= size:
            break
        if below + 1 < size and earlier(s, s.clocks[below + 1].heap, s.clocks[below].heap):
            below += 1
        if not earlier(s, s.clocks[below].heap, clock):
            break
        _put(s, slot, s.clocks[below].heap)
        slot = below
    _put(s, slot, clock)


@njit
def _remove(s, clock):
    slot = s.clocks[clock].slot
    s.clocks[clock].slot = -1
    s.world[0].heap_size -= 1
    last = s.clocks[s.world[0].heap_size].heap
    if last != clock:
        _put(s, slot, last)
        _rise(s, slot)
        _sink(s, s.clocks[last].slot)


@njit
def set_time(s, clock, time):
    """Set the absolute time (days) at which a clock fires; infinity takes it out of the heap."""
    c = s.clocks[clock]
    if time == c.time:
        return
    was_in = c.slot >= 0
    c.time = time
    if time == math.inf:
        if was_in:
            _remove(s, clock)
        return
    if not was_in:
        _put(s, s.world[0].heap_size, clock)
        s.world[0].heap_size += 1
    _rise(s, c.slot)
    _sink(s, c.slot)


@njit
def set_rate(s, clock, rate):
    """Let a clock's hazard burn at a new rate (1/day) from now on; the same rate again changes nothing."""
    c, now = s.clocks[clock], s.world[0].t
    if rate == c.rate:
        return
    if c.rate > 0:
        c.hazard = max(0.0, c.hazard - c.rate * (now - c.since))
    if c.hazard == UNDRAWN:
        w = s.world[0]
        u = uniform_at(
            w.seed_low,
            w.seed_high,
            w.replicate,
            np.int64(c.process),
            np.int64(c.entity),
            np.int64(c.occurrence),
            0,
        )
        c.hazard = exponential(u)
    c.rate, c.since = rate, now
    set_time(s, clock, now + c.hazard / rate if rate > 0 else math.inf)


@njit
def refresh(s, clock):
    """Ask the table for the clock's rate or due time and set it; a bad answer stops the replicate."""
    c = s.clocks[clock]
    call(np.int64(c.process), np.int64(c.entity), s, None)
    told = s.world[0].told
    if not told >= 0 or (told == math.inf and not IS_TIMED[c.process]):
        s.world[0].status |= BAD_RATE
        s.world[0].bad_clock = clock
    elif IS_TIMED[c.process]:
        set_time(s, clock, max(told, s.world[0].t))
    else:
        set_rate(s, clock, told)


@njit
def wind(s, clock):
    """Make a clock that has fired ready for its next occurrence."""
    c = s.clocks[clock]
    c.occurrence += 1
    c.hazard, c.rate = UNDRAWN, 0.0
    set_time(s, clock, math.inf)
