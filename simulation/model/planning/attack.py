"""How attackers choose axes: by value, perceived chance and distance; they stop when spent or restrained."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_place
from simulation.model.effects.touch import touch_unit
from simulation.model.planning.commitment import chain_attackers
from simulation.model.planning.view import (
    best_place,
    chain_scored,
    near_place,
    nearest_ready,
    perceived_enemy,
    road_km,
)
from simulation.model.state import OrderKind


@njit
def objective_score(weight: float, own: int, enemy: float, odds: float, km: float, cell_km: float) -> float:
    """Return the pull of an objective: weight x chance of success / distance; strengths in fighters."""
    chance = own / (own + odds * enemy) if own > 0 else 0.0
    return weight * chance / (km + cell_km)


@njit
def count_assigned(s: State) -> None:
    """Write into `places.assigned` the fighters on their way to attack each place."""
    for place in range(s.world[0].n_places):
        s.places[place].assigned = 0.0
    unit = s.world[0].first_own
    while unit >= 0:
        u = s.units[unit]
        if u.order == OrderKind.ADVANCE:
            s.places[u.target].assigned += u.strength
        unit = u.next_own


@njit
def _ready(s: State) -> int:
    """Return the fighters of the chained units still without orders."""
    total, unit = 0, s.world[0].first_ready
    while unit >= 0:
        if s.units[unit].order == OrderKind.HOLD:
            total += s.units[unit].strength
        unit = s.units[unit].next_ready
    return total


@njit
def reinforce_axis(s: State, commander: int, place: int) -> float:
    """Send free units to an objective until the odds sought are met; return the fighters then assigned."""
    p = s.params[0]
    wanted = p.attack_odds * perceived_enemy(s, commander, place)
    x = s.places[place]
    while x.assigned == 0 or x.assigned < wanted:
        unit = nearest_ready(s, place, False)
        if unit < 0:
            break
        u = s.units[unit]
        u.order, u.target = OrderKind.ADVANCE, place
        touch_unit(s, unit)
        x.assigned += u.strength
    return x.assigned


@njit
def _reach_around(s: State, cell: int) -> None:
    """Mark the places that lie within reach of an attack from a cell."""
    for k in range(s.world[0].n_places):
        place = near_place(s, cell, k)
        if s.ways[cell, place].km > s.params[0].attack_reach:
            break
        s.places[place].reached = 1


@njit
def mark_reached(s: State) -> None:
    """Write into `places.reached` which places lie within reach of the commander's troops."""
    for place in range(s.world[0].n_places):
        s.places[place].reached = 0
    unit, last = s.world[0].first_own, -1
    while unit >= 0:
        cell = s.units[unit].cell
        if cell != last:  # those of a cell mostly follow one another
            _reach_around(s, cell)
        unit, last = s.units[unit].next_own, cell


@njit
def _distance(s: State, place: int) -> float:
    """Return the way (km) to a place for the nearest chained unit without orders; infinite if none is in reach."""
    unit = nearest_ready(s, place, False)
    return road_km(s, unit, place) if unit >= 0 else math.inf


@njit
def score_objectives(s: State, commander: int) -> None:
    """Chain the hostile places that can be attacked, each with a score of how attractive it is."""
    s.world[0].first_scored = -1
    own = _ready(s)
    if own == 0:
        return
    mark_reached(s)
    for place in range(s.world[0].n_places - 1, -1, -1):
        x = s.places[place]
        if x.weight == 0 or not x.reached or not hostile_place(s, commander, place):
            continue
        km = _distance(s, place)
        if km < math.inf:
            enemy = perceived_enemy(s, commander, place)
            score = objective_score(x.weight, own, enemy, s.params[0].attack_odds, km, s.world[0].cell_km)
            chain_scored(s, place, score)


@njit
def attack(s: State, commander: int) -> int:
    """Give attackers their orders and return the number of axes now pursued."""
    count_assigned(s)
    chain_attackers(s, commander)
    axes = 0
    for place in range(s.world[0].n_places):
        if s.places[place].assigned > 0:
            reinforce_axis(s, commander, place)
            axes += 1
    most = math.floor(s.params[0].attack_axes)
    if axes >= most:
        return axes
    score_objectives(s, commander)
    while axes < most and _ready(s) > 0:
        best = best_place(s)
        if best < 0:
            break
        s.places[best].score = 0.0
        if s.places[best].assigned == 0 and reinforce_axis(s, commander, best) > 0:
            axes += 1
    return axes
