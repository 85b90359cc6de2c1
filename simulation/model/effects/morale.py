"""Cohesion of units and confidence of actors: what shakes them and what lifts them. Both lie in 0..1."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.touch import touch_actor, touch_aim, touch_spirit
from simulation.model.effects.units import unit_after


@njit
def clamp(value: float) -> float:
    """Return the value held within 0..1."""
    return min(1.0, max(0.0, value))


@njit
def lost_confidence(confidence: float, resolve: float) -> float:
    """Return the share of the confidence at the start that is lost, 0..1."""
    return max(0.0, 1 - confidence / resolve) if resolve > 0 else 1.0


@njit
def pursuit_haste(pace: float, doubt: float) -> float:
    """Return how many times as fast ground is entered and taken of a side that has lost a share of its confidence."""
    return pace**doubt if doubt > 0 and pace != 1 else 1.0


@njit
def rallies(cohesion: float, confidence: float, step: float) -> bool:
    """Say whether a unit rallies to a confidence: gaps smaller than one step squared are left alone."""
    return abs(confidence - cohesion) >= step * step


@njit
def shake_unit(s: State, unit: int, loss: float) -> None:
    """Lower a unit's cohesion; a negative loss lifts it."""
    s.units[unit].cohesion = clamp(s.units[unit].cohesion - loss)
    touch_spirit(s, unit)


@njit
def shake_cell(s: State, cell: int, actor: int, loss: float) -> None:
    """Lower the cohesion of all units of the actor's bloc in a cell."""
    unit = s.cells[cell].first_unit
    while unit >= 0:
        if s.actors[s.units[unit].actor].bloc == s.actors[actor].bloc:
            shake_unit(s, unit, loss)
        unit = s.units[unit].next_unit


@njit
def shake_actor(s: State, actor: int, loss: float) -> None:
    """Lower an actor's confidence; a negative loss lifts it."""
    before = s.actors[actor].confidence
    s.actors[actor].confidence = clamp(before - loss)
    if s.actors[actor].confidence != before:
        touch_actor(s, actor)
        _touch_aims(s, actor, before)


@njit
def _touch_aims(s: State, actor: int, before: float) -> None:
    """Mark the units that find their actor's confidence worth rallying to, and did not before, or the other way."""
    now, step, unit = s.actors[actor].confidence, s.params[0].rally_step, 0
    while unit < s.world[0].n_units:
        u, own = s.units[unit], s.units[unit].actor == actor
        if own and u.strength > 0 and rallies(u.cohesion, now, step) != rallies(u.cohesion, before, step):
            touch_aim(s, unit)
        unit = unit_after(s, unit, own)


@njit
def spared(s: State, actor: int) -> float:
    """Return what is left of a shock to an actor's confidence, 0..1: patrons who are free take up a part of it."""
    p = s.params[0]
    return 1 - p.allies_steady * p.patron_steadies * s.actors[actor].support


@njit
def shake_bloc(s: State, bloc: int, loss: float) -> None:
    """Lower the confidence of each actor of a bloc in proportion to what is left (or lacks, for a lift)."""
    for actor in range(s.world[0].n_actors):
        if s.actors[actor].bloc == bloc and s.actors[actor].fights:
            c = s.actors[actor].confidence
            shake_actor(s, actor, loss * spared(s, actor) * c if loss > 0 else loss * (1 - c))
