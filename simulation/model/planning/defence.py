"""How defenders answer: reinforce what is threatened, retake what was lost, leave what cannot be held."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds_place
from simulation.model.effects.strength import beside, strength_around
from simulation.model.effects.touch import touch_unit
from simulation.model.planning.commitment import call_off, count_spent
from simulation.model.planning.counter_attack import counter_attack
from simulation.model.planning.evacuation import evacuate
from simulation.model.planning.gathering import count_assigned, forget_lost_aims, launch
from simulation.model.planning.threats import alarm_threatened, see_threats, threatened
from simulation.model.planning.view import free, hold_ready, nearest_ready, own_unit, shortlist, take_best
from simulation.model.state import OrderKind


@njit
def _count_under_way(s: State) -> None:
    """Write into `places.assigned` the fighters sent to each place who are not yet beside it."""
    for place in range(s.world[0].n_places):
        s.places[place].assigned = 0.0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        if u.order == OrderKind.MOVE and not beside(s, u.cell, s.places[u.target].cell):
            s.places[u.target].assigned += u.strength


@njit
def missing_at(s: State, commander: int, place: int) -> float:
    """Return the fighters that a threatened place lacks, those on their way to it counted as there."""
    x = s.places[place]
    there = strength_around(s, x.cell, commander, False) + x.assigned
    return max(0.0, s.params[0].defence_odds * x.threat - there)


@njit
def score_shortfalls(s: State, commander: int) -> None:
    """List the threatened own places, each with a score of weight x fighters missing."""
    _count_under_way(s)
    s.world[0].shortlisted = 0
    for place in range(s.world[0].n_places):
        x = s.places[place]
        if x.threat > 0 and x.weight > 0 and holds_place(s, commander, place):
            shortlist(s, place, x.weight * missing_at(s, commander, place))


@njit
def _list_free(s: State) -> None:
    """List the units that can be sent, and are not themselves needed where they are, as the reserve."""
    s.world[0].reserves = 0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        if free(s, k) and not threatened(s, unit):
            hold_ready(s, unit)


@njit
def reinforce_place(s: State, commander: int, place: int) -> int:
    """Send units of the reserve to a threatened place until nothing is missing; return the fighters sent."""
    missing, sent = missing_at(s, commander, place), 0
    while sent < missing:
        unit = nearest_ready(s, place, True, s.params[0].threat_reach)
        if unit < 0:
            break
        u = s.units[unit]
        u.order, u.target = OrderKind.MOVE, place
        touch_unit(s, unit)
        sent += u.strength
    return sent


@njit
def reinforce_threatened(s: State, commander: int) -> int:
    """Reinforce threatened places in order of weight x shortfall; return the fighters sent."""
    _list_free(s)
    sent, best = 0, take_best(s)
    while best >= 0 and s.world[0].reserves > 0:
        sent += reinforce_place(s, commander, best)
        best = take_best(s)
    return sent


@njit
def defend(s: State, commander: int) -> tuple[int, int]:
    """Give defenders their orders and return (fighters sent, fighters ordered out); the own units are listed."""
    count_spent(s, commander)
    see_threats(s, commander)
    alarm_threatened(s, commander)
    call_off(s, commander)
    forget_lost_aims(s)
    out = evacuate(s, commander)
    score_shortfalls(s, commander)
    sent = reinforce_threatened(s, commander)
    count_assigned(s)
    launch(s, commander)
    if s.actors[commander].confidence >= s.params[0].evacuate_confidence:
        counter_attack(s, commander)
    return sent, out
