"""How a blow is prepared: men are called to a place near the objective, and go forward together."""

from __future__ import annotations

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds_place, hostile_place
from simulation.model.effects.strength import beside, halt, opposed_strength
from simulation.model.effects.touch import touch_unit
from simulation.model.planning.commitment import in_flight
from simulation.model.planning.view import near_place, nearest_ready, own_unit, perceived_enemy
from simulation.model.state import OrderKind


@njit
def assembly_place(s: State, commander: int, place: int) -> int:
    """Return the place nearest to an objective that the commander's side holds and no enemy stands at, or -1."""
    for k in range(s.world[0].n_places):
        near = near_place(s, s.places[place].cell, k)
        if holds_place(s, commander, near) and opposed_strength(s, s.places[near].cell, commander) == 0:
            return near
    return -1


@njit
def _go(s: State, unit: int, order: int, place: int) -> None:
    s.units[unit].order, s.units[unit].target = order, place
    touch_unit(s, unit)


@njit
def wins(s: State, commander: int) -> bool:
    """Say whether a commander has lately won more than his rival has."""
    a = s.actors[commander]
    return a.rival >= 0 and a.momentum > s.actors[a.rival].momentum


@njit
def gathering_days(s: State, commander: int) -> float:
    """Return for how long men gather at most: who has just won, and exploits it, does not wait as long."""
    return s.params[0].gather_days * (1 - s.params[0].exploitation if wins(s, commander) else 1.0)


@njit
def call_up(s: State, unit: int, place: int, assembly: int) -> None:
    """Let a unit gather for an attack on a place, or set out for it at once where nobody gathers (-1).

    Who gathers moves to the assembly place, or waits where it is if that is in or beside its cell.
    """
    u = s.units[unit]
    if assembly < 0:
        _go(s, unit, OrderKind.ADVANCE, place)
        return
    u.aim, u.falls_due = place, s.world[0].t + gathering_days(s, s.actors[u.actor].commander)
    if not beside(s, u.cell, s.places[assembly].cell):
        _go(s, unit, OrderKind.MOVE, assembly)


@njit
def send_against(s: State, commander: int, place: int, odds: float, reach: float, at_once: bool) -> float:
    """Call free units for an attack until the odds are met; return the fighters then assigned to it.

    Local units are called from `reach` (km), the nearest first; at least one is called where nobody is assigned yet.
    Nobody gathers `at_once`, without the switch `gathers`, against a rival in flight, or in stride: where nobody is
    assigned yet and the nearest is enough by itself. Else all who are called now do.
    """
    wanted, x = odds * perceived_enemy(s, commander, place), s.places[place]
    first = nearest_ready(s, place, False, reach)
    in_stride = x.assigned == 0 and first >= 0 and s.units[first].strength >= wanted
    gathers = s.params[0].gathers > 0 and not (at_once or in_stride or in_flight(s, commander))
    assembly = assembly_place(s, commander, place) if gathers else -1
    while x.assigned == 0 or x.assigned < wanted:
        unit = nearest_ready(s, place, False, reach)
        if unit < 0:
            break
        call_up(s, unit, place, assembly)
        x.assigned += s.units[unit].strength
    return x.assigned


@njit
def count_assigned(s: State) -> None:
    """Write into `places.assigned` the fighters against each place: who advance on it, and who have it as their aim.

    The latter are `called`; those of them without an order, wherever they stand, are `gathered`.
    """
    for place in range(s.world[0].n_places):
        s.places[place].assigned = s.places[place].called = s.places[place].gathered = 0.0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        if u.order == OrderKind.ADVANCE:
            s.places[u.target].assigned += u.strength
        elif u.aim >= 0:
            s.places[u.aim].assigned += u.strength
            s.places[u.aim].called += u.strength
            if u.order == OrderKind.HOLD:
                s.places[u.aim].gathered += u.strength


@njit
def launch(s: State, commander: int) -> None:
    """Let those go forward whose blow is due: `gather_share` of those called for it are there, or they waited enough.

    Of those who have waited enough only they themselves go, from wherever they are; else all who are called. Against a
    rival in flight all go.
    """
    flight = in_flight(s, commander)
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        if u.aim >= 0:
            x = s.places[u.aim]
            enough = x.gathered >= s.params[0].gather_share * x.called
            if flight or enough or s.world[0].t >= u.falls_due:
                place = np.int64(u.aim)
                halt(s, unit)
                u.aim = -1
                _go(s, unit, OrderKind.ADVANCE, place)


@njit
def forget_lost_aims(s: State) -> None:
    """Let those stand down who gather for an attack that has no object any more, or who withdraw meanwhile."""
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        if u.aim >= 0 and (not hostile_place(s, u.actor, u.aim) or u.order == OrderKind.WITHDRAW):
            if u.order == OrderKind.MOVE:
                halt(s, unit)
            u.aim = -1
