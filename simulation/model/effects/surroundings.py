"""What lies around a cell: whose land, whose men, and whether it is outflanked."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds, hostile_cell
from simulation.model.state import DIRECTIONS

FRONT = 3
"""Of the eight neighbours of a cell on a straight front so many lie on the other side."""


@njit
def open_flanks(s: State, cell: int, actor: int) -> float:
    """Return the share of neighbour cells held by somebody the actor fights; who attacks looks only for a way back."""
    hostile, own, known = 0, 0, 0
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            known += 1
            hostile += hostile_cell(s, actor, near)
            own += holds(s, actor, near)
    if known == 0 or (own > 0 and not holds(s, actor, cell)):
        return 0.0
    return hostile / known


@njit
def flanks_of(s: State, unit: int) -> float:
    """Return the open flanks of a unit, worked out again where it has moved, or land or enmity has changed."""
    u, w = s.units[unit], s.world[0]
    if u.flanks_seen != w.borders:
        u.flanks, u.flanks_seen = open_flanks(s, u.cell, u.actor), w.borders
    return u.flanks


@njit
def sides_around(s: State, cell: int) -> int:
    """Return the bits of all who have men in a cell or beside it."""
    bits = s.cells[cell].side_bits
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            bits |= s.cells[near].side_bits
    return bits


@njit
def outflanked(s: State, cell: int, actor: int) -> bool:
    """Say whether enemies stand on more sides of a cell than in front of it."""
    if s.cells[cell].manned_beside <= FRONT:
        return False
    sides = 0
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            sides += s.cells[near].side_bits & s.actors[actor].foe_bits != 0
    return sides > FRONT


@njit
def is_pressed(s: State, cell: int, actor: int) -> bool:
    """Say whether an actor's units in a cell may give way: enemies stand in it, or outflank it."""
    return s.cells[cell].side_bits & s.actors[actor].foe_bits != 0 or outflanked(s, cell, actor)
