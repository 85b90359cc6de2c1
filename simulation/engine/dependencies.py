"""Which clocks are looked at again after an event: those of the cells, units and actors that it touched.

The clock of a unit, a cell or a side is looked at whenever that cell or unit is touched, a unit's whenever its actor
is, too; those of actors, pairs, links and reporters whenever any actor is, those of the history after every event.
That is all that a new process needs. Of those in `WEIGHED` the cases are left out in which the rate cannot have
changed, which makes a history several times as fast; the slow twin in the tests, which looks at all clocks after all
events, tells whether any is missing.
"""

from __future__ import annotations

import numpy as np

from simulation.engine.pending import pend, pend_all, pend_every, pend_rate
from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import pair
from simulation.model.effects.surroundings import is_pressed
from simulation.model.effects.touch import (
    AIM,
    ALL,
    EDGE,
    FIGHT,
    PEOPLE,
    WHOLE,
    touch_actor,
    touch_map,
    touch_unit,
)
from simulation.model.effects.units import unit_after
from simulation.model.processes import (
    flee,
    interdiction,
    join,
    march,
    rally,
    reinforce,
    return_home,
    seize,
    sortie,
)
from simulation.model.registry import ClockOwner, Process
from simulation.model.running import runs
from simulation.model.state import OrderKind
from simulation.model.weighed import WEIGHED


def _others(*kinds: ClockOwner) -> np.ndarray:
    """Return the processes with such clocks of which no case is left out, i8 (processes,)."""
    return np.array([p for p in Process if p.per in kinds and p not in WEIGHED], np.int64)


_OF_A_UNIT, _OF_A_CELL, _OF_A_SIDE = (
    _others(ClockOwner.UNIT),
    _others(ClockOwner.CELL),
    _others(ClockOwner.SIDE),
)
_OF_ACTORS = _others(ClockOwner.ACTOR, ClockOwner.PAIR, ClockOwner.LINK, ClockOwner.REPORTER)
_OF_ALL = _others(ClockOwner.HISTORY, ClockOwner.MEASURE)


@njit
def _pend_fight(s: State, unit: int) -> None:
    """Add a unit's giving way, unless it neither was nor is in contact or outflanked."""
    u = s.units[unit]
    if runs(s, Process.GIVE_WAY, unit) or (u.cell >= 0 and is_pressed(s, u.cell, u.actor)):
        pend(s, Process.GIVE_WAY, unit)


@njit
def _pend_march(s: State, unit: int) -> None:
    """Let a unit look at its way, and add its arrival if that has changed."""
    march.plan(s, unit)
    if s.units[unit].arrives != s.clocks[s.world[0].first_clock[Process.MARCH] + unit].time:
        pend(s, Process.MARCH, unit)


@njit
def _pend_unit(s: State, unit: int, how_far: int) -> None:
    pend_every(s, _OF_A_UNIT, unit)
    if how_far > AIM:
        _pend_fight(s, unit)
    pend_rate(s, Process.RALLY, unit, rally.rate(s, unit))
    if how_far == WHOLE:
        _pend_march(s, unit)


@njit
def _pend_sides(s: State, cell: int) -> None:
    """Add the losses of all who are in a cell, or were when last looked at, unless they neither had nor have any."""
    c, first = s.cells[cell], cell * s.world[0].n_actors
    sides, c.sides_before = c.side_bits | c.sides_before, c.side_bits
    while sides:
        actor = lowest_bit(sides)
        fights = c.side_bits & s.actors[actor].foe_bits != 0
        if fights or runs(s, Process.CASUALTY, first + actor):
            pend(s, Process.CASUALTY, first + actor)
        sides &= sides - 1


@njit
def _pend_those_in(s: State, cell: int, what: int) -> None:
    """Add the clocks of the units in a cell that hang on what was touched of it."""
    unit, actor, pressed = s.cells[cell].first_unit, -1, False
    while unit >= 0:
        if s.units[unit].actor != actor:  # those of an actor mostly follow one another, and are pressed alike
            actor = s.units[unit].actor
            pressed = is_pressed(s, cell, actor)
        if pressed or runs(s, Process.GIVE_WAY, unit):
            pend(s, Process.GIVE_WAY, unit)
        if what & EDGE and s.units[unit].order != OrderKind.HOLD:
            _pend_march(s, unit)
        if what == ALL:
            pend_rate(s, Process.RALLY, unit, rally.rate(s, unit))
        unit = s.units[unit].next_unit


