"""Where a unit can go when it must leave."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.effects.control import holds
from simulation.effects.forces import opposed_strength


@njit
def refuge(s, unit):
    """Return the nearest place held by the unit's bloc and free of enemies that a first free step leads to, or -1."""
    u = s.units[unit]
    best = -1
    for place in range(s.world[0].n_places):
        cell = s.places[place].cell
        if cell == u.cell or s.ways[place, u.cell].step < 0 or not holds(s, u.actor, cell):
            continue
        if best >= 0 and s.ways[place, u.cell].km >= s.ways[best, u.cell].km:
            continue
        step = s.ground[u.cell].neighbours[s.ways[place, u.cell].step]
        if opposed_strength(s, cell, u.actor) == 0 and opposed_strength(s, step, u.actor) == 0:
            best = place
    return best
