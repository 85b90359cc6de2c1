"""Changes of a unit from outside the rules: a subclass or a notebook moves, fills up or empties it."""

from __future__ import annotations

from simulation.engine.loop import look_again
from simulation.model.compilation import State, njit
from simulation.model.effects.morale import shake_unit
from simulation.model.effects.strength import count_fighters, desert, enter_cell, halt, leave_cell
from simulation.model.effects.touch import touch_around


@njit
def rearrange(s: State, unit: int, cell: int, strength: int, cohesion: float, now: float) -> None:
    """Give a unit a new cell, strength (0: off the map) and cohesion (0..1), and re-time what hangs on it.

    Fighters added count as arrived, those taken away as departed, so that the balance holds; `now` is in
    days.
    """
    u, a = s.units[unit], s.actors[s.units[unit].actor]
    s.world[0].t = now
    if cell != u.cell:
        halt(s, unit)
        u.waiting = 0
        if u.cell >= 0:
            leave_cell(s, unit)
        enter_cell(s, unit, cell)
    shake_unit(s, unit, u.cohesion - cohesion)
    change = strength - u.strength
    if change > 0:
        u.strength += change
        a.present += change
        a.arrived += change
        if u.cell >= 0:
            count_fighters(s, u.cell, u.actor, change)
            touch_around(s, u.cell)
    elif change < 0:
        desert(s, unit, -change)
        a.deserted += change
        a.departed -= change
    look_again(s)
