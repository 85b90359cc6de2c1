"""A dated change that the scenario makes: a ceasefire, a bombardment, the distraction of an ally.

Claim: none of its own; a measure says what would be different, and when.
Clock: one per change of what is in force, at its day; a truce that claims report is a measure too.
Effect: what the table of measures says: one number of an actor, pair or unit is set or shifted. A negative
value sets a number back to the actor's own of this history. Availability that is set so no longer moves at
midnight until it is set back.
Source: the scenario file.
Event: actor, other, place; amount the kind; amount2 1 if it is about a truce that was in force; value the
value set.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.model.change_kind import ChangeKind
from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import pair
from simulation.model.effects.morale import shake_actor, shake_unit
from simulation.model.effects.strength import raise_unit
from simulation.model.effects.support import feel_availability
from simulation.model.effects.touch import touch_actor, touch_army
from simulation.model.effects.truce_state import set_guarantee, set_truce
from simulation.model.processes.join import open_front
from simulation.model.state import Stance


@njit
def due(s: State, entity: int) -> float:
    """Return the day of the measure; never again once it is done."""
    m = s.measures[entity]
    return math.inf if m.done else m.day


@njit
def _or_own(value: float, own: float) -> float:
    """Return the value that a number of an actor is set to; the actor's own one when it is negative."""
    return value if value >= 0 else own


@njit
def _set_front(s: State, m: np.record) -> None:
    """Bar or unbar an actor from fighting on its own front, or make it join."""
    a = s.actors[m.a]
    a.barred = int(m.value == 0)
    if m.value > 0 and a.stance == Stance.DORMANT and a.rival >= 0:
        open_front(s, m.a)
    elif m.value == 0 and a.stance == Stance.OFFENSIVE:
        a.stance = Stance.DEFENSIVE
        for actor in range(s.world[0].n_actors):  # whoever has given no orders yet can now be surprised
            if s.actors[actor].commander == m.a:
                touch_army(s, actor)


@njit
def _shift_cohesion(s: State, m: np.record) -> None:
    for unit in range(s.world[0].n_units):
        if s.units[unit].actor == m.a and s.units[unit].strength > 0:
            shake_unit(s, unit, -m.value)


@njit
def _compliance(s: State, value: float) -> float:
    """Return the compliance that a change sets; that of the case when it is negative."""
    return value if value >= 0 else s.params[0].truce_compliance


@njit
def _set_truce(s: State, m: np.record) -> int:
    """Begin or end the truce of a pair, or set its compliance while it is in force; return whether it was."""
    held = s.pairs[pair(s, m.a, m.b)].truce
    if m.kind == ChangeKind.BEGIN_TRUCE or (m.kind == ChangeKind.SET_COMPLIANCE and held):
        set_truce(s, m.a, m.b, 1, _compliance(s, m.value), math.inf)
    elif m.kind == ChangeKind.END_TRUCE:
        set_truce(s, m.a, m.b, 0, 0.0, math.inf)
    return int(held)


@njit
def fire(s: State, entity: int) -> None:
    """Apply the measure."""
    m, held = s.measures[entity], 0
    m.done = 1
    a = s.actors[m.a]
    if m.kind == ChangeKind.SET_SORTIES:
        a.sorties_per_day = _or_own(m.value, a.own_sorties_per_day)
    elif m.kind == ChangeKind.SET_AVAILABILITY:
        a.availability, a.pinned = _or_own(m.value, a.own_availability), int(m.value >= 0)
        feel_availability(s, m.a)
    elif m.kind == ChangeKind.SET_RESTRAINT:
        a.restraint = _or_own(m.value, a.own_restraint)
    elif m.kind in (ChangeKind.BEGIN_TRUCE, ChangeKind.END_TRUCE, ChangeKind.SET_COMPLIANCE):
        held = _set_truce(s, m)
    elif m.kind == ChangeKind.SET_GUARANTEE:
        set_guarantee(s, m.a, m.b, int(m.value > 0))
    elif m.kind == ChangeKind.SET_FRONT:
        _set_front(s, m)
    elif m.kind == ChangeKind.SHIFT_COHESION:
        _shift_cohesion(s, m)
    elif m.kind == ChangeKind.SHIFT_CONFIDENCE:
        shake_actor(s, m.a, -m.value)
    elif m.kind == ChangeKind.SEND:
        raise_unit(s, m.unit, int(m.value), s.places[m.place].cell, s.world[0].t)
    touch_actor(s, m.a)
    e = s.event[0]
    e.actor, e.other, e.place, e.amount, e.amount2, e.value = m.a, m.b, m.place, m.kind, held, m.value
