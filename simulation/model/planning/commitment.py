"""Whom a commander spends on attacks, and whom he calls off because their errand has come to nothing."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_place
from simulation.model.effects.morale import lost_confidence
from simulation.model.effects.strength import halt, in_contact
from simulation.model.planning.view import free, fresh, hold_ready, own_unit
from simulation.model.state import OrderKind


@njit
def rival_lost(s: State, commander: int) -> float:
    """Return the share of its confidence that a commander's rival has lost, 0..1."""
    rival = s.actors[commander].rival
    return lost_confidence(s.actors[rival].confidence, s.actors[rival].resolve) if rival >= 0 else 0.0


@njit
def in_flight(s: State, commander: int) -> bool:
    """Say whether a commander's rival has lost so much of its confidence that nobody waits any more to strike it."""
    return rival_lost(s, commander) > s.params[0].in_flight


@njit
def committed_share(appetite: float, exploitation: float, rival_lost: float, restraint: float) -> float:
    """Return the share of its units that a side spends on attacks: more as its rival loses confidence (0..1)."""
    drawn_in = (1 - appetite) * exploitation * rival_lost
    return (appetite + drawn_in) * (1 - restraint)


@njit
def relieved(share: float, relief: float, spent: float) -> float:
    """Return the share of its units that a side draws on so that others take the place of those `spent` (0..1)."""
    left = 1 - relief * spent
    return min(1.0, share / left) if left > 0 else 1.0 * math.ceil(share)


@njit
def count_spent(s: State, commander: int) -> None:
    """Write into `actors.spent` the part of the fighters at the commander's orders that are not fit to attack."""
    fighters, spent = 0, 0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        fighters += s.units[unit].strength
        if not fresh(s, unit):
            spent += s.units[unit].strength
    s.actors[commander].spent = spent / fighters if fighters > 0 else 0.0


@njit
def committed(s: State, commander: int) -> float:
    """Return the share of its units that the commander draws on for attacks just now."""
    a, p = s.actors[commander], s.params[0]
    share = committed_share(a.appetite, p.exploitation, rival_lost(s, commander), a.restraint)
    return relieved(share, p.relief, a.spent)


@njit
def _is_done(s: State, unit: int, share: float) -> bool:
    """Say whether an attacker's objective is no longer hostile, or it is spent or withheld and not engaged."""
    u = s.units[unit]
    if not hostile_place(s, u.actor, u.target):
        return True
    return not (fresh(s, unit) and u.willing < share) and not in_contact(s, unit)


@njit
def spent_in_all(s: State, commander: int) -> float:
    """Return the share of its units that the commander draws on for attacks and for taking back."""
    a, p = s.actors[commander], s.params[0]
    counter = p.counter_share * (1 - a.restraint)
    return max(committed(s, commander), relieved(counter, p.relief, a.spent))


@njit
def _is_barred(s: State, unit: int) -> bool:
    """Say whether a unit that is not to fight cannot go on: an enemy, or enemy land, lies in its way."""
    return s.units[unit].next_cell < 0 and not in_contact(s, unit)


@njit
def call_off(s: State, commander: int) -> None:
    """Halt attackers who are done, and others whose way is barred, so that they can be given other orders."""
    share = spent_in_all(s, commander)
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        u = s.units[unit]
        attacks = u.order == OrderKind.ADVANCE
        if u.order != OrderKind.HOLD and (_is_done(s, unit, share) if attacks else _is_barred(s, unit)):
            halt(s, unit)


@njit
def list_attackers(s: State, commander: int, share: float) -> None:
    """List the part `share` of the units that can be sent to attack something as the reserve."""
    s.world[0].reserves = 0
    for k in range(s.world[0].own):
        unit = own_unit(s, k)
        if free(s, k) and s.units[unit].willing < share and fresh(s, unit):
            hold_ready(s, unit)
