"""The start of a history: a case's numbers fill the actors, and their fighters are assigned to the units."""

from __future__ import annotations

import math

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.effects.strength import enter_cell
from simulation.model.effects.touch import forget_touched
from simulation.model.state import CaseColumn, Stance


@njit
def _instruct(s: State, actor: int, q: np.ndarray) -> None:
    """Set an actor's numbers from its row of the case."""
    a = s.actors[actor]
    a.kill_rate, a.cohesion = q[CaseColumn.KILL_RATE], q[CaseColumn.COHESION]
    a.confidence = a.resolve = q[CaseColumn.CONFIDENCE]
    a.availability = a.own_availability = q[CaseColumn.AVAILABILITY]
    a.sorties_per_day = a.own_sorties_per_day = q[CaseColumn.SORTIES_PER_DAY]
    a.appetite = q[CaseColumn.APPETITE]
    a.restraint = a.own_restraint = q[CaseColumn.RESTRAINT]
    a.pool, a.desertion = math.floor(q[CaseColumn.POOL]), q[CaseColumn.DESERTION]
    a.endurance = q[CaseColumn.ENDURANCE]
    a.next_orders = math.inf
    if a.commander == actor and a.stance == Stance.OFFENSIVE:
        a.next_orders = s.params[0].attack_start
    elif a.commander == actor and a.stance == Stance.DEFENSIVE:
        a.next_orders = s.params[0].attack_start + s.params[0].reaction_delay


@njit
def _assign(s: State, quantities: np.ndarray) -> None:
    """Give each unit its part of the actor's fighters on the map; the parts add up to the whole."""
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        a = s.actors[u.actor]
        a.share_assigned += u.share
        total = quantities[u.actor, CaseColumn.FIGHTERS] * quantities[u.actor, CaseColumn.MAP_SHARE]
        u.strength = int(math.floor(total * a.share_assigned + 1 / 2)) - a.present
        u.initial, u.cohesion = u.strength, a.cohesion
        a.present += u.strength
        if u.strength > 0:
            enter_cell(s, unit, u.home)


@njit
def bloc_area(s: State, actor: int) -> int:
    """Return the land (m2) that an actor's bloc holds."""
    total = 0
    for other in range(s.world[0].n_actors):
        if s.actors[other].bloc == s.actors[actor].bloc:
            total += s.actors[other].area_m2
    return total


@njit
def note_land(s: State) -> None:
    """Note the most land that each bloc has held at a midnight."""
    for actor in range(s.world[0].n_actors):
        s.actors[actor].most_m2 = max(s.actors[actor].most_m2, bloc_area(s, actor))


@njit
def muster(s: State, quantities: np.ndarray) -> None:
    """Bring a fresh copy of the template to its start, by its `params` and `quantities` (actors, quantities)."""
    for actor in range(s.world[0].n_actors):
        _instruct(s, actor, quantities[actor])
    _assign(s, quantities)
    for actor in range(s.world[0].n_actors):
        a = s.actors[actor]
        a.initial = a.present
    for actor in range(s.world[0].n_actors):
        s.actors[actor].area0_m2 = s.actors[actor].most_m2 = bloc_area(s, actor)
    forget_touched(s)
