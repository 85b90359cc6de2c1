"""A day's claims: what each side says it took and killed, and what a monitor could confirm.

Claim: parties exaggerate, each in its own way; a monitor sees part of the dead.
Clock: one per actor that attacks or defends and one for the monitor (the last), each evening.
Formula: claim = true value x exp(e N(0, 1) + e / 2) for a party; confirmed = true value x share for the
monitor.
Effect: the day's claimed villages and claimed enemies killed; nothing else changes.
Source: the spread of counts of villages claimed on 27 November (12 to 32); size of the error assumed.
Event: actor (-1 monitor); amount villages claimed; amount2 killed claimed.
"""

from __future__ import annotations

import math

from simulation.compiled import njit
from simulation.draws import normal
from simulation.effects.luck import luck
from simulation.effects.relations import opposed
from simulation.state import DEFENSIVE, OFFENSIVE

ERROR, ERROR2 = 1, 2
EVENING = 0.75


@njit
def claim_factor(error, u, v):
    """Return the factor by which a party's claim of the day differs from the truth."""
    return math.exp(error * normal(u, v) + error / 2)


@njit
def killed_by_others(s, actor):
    """Return the fighters killed among those whom the actor fights; all the killed for the monitor."""
    total, everyone = 0, actor == s.world[0].n_actors
    for other in range(s.world[0].n_actors):
        if everyone or opposed(s, actor, other):
            total += s.actors[other].killed
    return total


@njit
def is_party(s, actor):
    """Say whether an actor attacks or defends and so makes claims."""
    a = s.actors[actor]
    return a.fights and a.commander == actor and a.stance in (DEFENSIVE, OFFENSIVE)


@njit
def due(s, entity):
    """Return the next evening on which the source reports."""
    monitor = entity == s.world[0].n_actors
    if not monitor and not is_party(s, entity):
        return math.inf
    return (s.world[0].reported if monitor else s.actors[entity].reported) + EVENING


@njit
def fire(s, entity):
    """Make the claims of the day, cumulative since the start."""
    monitor = entity == s.world[0].n_actors
    killed = killed_by_others(s, entity)
    if monitor:
        factor, villages = s.params[0].monitor_share, 0
        for actor in range(s.world[0].n_actors):
            villages = max(villages, s.actors[actor].villages_taken)
    else:
        factor = claim_factor(s.params[0].exaggeration, luck(s, ERROR), luck(s, ERROR2))
        villages = s.actors[entity].villages_taken
    e = s.world[0]
    if monitor:
        e.confirmed_killed = killed * factor
        e.reported += 1
    else:
        a = s.actors[entity]
        a.claimed_villages, a.claimed_killed = villages * factor, killed * factor
        a.reported += 1
    e.actor = -1 if monitor else entity
    e.amount, e.amount2 = int(villages * factor), int(killed * factor)
