"""The table of processes: the one place where the engine meets the domain.

Each process module has `fire` and either `rate` (1/day, zero or more) or, for a process in `TIMED`, `due`
(days). To add a process: one file, one member of `Process`, one row in `call`, and a line in `settle` for
what touches it.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import njit
from simulation.effects.ending import decide, is_over
from simulation.effects.forces import in_contact
from simulation.effects.muster import muster
from simulation.effects.picture import take_picture
from simulation.effects.relations import pair
from simulation.effects.touch import AIM, ALL, EDGE, FIGHT, PEOPLE, WHOLE, touch_actor, touch_map, touch_unit
from simulation.process import TIMED, Process
from simulation.processes import (
    breach,
    casualty,
    command,
    day,
    dissolve,
    flee,
    give_way,
    interdiction,
    join,
    march,
    measure,
    rally,
    reinforce,
    report,
    return_home,
    seize,
    sortie,
    truce,
)
from simulation.state import UNCHAINED

__all__ = ["IS_TIMED", "call", "decide", "is_over", "muster", "settle", "take_picture", "touch_everything"]

IS_TIMED = np.array([process in TIMED for process in Process])

MEASURE, DAY, CASUALTY, GIVE_WAY, RALLY, MARCH, SEIZE, COMMAND, SORTIE, INTERDICTION = (
    np.int64(p) for p in list(Process)[:10]
)
REINFORCE, TRUCE, BREACH, JOIN, FLEE, RETURN_HOME, DISSOLVE, REPORT = (
    np.int64(p) for p in list(Process)[10:]
)


@njit
def tell(s, value):
    """Leave the answer of a rate or a due time where the engine reads it."""
    s.world[0].told = value


@njit
def call(process, e, s, firing):
    """Fire entity `e` of a process or, if `firing` is None, tell its rate (1/day) or due time (days).

    None, because the compiler drops the branches that a None rules out: asking for rates then compiles no
    effect.
    """
    if process == MEASURE:
        measure.fire(s, e) if firing is not None else tell(s, measure.due(s, e))
    elif process == DAY:
        day.fire(s, e) if firing is not None else tell(s, day.due(s, e))
    elif process == CASUALTY:
        casualty.fire(s, e) if firing is not None else tell(s, casualty.rate(s, e))
    elif process == GIVE_WAY:
        give_way.fire(s, e) if firing is not None else tell(s, give_way.rate(s, e))
    elif process == RALLY:
        rally.fire(s, e) if firing is not None else tell(s, rally.rate(s, e))
    elif process == MARCH:
        march.fire(s, e) if firing is not None else tell(s, march.due(s, e))
    elif process == SEIZE:
        seize.fire(s, e) if firing is not None else tell(s, seize.rate(s, e))
    elif process == COMMAND:
        command.fire(s, e) if firing is not None else tell(s, command.due(s, e))
    elif process == SORTIE:
        sortie.fire(s, e) if firing is not None else tell(s, sortie.rate(s, e))
    elif process == INTERDICTION:
        interdiction.fire(s, e) if firing is not None else tell(s, interdiction.rate(s, e))
    elif process == REINFORCE:
        reinforce.fire(s, e) if firing is not None else tell(s, reinforce.rate(s, e))
    elif process == TRUCE:
        truce.fire(s, e) if firing is not None else tell(s, truce.rate(s, e))
    elif process == BREACH:
        breach.fire(s, e) if firing is not None else tell(s, breach.rate(s, e))
    elif process == JOIN:
        join.fire(s, e) if firing is not None else tell(s, join.rate(s, e))
    elif process == FLEE:
        flee.fire(s, e) if firing is not None else tell(s, flee.rate(s, e))
    elif process == RETURN_HOME:
        return_home.fire(s, e) if firing is not None else tell(s, return_home.rate(s, e))
    elif process == DISSOLVE:
        dissolve.fire(s, e) if firing is not None else tell(s, dissolve.rate(s, e))
    elif process == REPORT:
        report.fire(s, e) if firing is not None else tell(s, report.due(s, e))


@njit
def _pend(s, process, entity):
    """Put a clock on the chain of those to look at again."""
    clock = s.world[0].first_clock[process] + entity
    c = s.clocks[clock]
    if c.next_pending == UNCHAINED:
        c.next_pending, s.world[0].pending = s.world[0].pending, clock
        if c.next_used == UNCHAINED:
            c.next_used, s.world[0].used = s.world[0].used, clock


@njit
def _pend_rate(s, process, entity, rate):
    """Put a clock on the chain unless it burns at this rate already; most that are touched do."""
    if s.clocks[s.world[0].first_clock[process] + entity].rate != rate:
        _pend(s, process, entity)


@njit
def _runs(s, process, entity):
    """Say whether a clock burns at some rate just now."""
    return s.clocks[s.world[0].first_clock[process] + entity].rate > 0


@njit
def _pend_fight(s, unit):
    """Add a unit's giving way, unless it neither was nor is in contact."""
    if in_contact(s, unit) or _runs(s, GIVE_WAY, unit):
        _pend(s, GIVE_WAY, unit)


