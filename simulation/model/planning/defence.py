"""How defenders answer: reinforce what is threatened, retake what was lost, leave what cannot be held."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds_place, hostile_place
from simulation.model.effects.hostility import opposed
from simulation.model.effects.strength import allied_strength, beside, halt, strength_around
from simulation.model.effects.touch import touch_actor, touch_unit
from simulation.model.effects.units import unit_after
from simulation.model.planning.commitment import call_off, chain_attackers
from simulation.model.planning.refuge import refuge
from simulation.model.planning.view import (
    best_place,
    chain_ready,
    chain_scored,
    forward,
    free,
    near_place,
    nearest_ready,
    perceived_enemy,
)
from simulation.model.state import OrderKind


@njit
def _on_the_move(s: State, commander: int, unit: int) -> int:
    """Return the enemy fighters on the move in a unit's cell if it is the first of them in its cell, or else 0."""
    if s.units[unit].cell < 0 or not _is_threat(s, commander, unit):
        return 0
    total, other = 0, s.cells[s.units[unit].cell].first_unit
    while other >= 0:
        if _is_threat(s, commander, other):
            if total == 0 and other != unit:
                return 0
            total += s.units[other].strength
        other = s.units[other].next_unit
    return total


@njit
def _is_threat(s: State, commander: int, unit: int) -> bool:
    return opposed(s, commander, s.units[unit].actor) and forward(s, unit)


@njit
def _threaten_around(s: State, cell: int, fighters: int) -> None:
    """Add enemy fighters to the threat to the places within reach of their cell."""
    for k in range(s.world[0].n_places):
        place = near_place(s, cell, k)
        if s.ways[cell, place].km > s.params[0].threat_reach:
            break
        s.places[place].threat += fighters


@njit
def see_threats(s: State, commander: int) -> None:
    """Write into `places.threat` the enemy fighters on the move within reach of each own place."""
    for place in range(s.world[0].n_places):
        s.places[place].threat = 0.0
    unit = 0
    while unit < s.world[0].n_units:
        hostile = opposed(s, commander, s.units[unit].actor)
        fighters = _on_the_move(s, commander, unit) if hostile else 0
        if fighters > 0:
            _threaten_around(s, s.units[unit].cell, fighters)
        unit = unit_after(s, unit, hostile)
    watch_capital(s, commander)


@njit
def threat_share(enemy: float, own: int) -> float:
    """Return how far a place is threatened, 0..1: wholly when the enemies on the move are as many as its defenders."""
    return min(1.0, enemy / own) if own > 0 else min(1.0, enemy)


@njit
def watch_capital(s: State, commander: int) -> None:
    """Note how far the commander sees his capital threatened, 0..1."""
    a = s.actors[commander]
    if a.capital < 0:
        return
    x = s.places[a.capital]
    threatened = threat_share(x.threat, strength_around(s, x.cell, commander, False))
    if threatened != a.threatened:
        a.threatened = threatened
        touch_actor(s, commander)


@njit
def _count_under_way(s: State) -> None:
    """Write into `places.assigned` the fighters sent to each place who are not yet beside it."""
    for place in range(s.world[0].n_places):
        s.places[place].assigned = 0.0
    unit = s.world[0].first_own
    while unit >= 0:
        u = s.units[unit]
        if u.order == OrderKind.MOVE and not beside(s, u.cell, s.places[u.target].cell):
            s.places[u.target].assigned += u.strength
        unit = u.next_own


@njit
def score_shortfalls(s: State, commander: int) -> None:
    """Chain the threatened own places, each with a score of weight x fighters missing."""
    _count_under_way(s)
    s.world[0].first_scored = -1
    for place in range(s.world[0].n_places - 1, -1, -1):
        x = s.places[place]
        if x.threat > 0 and holds_place(s, commander, place):
            there = strength_around(s, x.cell, commander, False) + x.assigned
            chain_scored(s, place, x.weight * max(0.0, s.params[0].defence_odds * x.threat - there))


@njit
def _threatened(s: State, unit: int) -> bool:
    """Say whether the unit stands at a threatened place, which it should not be called away from."""
    place = s.ground[s.units[unit].cell].first_place
    return place >= 0 and s.places[place].threat > 0


