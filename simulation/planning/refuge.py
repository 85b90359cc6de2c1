"""Where a unit can go when it must leave."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.effects.control import holds
from simulation.effects.forces import opposed_strength


@njit
def refuge(s, unit):
    """Return the nearest place of the unit's bloc, free of enemies and with a free first step, or -1."""
    u = s.units[unit]
    best = -1
    for place in range(s.world[0].n_places):
        cell = s.places[place].cell
        if cell == u.cell or s.ways[u.cell, place].step < 0 or not holds(s, u.actor, cell):
            continue
        if best >= 0 and s.ways[u.cell, place].km >= s.ways[u.cell, best].km:
            continue
        step = s.ground[u.cell].neighbours[s.ways[u.cell, place].step]
        if opposed_strength(s, cell, u.actor) == 0 and opposed_strength(s, step, u.actor) == 0:
            best = place
    return best
