"""How attackers choose axes: by value, perceived chance and distance; they stop when spent or restrained."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_place
from simulation.model.effects.strength import opposed_strength
from simulation.model.planning.commitment import committed, in_flight, list_attackers, rival_lost
from simulation.model.planning.gathering import assembly_place, call_up, send_against, wins
from simulation.model.planning.view import (
    idle,
    near_place,
    nearest_ready,
    own_unit,
    perceived_enemy,
    reserve_unit,
    road_km,
    shortlist,
    take_best,
)


@njit
def objective_score(weight: float, own: int, enemy: float, odds: float, km: float, cell_km: float) -> float:
    """Return the pull of an objective: weight x chance of success / distance; strengths in fighters."""
    chance = own / (own + odds * enemy) if own > 0 else 0.0
    return weight * chance / (km + cell_km)


@njit
def _ready(s: State) -> int:
    """Return the fighters of the reserve still without orders."""
    total = 0
    for k in range(s.world[0].reserves):
        u = s.units[reserve_unit(s, k)]
        if idle(u):
            total += u.strength
    return total


@njit
def _is_any_ready(s: State) -> bool:
    """Say whether anybody of the reserve is still without orders."""
    k = 0
    while k < s.world[0].reserves and not idle(s.units[reserve_unit(s, k)]):
        k += 1
    return k < s.world[0].reserves


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
    last = -1
    for k in range(s.world[0].own):
        cell = s.units[own_unit(s, k)].cell
        if cell != last:  # those of a cell mostly follow one another
            _reach_around(s, cell)
        last = cell


@njit
def _list_objectives(s: State, commander: int) -> None:
    """List the hostile places of some weight within reach of the commander's troops."""
    mark_reached(s)
    s.world[0].shortlisted = 0
    for place in range(s.world[0].n_places):
        x = s.places[place]
        if x.weight > 0 and x.reached and hostile_place(s, commander, place):
            shortlist(s, place, math.inf)


@njit
def _measure_ways(s: State) -> None:
    """Let the score of each listed place be the way (km) there for the nearest of the reserve, infinite if none can go.

    Unit by unit, for the ways from a cell lie side by side in memory.
    """
    for k in range(s.world[0].reserves):
        unit = reserve_unit(s, k)
        if idle(s.units[unit]):
            for j in range(s.world[0].shortlisted):
                x = s.shortlist[j]
                x.score = min(x.score, road_km(s, unit, x.place, s.params[0].threat_reach))


@njit
def felt_km(km: float, pursuit_depth: float, rival_lost: float) -> float:
    """Return how far (km) an objective counts as: less as a rival breaks, when columns drive on to what lies deep."""
    return km * (1 - pursuit_depth * rival_lost)


@njit
def score_objectives(s: State, commander: int) -> None:
    """List the hostile places that can be attacked, each with a score of how attractive it is."""
    own, p, lost = _ready(s), s.params[0], rival_lost(s, commander)
    s.world[0].shortlisted = 0
    if own == 0:
        return
    _list_objectives(s, commander)
    _measure_ways(s)
    for k in range(s.world[0].shortlisted):
        x = s.shortlist[k]
        if x.score == math.inf:
            x.score = 0.0
        else:
            enemy, km = perceived_enemy(s, commander, x.place), felt_km(x.score, p.pursuit_depth, lost)
            weight = s.places[x.place].weight
            x.score = objective_score(weight, own, enemy, p.attack_odds, km, s.world[0].cell_km)


@njit
def first_on_the_way(s: State, commander: int, place: int) -> int:
    """Return the first defended place of some weight on the way of the nearest free unit to an objective, or that.

    What nobody defends is taken in passing. Defended is a hostile place with enemies in its cell; of the places in a
    cell the weightiest counts.
    """
    unit = nearest_ready(s, place, False, s.params[0].threat_reach)
    if unit < 0:
        return place
    cell, aim = s.units[unit].cell, s.places[place].cell
    while cell != aim and s.ways[cell, place].step >= 0:
        cell = s.ground[cell].neighbours[s.ways[cell, place].step]
        first = s.ground[cell].first_place
        defended = opposed_strength(s, cell, commander) > 0
        if first >= 0 and defended and s.places[first].weight > 0 and hostile_place(s, commander, first):
            return first
    return place


