"""A day's claims: what each side says it took and killed, and what a monitor could confirm.

Claim: parties exaggerate, each in its own way; a monitor sees part of the dead.
Clock: one per actor that attacks or defends under its own command, and one for the monitor (the last); each
evening, 0.75 after midnight.
Formula: what a party claims grows by (new since its last claim) exp(`exaggeration` Z + `exaggeration` / 2), one
factor for villages and dead. Villages: those that it took itself. Dead: the killed of all with whom it is at
war, truce or not, whoever killed them. The monitor confirms `monitor_share` of all killed, and of the villages
of the actor that took most.
Effect: villages and killed enemies claimed since the start; nothing else changes.
Draws: 1, 2 the error.
Source: the spread of counts of villages claimed on the first day of an offensive (12 to 32); size of the error assumed.
Event: actor (-1 monitor); amount villages claimed; amount2 killed claimed.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, normal
from simulation.model.effects.hostility import pair
from simulation.model.state import Stance

ERROR, ERROR2 = 1, 2
EVENING = 0.75


@njit
def claim_factor(error: float, u: float, v: float) -> float:
    """Return the factor by which a party's claim of the day differs from the truth."""
    return math.exp(error * normal(u, v) + error / 2)


@njit
def killed_by_others(s: State, actor: int) -> int:
    """Return the fighters killed among an actor's enemies, truce or not; all the killed for the monitor."""
    total, everyone = 0, actor == s.world[0].n_actors
    for other in range(s.world[0].n_actors):
        if everyone or s.pairs[pair(s, actor, other)].hostile:
            total += s.actors[other].killed
    return total


@njit
def is_party(s: State, actor: int) -> int:
    """Say whether an actor attacks or defends and so makes claims."""
    a = s.actors[actor]
    return a.fights and a.commander == actor and a.stance in (Stance.DEFENSIVE, Stance.OFFENSIVE)


@njit
def due(s: State, entity: int) -> float:
    """Return the next evening on which the source reports."""
    monitor = entity == s.world[0].n_actors
    if not monitor and not is_party(s, entity):
        return math.inf
    return (s.world[0].reported if monitor else s.actors[entity].reported) + EVENING


@njit
def confirm(s: State, killed: int) -> tuple[float, float]:
    """Let the monitor count; return (villages, killed) that it could confirm."""
    w, villages = s.world[0], 0
    for actor in range(w.n_actors):
        villages = max(villages, s.actors[actor].villages_taken)
    w.confirmed_killed = killed * s.params[0].monitor_share
    w.reported += 1
    return villages * s.params[0].monitor_share, w.confirmed_killed


@njit
def claim(s: State, actor: int, killed: int) -> tuple[float, float]:
    """Let a party add its version of what is new; return (villages, killed) that it claims so far."""
    a = s.actors[actor]
    factor = claim_factor(s.params[0].exaggeration, luck(s, ERROR), luck(s, ERROR2))
    a.claimed_villages += (a.villages_taken - a.told_villages) * factor
    a.claimed_killed += (killed - a.told_killed) * factor
    a.told_villages, a.told_killed = a.villages_taken, killed
    a.reported += 1
    return a.claimed_villages, a.claimed_killed


@njit
def fire(s: State, entity: int) -> None:
    """Make the claims of the day, cumulative since the start."""
    e, killed = s.event[0], killed_by_others(s, entity)
    monitor = entity == s.world[0].n_actors
    villages, dead = confirm(s, killed) if monitor else claim(s, entity, killed)
    e.actor = -1 if monitor else entity
    e.amount, e.amount2 = int(villages), int(dead)
