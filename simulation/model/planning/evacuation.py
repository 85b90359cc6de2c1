"""Which garrisons are ordered out: those that cannot be held, of an army that has lost heart."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_cell
from simulation.model.effects.strength import allied_strength, halt
from simulation.model.planning.refuge import refuge
from simulation.model.planning.threats import threatened
from simulation.model.planning.view import own_unit
from simulation.model.state import OrderKind


@njit
def _is_hopeless(s: State, unit: int) -> bool:
    """Say whether the unit, not yet ordered out, stands at a threatened place that cannot be held."""
    p, u = s.params[0], s.units[unit]
    if u.order == OrderKind.WITHDRAW or not threatened(s, unit):
        return False
    threat = s.places[s.ground[u.cell].first_place].threat
    return threat >= p.evacuate_odds * allied_strength(s, u.cell, u.actor) or is_cut_off(s, unit)


@njit
def is_cut_off(s: State, unit: int) -> bool:
    """Say whether a unit's way to its commander's capital is in hostile hands before `cut_off_reach` km are gone.

    The first cell beyond that distance counts too, the unit's own does not; without a capital nobody is cut off.
    """
    u = s.units[unit]
    capital = s.actors[s.actors[u.actor].commander].capital
    if capital < 0:
        return False
    cell, first = u.cell, s.ways[u.cell, capital].km
    while s.ways[cell, capital].step >= 0 and first - s.ways[cell, capital].km <= s.params[0].cut_off_reach:
        cell = s.ground[cell].neighbours[s.ways[cell, capital].step]
        if hostile_cell(s, u.actor, cell):
            return True
        if cell == s.places[capital].cell:
            return False
    return False


@njit
def evacuate(s: State, commander: int) -> int:
    """Order shaken garrisons out of places that cannot be held; return the fighters ordered out."""
    p, out = s.params[0], 0
    if s.actors[commander].confidence >= p.evacuate_confidence:
        return 0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        place = refuge(s, unit, 0.0) if _is_hopeless(s, unit) else -1
        if place >= 0:
            halt(s, unit)
            u.order, u.target, u.aim = OrderKind.WITHDRAW, place, -1
            out += u.strength
    return out
