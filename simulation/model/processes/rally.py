"""A unit out of contact recovers, or loses heart with its army.

Claim: cohesion returns towards the confidence of the whole army; units far behind a collapsing front lose
theirs too.
Clock: one per unit; runs on the map, out of contact, while |c - h| is at least `rally_step` squared.
Formula: rate = `rally_rate`; at each step h becomes h + `rally_step` (c - h), c being its actor's confidence.
Source: assumption (a few days of rest restore a unit; news travels in days).
Event: unit, actor, cell; value = the new cohesion.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.morale import rallies
from simulation.model.effects.strength import in_contact
from simulation.model.effects.touch import touch_spirit


@njit
def rallied(cohesion: float, confidence: float, step: float) -> float:
    """Return the cohesion after a step that closes a share of the gap to the confidence."""
    return cohesion + step * (confidence - cohesion)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of rallying of a unit."""
    u, p = s.units[entity], s.params[0]
    if u.cell < 0 or not rallies(u.cohesion, s.actors[u.actor].confidence, p.rally_step):
        return 0.0
    return 0.0 if in_contact(s, entity) else p.rally_rate


@njit
def fire(s: State, entity: int) -> None:
    """Move the unit's cohesion one step towards its actor's confidence."""
    u = s.units[entity]
    u.cohesion = rallied(u.cohesion, s.actors[u.actor].confidence, s.params[0].rally_step)
    touch_spirit(s, entity)
    e = s.event[0]
    e.cell, e.actor, e.unit, e.value = u.cell, u.actor, entity, u.cohesion