@njit
def axes_at_most(axes: float, pursuit_axes: float, rival_lost: float) -> int:
    """Return how many objectives are pursued at once: more as a rival breaks, when columns go on by themselves."""
    return math.floor(axes * (1 + pursuit_axes * rival_lost))


@njit
def pause_after(days: float, exploitation: float, rival_lost: float, won: bool) -> float:
    """Return the pause (days) after a blow: after one that won, who exploits makes none; no rival in flight has one."""
    return days * (1 - exploitation if won else 1.0) * (1 - rival_lost)


@njit
def pause(s: State, commander: int, axes: int) -> None:
    """Let no new objective be taken up for a while once fewer axes are pursued than after the last round."""
    a, p = s.actors[commander], s.params[0]
    if p.gathers > 0 and axes < a.axes:
        won = wins(s, commander)
        a.next_blow = s.world[0].t + pause_after(p.pause_days, p.exploitation, rival_lost(s, commander), won)


@njit
def rests(s: State, commander: int) -> bool:
    """Say whether a commander takes up nothing new yet after a blow; against a rival in flight nobody rests."""
    return s.world[0].t < s.actors[commander].next_blow and not in_flight(s, commander)


@njit
def mark_sectors(s: State) -> None:
    """Set `places.reached` to 2 for the places near those that are attacked, the sectors of the blow, else to 0."""
    for place in range(s.world[0].n_places):
        s.places[place].reached = 0  # marks of an earlier round, of whichever commander
    for axis in range(s.world[0].n_places):
        if s.places[axis].assigned == 0:
            continue
        cell = s.places[axis].cell
        for k in range(s.world[0].n_places):
            place = near_place(s, cell, k)
            if s.ways[cell, place].km > s.params[0].threat_reach:
                break
            s.places[place].reached = 2


@njit
def nearest_in_sector(s: State, unit: int, commander: int) -> int:
    """Return the hostile place of some weight in the sectors of a blow that is nearest to a unit, or -1."""
    cell = s.units[unit].cell
    for k in range(s.world[0].n_places):
        place = near_place(s, cell, k)
        if road_km(s, unit, place, s.params[0].threat_reach) == math.inf:
            break
        x = s.places[place]
        if x.reached == 2 and x.weight > 0 and hostile_place(s, commander, place):
            return place
    return -1


@njit
def mass(s: State, commander: int, at_once: bool) -> None:
    """Let all who are still free strike what is nearest to them in the sectors of the blow.

    Who is enough for it by himself does so at once; so do all `at_once`, and against a rival in flight.
    """
    mark_sectors(s)
    waits = not (at_once or in_flight(s, commander))
    for k in range(s.world[0].reserves):
        unit = reserve_unit(s, k)
        if idle(s.units[unit]):
            place = nearest_in_sector(s, unit, commander)
            if place >= 0:
                wanted = s.params[0].attack_odds * perceived_enemy(s, commander, place)
                gathers = waits and s.units[unit].strength < wanted
                assembly = assembly_place(s, commander, place) if gathers else -1
                call_up(s, unit, place, assembly)
                s.places[place].assigned += s.units[unit].strength


@njit
def attack(s: State, commander: int, first_round: bool) -> int:
    """Give attackers their orders and return the number of axes now pursued; the first blow has long been prepared."""
    a, p = s.actors[commander], s.params[0]
    list_attackers(s, commander, committed(s, commander))
    axes = 0
    for place in range(s.world[0].n_places):
        if s.places[place].assigned > 0:
            send_against(s, commander, place, p.attack_odds, p.threat_reach, first_round)
            axes += 1
    pause(s, commander, axes)
    most = axes_at_most(p.attack_axes, p.pursuit_axes, rival_lost(s, commander))
    resting = rests(s, commander)
    if axes < most and not resting:
        score_objectives(s, commander)
        while axes < most and _is_any_ready(s):
            best = take_best(s)
            if best < 0:
                break
            best = first_on_the_way(s, commander, best)
            if (
                s.places[best].assigned == 0
                and send_against(s, commander, best, p.attack_odds, p.threat_reach, first_round) > 0
            ):
                axes += 1
    if p.gathers > 0 and axes > 0 and not resting:
        mass(s, commander, first_round)
    a.axes = axes
    return axes
