"""The engine again, slowly: after each event every clock is asked again, and the next is looked for in all.

No heap, no marks of what was touched, no remembered "could be over". A process or effect that forgets to
touch something makes the twin part from the engine.
"""

import math

import numpy as np

from simulation.engine.dispatch import call
from simulation.engine.loop import begin_event
from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, uniform_at
from simulation.model.effects.ending import is_over
from simulation.model.effects.touch import forget_touched
from simulation.model.processes import march
from simulation.model.state import UNDRAWN

EVERY_REASON_TO_STOP = 255


@njit
def ask(s: State, clock):
    """Set a clock from its rate or due time as it is now."""
    c, now = s.clocks[clock], s.world[0].t
    process = np.int64(c.process)
    entity = clock - s.world[0].first_clock[process]
    call(process, entity, s, None)
    told = s.world[0].told
    if c.timed:
        c.time = max(told, now)
    elif told != c.rate:
        if c.rate > 0:
            c.hazard = max(0.0, c.hazard - c.rate * (now - c.since))
        if c.hazard == UNDRAWN:
            w = s.world[0]
            occurrence = np.int64(c.occurrence)
            u = uniform_at(w.seed_low, w.seed_high, w.replicate, process, entity, occurrence, 0)
            c.hazard = exponential(u)
        c.rate, c.since = told, now
        c.time = now + c.hazard / told if told > 0 else math.inf


@njit
def ask_all(s: State):
    """Let every unit look at its way and its flanks, and every clock be set again."""
    forget_touched(s)
    s.world[0].borders += 1
    for unit in range(s.world[0].n_units):
        march.plan(s, unit)
    for clock in range(len(s.clocks)):
        ask(s, clock)


@njit
def soonest(s: State):
    """Return the first of the clocks that fire soonest, or -1 when the history is over."""
    s.world[0].stop = EVERY_REASON_TO_STOP
    if is_over(s):
        return -1
    best = 0
    for clock in range(len(s.clocks)):
        if s.clocks[clock].time < s.clocks[best].time:
            best = clock
    return best if s.clocks[best].time <= s.world[0].days else -1


@njit
def let_happen(s: State, clock):
    c, w, e = s.clocks[clock], s.world[0], s.event[0]
    w.t = c.time
    w.events += 1
    begin_event(s, clock)
    call(e.process, e.entity, s, True)
    c.occurrence += 1
    c.hazard, c.rate, c.time = UNDRAWN, 0.0, math.inf


@njit
def run_slowly(s: State, log):
    """Run a history that has begun to its end and return the number of events logged."""
    n = 0
    ask_all(s)
    clock = soonest(s)
    while clock >= 0 and n < len(log):
        let_happen(s, clock)
        log[n] = s.event[0]
        n += 1
        ask_all(s)
        clock = soonest(s)
    return n