@njit
def _pend_others(s: State, cell: int) -> None:
    """Add the clocks of a cell, and of all in it, of which no case is left out."""
    pend_every(s, _OF_A_CELL, cell)
    if len(_OF_A_SIDE) > 0:
        for actor in range(s.world[0].n_actors):
            pend_every(s, _OF_A_SIDE, cell * s.world[0].n_actors + actor)
    if len(_OF_A_UNIT) > 0:
        unit = s.cells[cell].first_unit
        while unit >= 0:
            pend_every(s, _OF_A_UNIT, unit)
            unit = s.units[unit].next_unit


@njit
def _pend_cell(s: State, cell: int, what: int) -> None:
    """Add the clocks that hang on what was touched of a cell."""
    _pend_others(s, cell)
    if what & PEOPLE:
        pend_rate(s, Process.FLEE, cell, flee.rate(s, cell))
        pend_rate(s, Process.RETURN_HOME, cell, return_home.rate(s, cell))
    if what & FIGHT:
        _pend_sides(s, cell)
    if what & EDGE:
        pend_rate(s, Process.SEIZE, cell, seize.rate(s, cell))
    if what & (FIGHT | EDGE):
        _pend_those_in(s, cell, what)


@njit
def _pend_army(s: State, actor: int) -> None:
    """Add the clocks of an actor's units of which no case is left out: they may hang on what it is like."""
    unit = 0
    while unit < s.world[0].n_units:
        own = s.units[unit].actor == actor
        if own:
            pend_every(s, _OF_A_UNIT, unit)
        unit = unit_after(s, unit, own)


@njit
def _pend_actor(s: State, actor: int) -> None:
    if len(_OF_A_UNIT) > 0:
        _pend_army(s, actor)
    pend(s, Process.COMMAND, actor)
    pend(s, Process.DISSOLVE, actor)
    pend(s, Process.REPORT, actor)
    if s.actors[actor].rival >= 0:
        pend(s, Process.TRUCE, pair(s, actor, s.actors[actor].rival))
    for other in range(s.world[0].n_actors):
        if s.actors[other].rival == actor:
            pend(s, Process.TRUCE, pair(s, other, actor))
        _pend_breach(s, pair(s, actor, other))
        _pend_breach(s, pair(s, other, actor))


@njit
def _pend_breach(s: State, entity: int) -> None:
    """Add the clock of the breach of a pair's truce, unless there neither was nor is one."""
    if s.pairs[entity].truce or runs(s, Process.BREACH, entity):
        pend(s, Process.BREACH, entity)


@njit
def _pend_everybody(s: State) -> None:
    """Add the clocks that depend on the state of other actors than their own."""
    pend_all(s, _OF_ACTORS)
    for actor in range(s.world[0].n_actors):
        pend_rate(s, Process.SORTIE, actor, sortie.rate(s, actor))
        pend_rate(s, Process.INTERDICTION, actor, interdiction.rate(s, actor))
        pend_rate(s, Process.JOIN, actor, join.rate(s, actor))
    for link in range(len(s.links)):
        pend_rate(s, Process.REINFORCE, link, reinforce.rate(s, link))


@njit
def touch_everything(s: State) -> None:
    """Touch all where something can happen at the start, and chain the clocks that hang on nothing else."""
    w = s.world[0]
    touch_map(s)
    for unit in range(w.n_units):
        touch_unit(s, unit)
    for actor in range(w.n_actors):
        touch_actor(s, actor)
        pend(s, Process.REPORT, actor)
    pend(s, Process.REPORT, w.n_actors)
    pend(s, Process.DAY, 0)
    for measure_number in range(len(s.measures)):
        pend(s, Process.MEASURE, measure_number)
    for processes in (_OF_A_CELL, _OF_A_SIDE, _OF_A_UNIT, _OF_ACTORS):
        pend_all(s, processes)


@njit
def settle(s: State) -> None:
    """Chain the clocks that hang on what was touched, and clear the marks."""
    w = s.world[0]
    pend_all(s, _OF_ALL)
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
