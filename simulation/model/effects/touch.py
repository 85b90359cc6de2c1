"""What an event has touched: only the clocks of these cells, units and actors are looked at again.

Touched things form three chains; each record points to the next, and the world to the first.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.units import unit_after
from simulation.model.state import DIRECTIONS

PEOPLE, FIGHT, EDGE, ALL = 1, 2, 4, 15
"""What of a cell is touched, as bits: who flees and returns; how strong and how sheltered the sides in it are; who
holds or threatens it from beside; or everything, who is in contact with whom included."""

AIM, SPIRIT, WHOLE = 1, 2, 3
"""How far a unit is touched: only what it rallies to, its cohesion too, or also where it stands and what it does."""


@njit
def touch_cell(s: State, cell: int, what: int) -> None:
    """Mark what has changed about a cell, as bits."""
    c, w = s.cells[cell], s.world[0]
    if not c.touched:
        c.next_touched, w.touched_cell = w.touched_cell, cell
    c.touched |= what


@njit
def touch_around(s: State, cell: int) -> None:
    """Mark all of a cell and of its neighbours."""
    touch_cell(s, cell, ALL)
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            touch_cell(s, near, ALL)


@njit
def touch_map(s: State) -> None:
    """Mark all cells with fighters, or that ever passed or lie beside such: elsewhere nothing can change hands."""
    for cell in range(s.world[0].n_cells):
        c = s.cells[cell]
        if c.fighters > 0 or c.passed or c.taken_beside > 0:
            touch_cell(s, cell, ALL)


@njit
def _touch_unit(s: State, unit: int, how_far: int) -> None:
    u, w = s.units[unit], s.world[0]
    if not u.touched:
        u.next_touched, w.touched_unit = w.touched_unit, unit
    u.touched = max(u.touched, how_far)


@njit
def touch_unit(s: State, unit: int) -> None:
    """Mark a unit: its giving way, rallying and marching."""
    _touch_unit(s, unit, WHOLE)


@njit
def touch_spirit(s: State, unit: int) -> None:
    """Mark a unit's giving way and rallying."""
    _touch_unit(s, unit, SPIRIT)


@njit
def touch_aim(s: State, unit: int) -> None:
    """Mark a unit's rallying."""
    _touch_unit(s, unit, AIM)


@njit
def touch_actor(s: State, actor: int) -> None:
    """Mark an actor: its decisions and truces; not its units."""
    a, w = s.actors[actor], s.world[0]
    if not a.touched:
        a.touched, a.next_touched, w.touched_actor = 1, w.touched_actor, actor


@njit
def touch_army(s: State, actor: int) -> None:
    """Mark an actor and all its units, for effects that change whom they fight."""
    touch_actor(s, actor)
    unit = 0
    while unit < s.world[0].n_units:
        own = s.units[unit].actor == actor
        if own and s.units[unit].strength > 0:
            touch_unit(s, unit)
        unit = unit_after(s, unit, own)


@njit
def forget_touched(s: State) -> None:
    """Clear all marks."""
    for cell in range(s.world[0].n_cells):
        s.cells[cell].touched = 0
    for unit in range(s.world[0].n_units):
        s.units[unit].touched = 0
    for actor in range(s.world[0].n_actors):
        s.actors[actor].touched = 0
    w = s.world[0]
    w.touched_cell, w.touched_unit, w.touched_actor = -1, -1, -1
