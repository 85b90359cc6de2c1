"""How attackers choose axes: by value, perceived chance and distance; they stop when spent or restrained."""

from __future__ import annotations

import math

from simulation.compiled import njit
from simulation.effects.control import hostile_cell
from simulation.effects.forces import ADVANCE, HOLD, MOBILE, halt, in_contact
from simulation.effects.morale import lost_confidence
from simulation.effects.touch import touch_unit
from simulation.planning.view import best_place, free, fresh, obeys, perceived_enemy


@njit
def objective_score(weight, own, enemy, odds, km, cell_km):
    """Return the pull of an objective: weight x chance of success / distance; strengths in fighters."""
    chance = own / (own + odds * enemy) if own > 0 else 0.0
    return weight * chance / (km + cell_km)


@njit
def committed_share(appetite, exploitation, rival_lost, restraint):
    """Return the share of its units that a side spends on attacks: more as its rival loses confidence (0..1)."""
    drawn_in = (1 - appetite) * exploitation * rival_lost
    return (appetite + drawn_in) * (1 - restraint)


@njit
def committed(s, unit, commander):
    """Say whether the commander is willing to spend this unit on attacks."""
    a, lost = s.actors[commander], 0.0
    if a.rival >= 0:
        lost = lost_confidence(s.actors[a.rival].confidence, s.actors[a.rival].resolve)
    return s.units[unit].willing < committed_share(a.appetite, s.params[0].exploitation, lost, a.restraint)


@njit
def can_attack(s, unit, commander):
    """Say whether a unit can be given an objective."""
    return committed(s, unit, commander) and free(s, unit, commander) and fresh(s, unit)


@njit
def road_km(s, unit, place):
    """Return the way (km) from a unit to a place; infinite if it cannot be called from so far."""
    u, p = s.units[unit], s.params[0]
    km = s.ways[u.cell, place].km
    return km if km <= (p.reserve_reach if u.mobility == MOBILE else p.threat_reach) else math.inf


@njit
def call_off(s, commander):
    """Halt units whose objective is no longer hostile, and spent or withheld units that are not engaged."""
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.order != ADVANCE or not obeys(s, unit, commander):
            continue
        gone = not hostile_cell(s, u.actor, s.places[u.target].cell)
        tired = not (fresh(s, unit) and committed(s, unit, commander))
        if gone or (tired and not in_contact(s, unit)):
            halt(s, unit)


@njit
def count_assigned(s, commander):
    """Write into `places.assigned` the fighters on their way to attack each place."""
    for place in range(s.world[0].n_places):
        s.places[place].assigned = 0.0
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.order == ADVANCE and obeys(s, unit, commander):
            s.places[u.target].assigned += u.strength


@njit
def chain_attackers(s, commander):
    """Chain the units free to attack from `world.first_ready` on, and return their fighters."""
    w, total = s.world[0], 0
    w.first_ready = -1
    for unit in range(w.n_units):
        if can_attack(s, unit, commander):
            s.units[unit].next_ready, w.first_ready = w.first_ready, unit
            total += s.units[unit].strength
    return total


@njit
def nearest_attacker(s, place):
    """Return the chained unit still without orders that is nearest to a place, or -1 if none is in reach."""
    best, best_km, unit = -1, math.inf, s.world[0].first_ready
    while unit >= 0:
        km = road_km(s, unit, place)
        # The chain runs from the last unit to the first, and of equals the first goes.
        if km < math.inf and km <= best_km and s.units[unit].order == HOLD:
            best, best_km = unit, km
        unit = s.units[unit].next_ready
    return best


@njit
def reinforce_axis(s, commander, place):
    """Send free units to an objective until the odds sought are met; return the fighters then assigned."""
    p = s.params[0]
    wanted = p.attack_odds * perceived_enemy(s, commander, place)
    x = s.places[place]
    while x.assigned == 0 or x.assigned < wanted:
        unit = nearest_attacker(s, place)
        if unit < 0:
            break
        u = s.units[unit]
        u.order, u.target = ADVANCE, place
        touch_unit(s, unit)
        x.assigned += u.strength
    return x.assigned


@njit
def _distance(s, place):
    """Return the distance (km) from a place to the nearest chained unit; infinite if none is in reach."""
    best, unit = math.inf, s.world[0].first_ready
    while unit >= 0:
        best = min(best, road_km(s, unit, place))
        unit = s.units[unit].next_ready
    return best


@njit
def _speaks_for_its_cell(s, unit, commander):
    """Say whether the unit is the first of those in its cell who obey; one is enough to measure from."""
    other = s.cells[s.units[unit].cell].first_unit
    while other != unit:
        if obeys(s, other, commander):
            return False
        other = s.units[other].next_unit
    return True


@njit
def measure_reach(s, commander):
    """Write into `places.km` the way to each place from the nearest position of the commander's troops."""
    places = s.world[0].n_places
    for place in range(places):
        s.places[place].km = math.inf
    for unit in range(s.world[0].n_units):
        if obeys(s, unit, commander) and _speaks_for_its_cell(s, unit, commander):
            cell = s.units[unit].cell
            for place in range(places):
                s.places[place].km = min(s.places[place].km, s.ways[cell, place].km)


@njit
def score_objectives(s, commander):
    """Write into `places.score` how attractive each hostile place is; zero for all others."""
    for place in range(s.world[0].n_places):
        s.places[place].score = 0.0
    own = chain_attackers(s, commander)
    if own == 0:
        return
    measure_reach(s, commander)
    for place in range(s.world[0].n_places):
        x = s.places[place]
        if x.weight == 0 or x.km > s.params[0].attack_reach or not hostile_cell(s, commander, x.cell):
            continue
        km = _distance(s, place)
        if km < math.inf:
            enemy = perceived_enemy(s, commander, place)
            x.score = objective_score(x.weight, own, enemy, s.params[0].attack_odds, km, s.world[0].cell_km)


@njit
def attack(s, commander):
    """Give attackers their orders and return the number of axes now pursued."""
    call_off(s, commander)
    count_assigned(s, commander)
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
    while axes < most:
        best = best_place(s)
        if s.places[best].score <= 0:
            break
        s.places[best].score = 0.0
        if s.places[best].assigned == 0 and reinforce_axis(s, commander, best) > 0:
            axes += 1
    return axes
