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
    enemy = strength_around(s, x.cell, commander, True)
    if enemy == 0:  # whatever the fog
        return 0.0
    if x.seen_in != now:
        noise = normal(luck(s, FOG + 2 * place), luck(s, FOG + 2 * place + 1))
        x.seen_in, x.error = now, math.exp(s.params[0].fog * noise)
    return x.error * enemy


@njit
def shortlist(s: State, place: int, score: float) -> None:
    """Put a place with its score, unless that is 0, on the list of those that are weighed."""
    if score != 0:
        x = s.shortlist[s.world[0].shortlisted]
        x.place, x.score = place, score
        s.world[0].shortlisted += 1


@njit
def take_best(s: State) -> int:
    """Return the place with the highest score on the list, the first of equals, and cross it out; or -1."""
    best, highest = -1, 0.0
    for k in range(s.world[0].shortlisted):
        if s.shortlist[k].score > highest:
            best, highest = k, s.shortlist[k].score
    if best < 0:
        return -1
    s.shortlist[best].score = 0.0
    return s.shortlist[best].place


@njit
def obeys(s: State, unit: int, commander: int) -> bool:
    """Say whether a unit on the map takes this commander's orders; allies do as far as they are available."""
    u = s.units[unit]
    if u.cell < 0 or u.strength == 0 or s.actors[u.actor].commander != commander:
        return False
    return u.actor == commander or u.willing < s.actors[u.actor].availability


@njit
def list_own(s: State, commander: int) -> None:
    """List the units that take this commander's orders."""
    w, unit = s.world[0], 0
    w.own = 0
    while unit < w.n_units:
        if obeys(s, unit, commander):
            s.roll[w.own].own, s.roll[w.own].movable = unit, movable(s, unit)
            w.own += 1
        unit = unit_after(s, unit, s.actors[s.units[unit].actor].commander == commander)


@njit
def own_unit(s: State, k: int) -> np.int64:
    """Return the k-th of the units that obey the commander who gives orders."""
    return np.int64(s.roll[k].own)


@njit
def fresh(s: State, unit: int) -> bool:
    """Say whether a unit has the strength and the cohesion to attack."""
    u, p = s.units[unit], s.params[0]
    return u.strength >= p.spent_share * u.initial and u.cohesion >= p.spent_cohesion


@njit
def movable(s: State, unit: int) -> bool:
    """Say whether a unit on the map could be sent if it had no orders; nothing of this changes in a round of orders.

    It can move, no enemy is in its cell, and it is not the only guard of a place.
    """
    return s.units[unit].mobility >= Mobility.LOCAL and not in_contact(s, unit) and not _only_guard(s, unit)


@njit
def free(s: State, k: int) -> bool:
    """Say whether the k-th of the units that obey can be sent: it can move, and has no orders or aim."""
    return s.roll[k].movable != 0 and idle(s.units[s.roll[k].own])


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
def hold_ready(s: State, unit: int) -> None:
    """Put a unit on the list of those that can be sent; whoever starts it empties it first."""
    s.roll[s.world[0].reserves].reserve = unit
    s.world[0].reserves += 1


@njit
def reserve_unit(s: State, k: int) -> np.int64:
    """Return the k-th of the units that can be sent."""
    return np.int64(s.roll[k].reserve)


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
    """Return the unit of the reserve nearest to a place, the first of equals, or -1 if none is in `reach` (km).

    With `to_help`, those who stand in the place's cell, or whose first step there is barred, are passed over. Who has
    got orders meanwhile leaves the list.
    """
    best, best_km, left = -1, math.inf, 0
    for k in range(s.world[0].reserves):
        unit = reserve_unit(s, k)
        if idle(s.units[unit]):
            s.roll[left].reserve = unit
            left += 1
            km = road_km(s, unit, place, reach)
            if km < best_km and not (to_help and _is_no_help(s, unit, place)):
                best, best_km = unit, km
    s.world[0].reserves = left
    return best


@njit
def _is_no_help(s: State, unit: int, place: int) -> bool:
    """Say whether a unit stands in a place's cell already, or cannot get there."""
    return s.units[unit].cell == s.places[place].cell or barred(s, unit, place)
