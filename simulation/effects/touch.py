"""What an event has touched: only the clocks of these cells, units and actors are looked at again.

Touched things form three chains; each record points to the next, and the world to the first.
"""

from __future__ import annotations

from simulation.compiled import njit
from simulation.state import DIRECTIONS


@njit(inline=True)
def touch_cell(s, cell):
    """Mark a cell: its fights, control, flight, and the units in it."""
    c, w = s.cells[cell], s.world[0]
    if not c.touched:
        c.touched, c.next_touched, w.touched_cell = 1, w.touched_cell, cell


@njit
def touch_around(s, cell):
    """Mark a cell and its neighbours, for effects that reach across an edge (flanks, sweeps)."""
    touch_cell(s, cell)
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            touch_cell(s, near)


@njit
def touch_map(s):
    """Mark all cells with fighters or captured, and their neighbours: elsewhere nothing can change hands."""
    for cell in range(s.world[0].n_cells):
        if s.cells[cell].fighters > 0 or s.cells[cell].control != s.ground[cell].control0:
            touch_around(s, cell)


@njit
def touch_unit(s, unit):
    """Mark a unit: its giving way, rallying and marching."""
    u, w = s.units[unit], s.world[0]
    if not u.touched:
        u.touched, u.next_touched, w.touched_unit = 1, w.touched_unit, unit


@njit
def touch_actor(s, actor):
    """Mark an actor: its decisions and truces; not its units."""
    a, w = s.actors[actor], s.world[0]
    if not a.touched:
        a.touched, a.next_touched, w.touched_actor = 1, w.touched_actor, actor


@njit
def touch_army(s, actor):
    """Mark an actor and all its units, for effects that change what they rally to or may fight."""
    touch_actor(s, actor)
    for unit in range(s.world[0].n_units):
        if s.units[unit].actor == actor and s.units[unit].strength > 0:
            touch_unit(s, unit)


@njit
def forget_touched(s):
    """Clear all marks."""
    for cell in range(s.world[0].n_cells):
        s.cells[cell].touched = 0
    for unit in range(s.world[0].n_units):
        s.units[unit].touched = 0
    for actor in range(s.world[0].n_actors):
        s.actors[actor].touched = 0
    w = s.world[0]
    w.touched_cell, w.touched_unit, w.touched_actor = -1, -1, -1