@njit
def _pend_march(s, unit):
    """Let a unit look at its way, and add its arrival if that has changed."""
    march.plan(s, unit)
    if s.units[unit].arrives != s.clocks[s.world[0].first_clock[MARCH] + unit].time:
        _pend(s, MARCH, unit)


@njit
def _pend_unit(s, unit, how_far):
    if how_far > AIM:
        _pend_fight(s, unit)
    _pend_rate(s, RALLY, unit, rally.rate(s, unit))
    if how_far == WHOLE:
        _pend_march(s, unit)


@njit
def _pend_sides(s, cell):
    """Add the losses of all who are in a cell, or were when last looked at, and who may give way there."""
    c, entity = s.cells[cell], cell * s.world[0].n_actors
    sides, c.sides_before = c.side_bits | c.sides_before, c.side_bits
    while sides:
        if sides & 1:
            _pend(s, CASUALTY, entity)
        sides >>= 1
        entity += 1
    unit = c.first_unit
    while unit >= 0:
        _pend_fight(s, unit)
        unit = s.units[unit].next_unit


@njit
def _pend_cell(s, cell, what):
    """Add the clocks that hang on what was touched of a cell."""
    if what & PEOPLE:
        _pend_rate(s, FLEE, cell, flee.rate(s, cell))
        _pend_rate(s, RETURN_HOME, cell, return_home.rate(s, cell))
    if what & FIGHT:
        _pend_sides(s, cell)
    if what & EDGE:
        _pend_rate(s, SEIZE, cell, seize.rate(s, cell))
        unit = s.cells[cell].first_unit
        while unit >= 0:
            _pend_march(s, unit)
            if what == ALL:
                _pend_rate(s, RALLY, unit, rally.rate(s, unit))
            unit = s.units[unit].next_unit


@njit
def _pend_actor(s, actor):
    _pend(s, COMMAND, actor)
    _pend(s, DISSOLVE, actor)
    _pend(s, REPORT, actor)
    for other in range(s.world[0].n_actors):
        _pend_pair(s, actor, other)
        _pend_pair(s, other, actor)


@njit
def _pend_pair(s, a, b):
    """Add the clocks of a pair's truce; only rivals agree on one."""
    entity = pair(s, a, b)
    if s.actors[a].rival == b:
        _pend(s, TRUCE, entity)
    if s.pairs[entity].truce or _runs(s, BREACH, entity):
        _pend(s, BREACH, entity)


@njit
def _pend_everybody(s):
    """Add the clocks that depend on the state of other actors than their own."""
    for actor in range(s.world[0].n_actors):
        _pend_rate(s, SORTIE, actor, sortie.rate(s, actor))
        _pend_rate(s, INTERDICTION, actor, interdiction.rate(s, actor))
        _pend_rate(s, JOIN, actor, join.rate(s, actor))
    for link in range(len(s.links)):
        _pend_rate(s, REINFORCE, link, reinforce.rate(s, link))


@njit
def touch_everything(s):
    """Touch all where something can happen at the start, and chain the clocks that hang on nothing else."""
    w = s.world[0]
    touch_map(s)
    for unit in range(w.n_units):
        touch_unit(s, unit)
    for actor in range(w.n_actors):
        touch_actor(s, actor)
        _pend(s, REPORT, actor)
    _pend(s, REPORT, w.n_actors)
    _pend(s, DAY, 0)
    for measure_number in range(len(s.measures)):
        _pend(s, MEASURE, measure_number)


@njit
def settle(s):
    """Chain the clocks that hang on what was touched, and clear the marks."""
    w = s.world[0]
    while w.touched_cell >= 0:
        cell = w.touched_cell
        what = s.cells[cell].touched
        w.touched_cell, s.cells[cell].touched = s.cells[cell].next_touched, 0
        _pend_cell(s, cell, what)
    while w.touched_unit >= 0:
        unit = w.touched_unit
        how_far = s.units[unit].touched
        w.touched_unit, s.units[unit].touched = s.units[unit].next_touched, 0
        _pend_unit(s, unit, how_far)
    if w.touched_actor >= 0:
        _pend_everybody(s)
    while w.touched_actor >= 0:
        actor = w.touched_actor
        w.touched_actor, s.actors[actor].touched = s.actors[actor].next_touched, 0
        _pend_actor(s, actor)
