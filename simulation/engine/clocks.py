"""Clocks in an indexed binary heap, re-timed without random numbers when a rate changes.

Modified next reaction method (Anderson 2007, doi:10.1063/1.2799998): each clock holds a unit-exponential
hazard that burns at its present rate. Clocks are numbered by process, then entity; that order breaks ties.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.engine.dispatch import call
from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, uniform_at
from simulation.model.state import BAD_RATE, UNDRAWN, UNKNOWN


@njit
def entity_of(s: State, clock: int) -> np.int64:
    """Return the number of a clock among those of its process."""
    return np.int64(s.clocks[clock].entity)


@njit
def _earlier(s: State, slot: int, time: float, clock: int) -> bool:
    """Say whether the clock at a position of the heap fires before another with its time."""
    x = s.heap[slot]
    return x.time < time or (x.time == time and x.clock < clock)


@njit
def _place(s: State, slot: int, time: float, clock: int) -> None:
    """Write a clock and its time into a position of the heap."""
    s.heap[slot].clock, s.heap[slot].time = clock, time
    s.clocks[clock].slot = slot


@njit
def _shift(s: State, a: int, b: int) -> None:
    """Let the clock at position a of the heap take position b."""
    _place(s, b, s.heap[a].time, s.heap[a].clock)


@njit
def _sooner_below(s: State, slot: int) -> int:
    """Return the position below another whose clock fires first; beyond the heap if there is none."""
    below, size = 2 * slot + 1, s.world[0].heap_size
    if below + 1 < size and _earlier(s, below + 1, s.heap[below].time, s.heap[below].clock):
        return below + 1
    return below


@njit
def _put(s: State, slot: int, clock: int) -> None:
    """Put a clock at a position that is free; others move up or down until it is where it belongs."""
    time = s.clocks[clock].time
    while slot > 0 and not _earlier(s, (slot - 1) >> 1, time, clock):
        _shift(s, (slot - 1) >> 1, slot)
        slot = (slot - 1) >> 1
    below = _sooner_below(s, slot)
    while below < s.world[0].heap_size and _earlier(s, below, time, clock):
        _shift(s, below, slot)
        slot, below = below, _sooner_below(s, below)
    _place(s, slot, time, clock)


@njit
def _remove(s: State, clock: int) -> None:
    slot = s.clocks[clock].slot
    s.clocks[clock].slot = -1
    s.world[0].heap_size -= 1
    last = s.heap[s.world[0].heap_size].clock
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
    s.running[clock] = rate > 0
    set_time(s, clock, now + c.hazard / rate if rate > 0 else math.inf)


@njit
def refresh(s: State, clock: int) -> None:
    """Ask the table for the clock's rate or due time and set it; a bad answer stops the replicate."""
    c = s.clocks[clock]
    call(np.int64(c.process), entity_of(s, clock), s, None)
    told = s.world[0].told
    if not told >= 0 or (told == math.inf and not c.timed):
        s.world[0].status |= BAD_RATE
        s.world[0].bad_clock = clock
    elif c.timed:
        set_time(s, clock, max(told, s.world[0].t))
    else:
        set_rate(s, clock, told)


@njit
def wind(s: State, clock: int) -> None:
    """Make a clock that has fired ready for its next occurrence; it must be refreshed before the next event."""
    c = s.clocks[clock]
    c.occurrence += 1
    c.hazard, c.rate = UNDRAWN, UNKNOWN