@njit
def _chain_free(s: State) -> None:
    """Chain the units that can be sent, and are not themselves needed where they are, from `world.first_ready` on."""
    s.world[0].first_ready, unit = -1, s.world[0].first_own
    while unit >= 0:
        if free(s, unit) and not _threatened(s, unit):
            chain_ready(s, unit)
        unit = s.units[unit].next_own


@njit
def reinforce_place(s: State, place: int) -> int:
    """Send chained units to a threatened place until nothing is missing; return the fighters sent."""
    missing, sent = s.places[place].score / s.places[place].weight, 0
    while sent < missing:
        unit = nearest_ready(s, place, True)
        if unit < 0:
            break
        u = s.units[unit]
        u.order, u.target = OrderKind.MOVE, place
        touch_unit(s, unit)
        sent += u.strength
    return sent


@njit
def reinforce_threatened(s: State) -> int:
    """Reinforce threatened places in order of weight x shortfall; return the fighters sent."""
    _chain_free(s)
    sent, best = 0, best_place(s)
    while best >= 0 and s.world[0].first_ready >= 0:
        sent += reinforce_place(s, best)
        s.places[best].score = 0.0
        best = best_place(s)
    return sent


@njit
def counter_attack(s: State, commander: int) -> int:
    """Send units near by against the weightiest lost place where odds invite it; return the place or -1."""
    p, best = s.params[0], -1
    chain_attackers(s, commander)
    for place in range(s.world[0].n_places):
        if not _lost(s, commander, place):
            continue
        if best >= 0 and s.places[place].weight <= s.places[best].weight:
            continue
        reserve = reserve_near(s, place)
        if reserve > 0 and reserve >= p.counter_odds * max(1.0, perceived_enemy(s, commander, place)):
            best = place
    if best >= 0:
        _send_against(s, best)
    return best


@njit
def _lost(s: State, commander: int, place: int) -> bool:
    """Say whether the place was the commander's side's at the start and is in hostile hands."""
    x = s.places[place]
    if x.holder == x.holder0 or x.holder0 < 0 or not hostile_place(s, commander, place):
        return False
    return s.actors[x.holder0].bloc == s.actors[commander].bloc


@njit
def _is_near(s: State, unit: int, place: int) -> bool:
    return s.ways[s.units[unit].cell, place].km <= s.params[0].threat_reach


@njit
def reserve_near(s: State, place: int) -> int:
    """Return the chained fighters near enough to a place to counter-attack it."""
    total, unit = 0, s.world[0].first_ready
    while unit >= 0:
        if _is_near(s, unit, place):
            total += s.units[unit].strength
        unit = s.units[unit].next_ready
    return total


@njit
def _send_against(s: State, place: int) -> None:
    unit = s.world[0].first_ready
    while unit >= 0:
        if _is_near(s, unit, place):
            s.units[unit].order, s.units[unit].target = OrderKind.ADVANCE, place
            touch_unit(s, unit)
        unit = s.units[unit].next_ready


@njit
def _is_hopeless(s: State, unit: int) -> bool:
    """Say whether the unit, not yet ordered out, stands at a threatened place that cannot be held."""
    p, u = s.params[0], s.units[unit]
    if u.order == OrderKind.WITHDRAW or not _threatened(s, unit):
        return False
    threat = s.places[s.ground[u.cell].first_place].threat
    return threat >= p.evacuate_odds * allied_strength(s, u.cell, u.actor)


@njit
def evacuate(s: State, commander: int) -> int:
    """Order shaken garrisons out of places that cannot be held; return the fighters ordered out."""
    p, out = s.params[0], 0
    if s.actors[commander].confidence >= p.evacuate_confidence:
        return 0
    unit = s.world[0].first_own
    while unit >= 0:
        u = s.units[unit]
        place = refuge(s, unit) if _is_hopeless(s, unit) else -1
        if place >= 0:
            halt(s, unit)
            u.order, u.target = OrderKind.WITHDRAW, place
            out += u.strength
        unit = u.next_own
    return out


@njit
def defend(s: State, commander: int) -> tuple[int, int]:
    """Give defenders their orders and return (fighters sent, fighters ordered out); the own units are chained."""
    see_threats(s, commander)
    call_off(s, commander)
    out = evacuate(s, commander)
    score_shortfalls(s, commander)
    sent = reinforce_threatened(s)
    if s.actors[commander].confidence >= s.params[0].evacuate_confidence:
        counter_attack(s, commander)
    return sent, out
