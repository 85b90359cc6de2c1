"""What a commander sees, and which units are free to take his orders."""

from __future__ import annotations

import math

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, normal
from simulation.model.effects.control import holds, holds_place, hostile_cell
from simulation.model.effects.strength import allied_strength, in_contact, opposed_strength, strength_around
from simulation.model.effects.units import unit_after
from simulation.model.state import Mobility, OrderKind

FOG = 16
"""First slot of the luck of fog; each place uses two."""


@njit
def perceived_enemy(s: State, commander: int, place: int) -> float:
    """Return the enemy fighters in and around a place as the commander sees them in this round."""
    x, now = s.places[place], s.world[0].events
    if x.seen_in != now:
        noise = normal(luck(s, FOG + 2 * place), luck(s, FOG + 2 * place + 1))
        x.seen_in, x.error = now, math.exp(s.params[0].fog * noise)
    return x.error * strength_around(s, x.cell, commander, True)


@njit
def best_place(s: State) -> int:
    """Return the chained place with the highest score, ties going to the first, or -1 if none has one."""
    best, highest, place = -1, 0.0, s.world[0].first_scored
    while place >= 0:
        if s.places[place].score > highest:
            best, highest = place, s.places[place].score
        place = s.places[place].next_scored
    return best


@njit
def chain_scored(s: State, place: int, score: float) -> None:
    """Give a place a score, and put it, unless that is 0, at the head of the chain from `world.first_scored` on."""
    x = s.places[place]
    x.score = score
    if score != 0:
        x.next_scored, s.world[0].first_scored = s.world[0].first_scored, place


@njit
def obeys(s: State, unit: int, commander: int) -> bool:
    """Say whether a unit on the map takes this commander's orders; allies do as far as they are available."""
    u = s.units[unit]
    if u.cell < 0 or u.strength == 0 or s.actors[u.actor].commander != commander:
        return False
    return u.actor == commander or u.willing < s.actors[u.actor].availability


@njit
def chain_own(s: State, commander: int) -> None:
    """Chain the units that take this commander's orders, in their order, from `world.first_own` on."""
    w, last, unit = s.world[0], -1, 0
    w.first_own = -1
    while unit < w.n_units:
        if obeys(s, unit, commander):
            s.units[unit].next_own = -1
            if last < 0:
                w.first_own = unit
            else:
                s.units[last].next_own = unit
            last = unit
        unit = unit_after(s, unit, s.actors[s.units[unit].actor].commander == commander)


@njit
def fresh(s: State, unit: int) -> bool:
    """Say whether a unit has the strength and the cohesion to attack."""
    u, p = s.units[unit], s.params[0]
    return u.strength >= p.spent_share * u.initial and u.cohesion >= p.spent_cohesion


@njit
def free(s: State, unit: int) -> bool:
    """Say whether a unit that obeys can be sent: it can move, has no orders or aim, and no enemy in its cell."""
    u = s.units[unit]
    return u.mobility >= Mobility.LOCAL and idle(u) and not in_contact(s, unit) and not _only_guard(s, unit)


@njit
def idle(u: np.record) -> bool:
    """Say whether a unit has neither orders nor an attack to gather for."""
    return u.order == OrderKind.HOLD and u.aim < 0


@njit
def _only_guard(s: State, unit: int) -> bool:
    """Say whether a unit is the only one of its bloc in the cell of a place that its bloc holds, and has to stay.

    A local one keeps any place, a mobile one a place of `guard_weight` that has another holder than at the start.
    Of the places in the cell the weightiest counts.
    """
    u = s.units[unit]
    place = s.ground[u.cell].first_place
    if place < 0 or not holds_place(s, u.actor, place) or allied_strength(s, u.cell, u.actor) > u.strength:
        return False
    x = s.places[place]
    return u.mobility == Mobility.LOCAL or (x.holder != x.holder0 and x.weight >= s.params[0].guard_weight)


@njit
def forward(s: State, unit: int) -> bool:
    """Say whether a unit is on the move against somebody: advancing, fighting, or on ground it has taken."""
    u = s.units[unit]
    if u.cell < 0:
        return False
    if u.order == OrderKind.ADVANCE or in_contact(s, unit):
        return True
    c = s.cells[u.cell]
    return c.passed != 0 and c.control != s.ground[u.cell].control0 and holds(s, u.actor, u.cell)


@njit
def near_place(s: State, cell: int, k: int) -> np.int64:
    """Return the place that is k-th nearest to a cell."""
    return np.int64(s.ways[cell, k].near)


@njit
def chain_ready(s: State, unit: int) -> None:
    """Put a unit on the chain that runs from `world.first_ready` on; whoever starts it empties it first."""
    s.units[unit].next_ready, s.world[0].first_ready = s.world[0].first_ready, unit


@njit
def road_km(s: State, unit: int, place: int, reach: float) -> float:
    """Return the way (km) from a unit to a place; infinite if it cannot be called from so far.

    `reach` (km) is that of local units; mobile ones are called from `reserve_reach`.
    """
    u, p = s.units[unit], s.params[0]
    km = s.ways[u.cell, place].km
    return km if km <= (max(reach, p.reserve_reach) if u.mobility == Mobility.MOBILE else reach) else math.inf


@njit
def barred(s: State, unit: int, place: int) -> bool:
    """Say whether the first step of a unit to a place leads onto hostile ground or into enemies."""
    u = s.units[unit]
    direction = s.ways[u.cell, place].step
    if direction < 0:
        return True
    step = s.ground[u.cell].neighbours[direction]
    return hostile_cell(s, u.actor, step) or opposed_strength(s, step, u.actor) > 0


@njit
def nearest_ready(s: State, place: int, to_help: bool, reach: float) -> int:
    """Return the chained unit still without orders that is nearest to a place, or -1 if none is in `reach` (km).

    With `to_help`, those who stand in the place's cell, or whose first step there is barred, are passed over. Who has
    got orders meanwhile leaves the chain.
    """
    best, best_km, unit, last = -1, math.inf, s.world[0].first_ready, -1
    while unit >= 0:
        u = s.units[unit]
        if idle(u):
            last = unit
            km = road_km(s, unit, place, reach)
            # The chain runs from the last unit to the first, and ties go to the first.
            if km < math.inf and km <= best_km and not (to_help and _is_no_help(s, unit, place)):
                best, best_km = unit, km
        elif last < 0:
            s.world[0].first_ready = u.next_ready
        else:
            s.units[last].next_ready = u.next_ready
        unit = u.next_ready
    return best


@njit
def _is_no_help(s: State, unit: int, place: int) -> bool:
    """Say whether a unit stands in a place's cell already, or cannot get there."""
    return s.units[unit].cell == s.places[place].cell or barred(s, unit, place)
