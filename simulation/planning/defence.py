"""How defenders answer: reinforce what is threatened, retake what was lost, leave what cannot be held."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.effects.control import holds, hostile_cell
from simulation.effects.forces import ADVANCE, MOVE, WITHDRAW, allied_strength, halt, strength_around
from simulation.effects.relations import opposed
from simulation.effects.touch import touch_actor, touch_unit
from simulation.planning.refuge import refuge
from simulation.planning.view import best_place, forward, fresh, nearest_free, obeys, perceived_enemy


@njit
def see_threats(s, commander):
    """Write into `places.threat` the enemy fighters on the move within reach of each own place."""
    for place in range(s.world[0].n_places):
        s.places[place].threat = 0.0
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.cell < 0 or not opposed(s, commander, u.actor) or not forward(s, unit):
            continue
        for place in range(s.world[0].n_places):
            if s.ways[u.cell, place].km <= s.params[0].threat_reach:
                s.places[place].threat += u.strength
    watch_capital(s, commander)


@njit
def watch_capital(s, commander):
    """Note whether the commander sees his capital threatened."""
    a = s.actors[commander]
    threatened = int(a.capital >= 0 and s.places[a.capital].threat > 0)
    if threatened != a.threatened:
        a.threatened = threatened
        touch_actor(s, commander)


@njit
def score_shortfalls(s, commander):
    """Write into `places.score` weight x fighters missing at each threatened own place; zero elsewhere."""
    for place in range(s.world[0].n_places):
        x = s.places[place]
        x.score = 0.0
        if x.threat > 0 and holds(s, commander, x.cell):
            missing = s.params[0].defence_odds * x.threat - strength_around(s, x.cell, commander, False)
            x.score = x.weight * max(0.0, missing)


@njit
def _threatened(s, unit):
    """Say whether the unit stands at a threatened place, which it should not be called away from."""
    place = s.ground[s.units[unit].cell].first_place
    return place >= 0 and s.places[place].threat > 0


@njit
def reinforce_place(s, commander, place):
    """Send free units to a threatened place until nothing is missing; return the fighters sent."""
    p, x = s.params[0], s.places[place]
    missing, sent = x.score / x.weight, 0
    while sent < missing:
        unit = nearest_free(s, commander, place, p.threat_reach, p.reserve_reach)
        if unit < 0 or _threatened(s, unit):
            break
        u = s.units[unit]
        u.order, u.target = MOVE, place
        touch_unit(s, unit)
        sent += u.strength
    return sent


@njit
def reinforce_threatened(s, commander):
    """Reinforce threatened places in order of weight x shortfall until a place finds nobody left to send."""
    sent = 0
    while True:
        best = best_place(s)
        if s.places[best].score <= 0:
            return sent
        now = reinforce_place(s, commander, best)
        s.places[best].score = 0.0
        sent += now
        if now == 0:
            return sent


@njit
def counter_attack(s, commander):
    """Send units near by against the weightiest lost place where odds invite it; return the place or -1."""
    p, best = s.params[0], -1
    for place in range(s.world[0].n_places):
        x = s.places[place]
        lost = x.holder != x.holder0 and hostile_cell(s, commander, x.cell)
        lost = lost and s.actors[x.holder0].bloc == s.actors[commander].bloc if x.holder0 >= 0 else False
        if not lost or (best >= 0 and x.weight <= s.places[best].weight):
            continue
        if reserve_near(s, commander, place) >= p.counter_odds * max(
            1.0, perceived_enemy(s, commander, place)
        ):
            best = place
    if best >= 0:
        _send_against(s, commander, best)
    return best


@njit
def _can_counter(s, unit, commander, place):
    u, p = s.units[unit], s.params[0]
    near = u.cell >= 0 and s.ways[u.cell, place].km <= p.threat_reach
    return near and u.mobility > 0 and u.order != ADVANCE and obeys(s, unit, commander) and fresh(s, unit)


@njit
def reserve_near(s, commander, place):
    """Return the fighters near a place who could counter-attack it."""
    total = 0
    for unit in range(s.world[0].n_units):
        if _can_counter(s, unit, commander, place):
            total += s.units[unit].strength
    return total


@njit
def _send_against(s, commander, place):
    for unit in range(s.world[0].n_units):
        if _can_counter(s, unit, commander, place):
            halt(s, unit)
            s.units[unit].order, s.units[unit].target = ADVANCE, place


@njit
def evacuate(s, commander):
    """Order shaken garrisons out of places that cannot be held; return the fighters ordered out."""
    p, out = s.params[0], 0
    if s.actors[commander].confidence >= p.evacuate_confidence:
        return 0
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if not obeys(s, unit, commander) or u.order == WITHDRAW or not _threatened(s, unit):
            continue
        threat = s.places[s.ground[u.cell].first_place].threat
        if threat < p.evacuate_odds * allied_strength(s, u.cell, u.actor):
            continue
        place = refuge(s, unit)
        if place >= 0:
            halt(s, unit)
            u.order, u.target = WITHDRAW, place
            out += u.strength
    return out


@njit
def defend(s, commander):
    """Give defenders their orders and return (fighters sent, fighters ordered out)."""
    see_threats(s, commander)
    out = evacuate(s, commander)
    score_shortfalls(s, commander)
    sent = reinforce_threatened(s, commander)
    if s.actors[commander].confidence >= s.params[0].evacuate_confidence:
        counter_attack(s, commander)
    return sent, out
