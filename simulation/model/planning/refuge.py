"""Where a unit can go when it must leave."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds_place
from simulation.model.effects.strength import opposed_strength
from simulation.model.planning.view import near_place


@njit
def _shelters(s: State, unit: int, place: int) -> bool:
    """Say whether a unit could flee to a place: its bloc holds it, and neither it nor the first step has enemies."""
    u, cell = s.units[unit], s.places[place].cell
    direction = s.ways[u.cell, place].step
    if cell == u.cell or direction < 0 or not holds_place(s, u.actor, place):
        return False
    step = s.ground[u.cell].neighbours[direction]
    return opposed_strength(s, cell, u.actor) == 0 and opposed_strength(s, step, u.actor) == 0


@njit
def refuge(s: State, unit: int, least: float) -> int:
    """Return the nearest place of the unit's bloc, free of enemies and with a free first step, or -1.

    Those of a weight of `least` or more come first, and others only where there is none.
    """
    nearest = -1
    for k in range(s.world[0].n_places):
        place = near_place(s, s.units[unit].cell, k)
        if (nearest < 0 or s.places[place].weight >= least) and _shelters(s, unit, place):
            if s.places[place].weight >= least:
                return place
            nearest = place
    return nearest
