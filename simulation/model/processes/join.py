"""A dormant actor opens its own front.

Claim: those who wait join when the side they oppose looks weak.
Clock: one per actor; runs while it is dormant, has fighters and nobody bars it.
Formula: rate = `join_rate` exp(`join_slope` L) (1 - restraint), L being the confidence lost by its rival, who
is always the defender.
Effect: its stance is attack. It is at war with the defender and all who fight on the map under his orders, and
fights all others with whom it was at war before, unless they are dormant or a truce binds them. Its first round
of orders comes at once.
Source: assumption; in 2011-2012 and 2014 fronts opened where the government had thinned out.
Event: actor, other (rival).
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.morale import lost_confidence
from simulation.model.effects.touch import touch_army
from simulation.model.effects.truce_state import make_hostile
from simulation.model.state import Stance


@njit
def join_rate(base: float, slope: float, lost_confidence: float, restraint: float) -> float:
    """Return the rate (1/day) at which a dormant actor opens its front."""
    return base * math.exp(slope * lost_confidence) * (1 - restraint)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of joining of an actor."""
    a = s.actors[entity]
    if a.stance != Stance.DORMANT or a.barred or a.rival < 0 or a.present == 0:
        return 0.0
    rival = s.actors[a.rival]
    lost = lost_confidence(rival.confidence, rival.resolve)
    return join_rate(s.params[0].join_rate, s.params[0].join_slope, lost, a.restraint)


@njit
def open_front(s: State, actor: int) -> None:
    """Let an actor go over to the attack on its rival."""
    a = s.actors[actor]
    # A measure of day 0 comes before the first day has begun, when there is none to have reported.
    a.stance, a.next_orders, a.reported = Stance.OFFENSIVE, s.world[0].t, max(0, s.world[0].day)
    make_hostile(s, actor, a.rival)
    touch_army(s, actor)


@njit
def fire(s: State, entity: int) -> None:
    """Open the front."""
    open_front(s, entity)
    e = s.event[0]
    e.actor, e.other = entity, s.actors[entity].rival
