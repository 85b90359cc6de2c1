"""Bodies of fighters: where they are, whom they meet, what they lose.

Every fighter that leaves a unit is counted once: killed, wounded, captured, deserted or departed.
"""

from __future__ import annotations

import math

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import with_bit
from simulation.model.effects.touch import ALL, EDGE, FIGHT, touch_actor, touch_cell, touch_unit
from simulation.model.state import DIRECTIONS, OrderKind
from simulation.model.weighed import ALL_WEIGHED


@njit
def _strength_of(s: State, cell: int, actor_bits: int) -> int:
    """Return the fighters in a cell of the actors whose bits are set."""
    bits, total = s.cells[cell].side_bits & actor_bits, 0
    while bits:
        total += s.presence[cell, lowest_bit(bits)]
        bits &= bits - 1
    return total


@njit
def opposed_strength(s: State, cell: int, actor: int) -> int:
    """Return the fighters in a cell who would fight this actor."""
    return _strength_of(s, cell, s.actors[actor].foe_bits)


@njit
def allied_strength(s: State, cell: int, actor: int) -> int:
    """Return the fighters of the actor's bloc in a cell, its own included."""
    return _strength_of(s, cell, s.actors[actor].bloc_bits)


@njit
def in_contact(s: State, unit: int) -> bool:
    """Say whether opponents stand in the unit's cell."""
    u = s.units[unit]
    return u.cell >= 0 and s.cells[u.cell].side_bits & s.actors[u.actor].foe_bits != 0


@njit
def beside(s: State, cell: int, other: int) -> bool:
    """Say whether two cells are the same or neighbours."""
    found = cell == other
    for k in range(DIRECTIONS):
        found |= s.ground[cell].neighbours[k] == other
    return found


@njit
def strength_around(s: State, cell: int, actor: int, opponents: bool) -> int:
    """Return the fighters in a cell and its neighbours: the actor's opponents, or its own bloc."""
    total = opposed_strength(s, cell, actor) if opponents else allied_strength(s, cell, actor)
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            total += opposed_strength(s, near, actor) if opponents else allied_strength(s, near, actor)
    return total


@njit
def _man(s: State, cell: int, step: int) -> None:
    """Let the neighbours of a cell know that it has fighters (1) or none any more (-1)."""
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            s.cells[near].manned_beside += step


@njit
def _alert_beside(s: State, cell: int, actor: int) -> None:
    """Mark those cells beside another that feel whether an actor has men in it: not how many.

    These are cells with men whom it fights, or whom it helps, and those that may pass as land beside them has.
    """
    a = s.actors[actor]
    feel = with_bit(a.foe_bits, a.commander, True) if a.commander != actor else a.foe_bits
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0 and (
            s.cells[near].side_bits & feel or s.cells[near].taken_beside > 0 or not ALL_WEIGHED
        ):
            touch_cell(s, near, EDGE)


@njit
def count_fighters(s: State, cell: int, actor: int, number: int) -> None:
    """Add fighters of an actor to those present in a cell."""
    c = s.cells[cell]
    manned, before = c.fighters > 0, c.side_bits
    s.presence[cell, actor] += number
    c.fighters += number
    if manned != (c.fighters > 0):
        _man(s, cell, -1 if manned else 1)
    c.side_bits = with_bit(before, actor, s.presence[cell, actor] > 0)
    if c.side_bits != before or not ALL_WEIGHED:
        touch_cell(s, cell, ALL)
        _alert_beside(s, cell, actor)


@njit
def enter_cell(s: State, unit: int, cell: int) -> None:
    """Put a unit that is nowhere into a cell."""
    u = s.units[unit]
    u.cell, u.flanks_seen, u.frail_flanks = cell, -1, -1
    u.next_unit = s.cells[cell].first_unit
    s.cells[cell].first_unit = unit
    count_fighters(s, cell, u.actor, u.strength)
    touch_cell(s, cell, FIGHT | EDGE)
    touch_unit(s, unit)


@njit
def leave_cell(s: State, unit: int) -> None:
    """Take a unit out of its cell."""
    u = s.units[unit]
    cell = u.cell
    if s.cells[cell].first_unit == unit:
        s.cells[cell].first_unit = u.next_unit
    else:
        other = s.cells[cell].first_unit
        while s.units[other].next_unit != unit:
            other = s.units[other].next_unit
        s.units[other].next_unit = u.next_unit
    u.next_unit = -1
    u.cell = -1
    count_fighters(s, cell, u.actor, -u.strength)
    touch_cell(s, cell, FIGHT | EDGE)
    touch_unit(s, unit)


@njit
def halt(s: State, unit: int) -> None:
    """Cancel a unit's orders."""
    u = s.units[unit]
    u.order, u.target, u.next_cell, u.arrives = OrderKind.HOLD, -1, -1, math.inf
    touch_unit(s, unit)


@njit
def _shrink(s: State, unit: int, number: int) -> None:
    """Take fighters out of a unit; a unit without fighters leaves the map."""
    u = s.units[unit]
    u.strength -= number
    s.actors[u.actor].present -= number
    if u.cell >= 0:
        count_fighters(s, u.cell, u.actor, -number)
        touch_cell(s, u.cell, FIGHT)
    if u.strength == 0:
        if u.cell >= 0:
            leave_cell(s, unit)
        halt(s, unit)
        u.waiting = 0
    if s.actors[u.actor].present == 0:
        touch_actor(s, u.actor)
        s.world[0].stop |= 1


@njit
def kill(s: State, unit: int, number: int) -> None:
    """Count fighters of a unit as killed."""
    s.actors[s.units[unit].actor].killed += number
    _shrink(s, unit, number)


@njit
def wound(s: State, unit: int, number: int) -> None:
    """Count fighters of a unit as wounded and out of the fight."""
    s.actors[s.units[unit].actor].wounded += number
    _shrink(s, unit, number)


@njit
def capture(s: State, unit: int, number: int) -> None:
    """Count fighters of a unit as captured."""
    s.actors[s.units[unit].actor].captured += number
    _shrink(s, unit, number)


@njit
def desert(s: State, unit: int, number: int) -> None:
    """Count fighters of a unit as deserted."""
    s.actors[s.units[unit].actor].deserted += number
    _shrink(s, unit, number)


@njit
def rejoin(s: State, unit: int, number: int) -> None:
    """Let wounded fighters go back to a unit on the map."""
    u = s.units[unit]
    s.actors[u.actor].wounded -= number
    s.actors[u.actor].present += number
    u.strength += number
    count_fighters(s, u.cell, u.actor, number)
    touch_cell(s, u.cell, FIGHT)
    touch_unit(s, unit)


@njit
def raise_unit(s: State, unit: int, fighters: int, cell: int, arrives: float) -> None:
    """Let a waiting body of fighters come into being and set out for a cell, where it arrives at a time."""
    u = s.units[unit]
    u.strength, u.initial, u.home, u.waiting, u.arrives = fighters, fighters, cell, 1, arrives
    u.cohesion = s.actors[u.actor].cohesion
    s.actors[u.actor].arrived += fighters
    s.actors[u.actor].present += fighters
    touch_unit(s, unit)
