"""How what was lost is taken back: where the odds invite it, the weightiest places first."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_place
from simulation.model.planning.commitment import list_attackers, spent_in_all
from simulation.model.planning.gathering import send_against
from simulation.model.planning.view import idle, perceived_enemy, reserve_unit, road_km, shortlist, take_best


@njit
def counter_attack(s: State, commander: int) -> int:
    """Call units against lost places where odds invite it; return how many are attacked or get more attackers.

    The weightiest comes first. The odds are those of the reserve that can still be called and of those already
    assigned, to the enemies seen, or to one if none is; then men are called as for any attack.
    """
    p, begun = s.params[0], 0
    list_attackers(s, commander, spent_in_all(s, commander))
    _score_lost(s, commander)
    best = take_best(s)
    while best >= 0 and s.world[0].reserves > 0:
        reserve = reserve_near(s, best)
        if reserve > 0:
            wanted = p.counter_odds * max(1.0, perceived_enemy(s, commander, best))
            if reserve + s.places[best].assigned >= wanted:
                send_against(s, commander, best, p.counter_odds, p.counter_reach, False)
                begun += 1
        best = take_best(s)
    return begun


@njit
def _score_lost(s: State, commander: int) -> None:
    """List the lost places, each with its weight for a score."""
    s.world[0].shortlisted = 0
    for place in range(s.world[0].n_places):
        if s.places[place].weight > 0 and _lost(s, commander, place):
            shortlist(s, place, s.places[place].weight)


@njit
def _lost(s: State, commander: int, place: int) -> bool:
    """Say whether the place was the commander's side's at the start and is in hostile hands."""
    x = s.places[place]
    if x.holder == x.holder0 or x.holder0 < 0 or not hostile_place(s, commander, place):
        return False
    return s.actors[x.holder0].bloc == s.actors[commander].bloc


@njit
def reserve_near(s: State, place: int) -> int:
    """Return the fighters of the reserve without orders who can be called to a place."""
    total = 0
    for k in range(s.world[0].reserves):
        unit = reserve_unit(s, k)
        u = s.units[unit]
        if idle(u) and road_km(s, unit, place, s.params[0].counter_reach) < math.inf:
            total += u.strength
    return total
