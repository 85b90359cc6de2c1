"""What a commander sees, and which units are free to take his orders."""

from __future__ import annotations

import math

from simulation.compiled import njit
from simulation.draws import normal
from simulation.effects.control import holds
from simulation.effects.forces import ADVANCE, HOLD, LOCAL, in_contact, strength_around
from simulation.effects.luck import luck

FOG = 16
"""First slot of the luck of fog; each place uses two."""


@njit
def perceived_enemy(s, commander, place):
    """Return the enemy fighters in and around a place as the commander sees them in this round."""
    x, now = s.places[place], s.world[0].events
    if x.seen_in != now:
        noise = normal(luck(s, FOG + 2 * place), luck(s, FOG + 2 * place + 1))
        x.seen_in, x.error = now, math.exp(s.params[0].fog * noise)
    return x.error * strength_around(s, x.cell, commander, True)


@njit
def best_place(s):
    """Return the place with the highest score, the first of equals."""
    best = 0
    for place in range(s.world[0].n_places):
        if s.places[place].score > s.places[best].score:
            best = place
    return best


@njit
def obeys(s, unit, commander):
    """Say whether a unit on the map takes this commander's orders; allies do as far as they are available."""
    u = s.units[unit]
    if u.cell < 0 or u.strength == 0 or s.actors[u.actor].commander != commander:
        return False
    return u.actor == commander or u.willing < s.actors[u.actor].availability


@njit
def fresh(s, unit):
    """Say whether a unit has the strength and the cohesion to attack."""
    u, p = s.units[unit], s.params[0]
    return u.strength >= p.spent_share * u.initial and u.cohesion >= p.spent_cohesion


@njit
def free(s, unit, commander):
    """Say whether a unit can be sent: it obeys, can move, has no orders and no enemy in its cell."""
    u = s.units[unit]
    return obeys(s, unit, commander) and u.mobility >= LOCAL and u.order == HOLD and not in_contact(s, unit)


@njit
def forward(s, unit):
    """Say whether a unit is on the move against somebody: advancing, fighting, or on ground it has taken."""
    u = s.units[unit]
    if u.cell < 0:
        return False
    if u.order == ADVANCE or in_contact(s, unit):
        return True
    return s.cells[u.cell].control != s.ground[u.cell].control0 and holds(s, u.actor, u.cell)


@njit
def nearest_free(s, commander, place, limit_local, limit_mobile):
    """Return the free unit nearest to a place whose limit (km, by mobility) reaches it, or -1."""
    best, best_km = -1, math.inf
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.cell < 0:
            continue
        km = s.ways[u.cell, place].km
        limit = limit_local if u.mobility == LOCAL else limit_mobile
        if km < best_km and km <= limit and s.places[place].cell != u.cell and free(s, unit, commander):
            best, best_km = unit, km
    return best
