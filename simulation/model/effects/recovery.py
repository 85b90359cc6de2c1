"""What comes back with time: earthworks where men stand, and some of the wounded."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.strength import allied_strength, in_contact, opposed_strength, rejoin
from simulation.model.effects.touch import FIGHT, touch_cell
from simulation.model.effects.units import unit_after


@njit
def _may_dig(s: State, cell: int) -> bool:
    """Say whether its holder's side has men in a cell and nobody there disturbs them."""
    holder = s.cells[cell].control
    if holder < 0 or s.cells[cell].dug_in >= s.params[0].dig_in_most:
        return False
    return allied_strength(s, cell, holder) > 0 and opposed_strength(s, cell, holder) == 0


@njit
def dig_in(s: State) -> None:
    """Let a day of digging do what it can in each cell with men in it."""
    p = s.params[0]
    if p.dig_in_rate == 0:
        return
    for unit in range(s.world[0].n_units):
        cell = s.units[unit].cell
        if cell >= 0 and s.cells[cell].first_unit == unit and _may_dig(s, cell):
            c = s.cells[cell]
            c.dug_in = min(p.dig_in_most, c.dug_in + p.dig_in_rate * (p.dig_in_most - c.dug_in))
            touch_cell(s, cell, FIGHT)


@njit
def heal(s: State, actor: int) -> None:
    """Let a day's share of an actor's wounded go back to units that have room for them."""
    a = s.actors[actor]
    left, unit = int(math.floor(s.params[0].wounded_return * a.wounded)), 0
    while left > 0 and unit < s.world[0].n_units:
        own = s.units[unit].actor == actor
        if own and s.units[unit].cell >= 0 and s.units[unit].strength > 0 and not in_contact(s, unit):
            number = min(left, s.units[unit].initial - s.units[unit].strength)
            if number > 0:
                rejoin(s, unit, number)
                left -= number
        unit = unit_after(s, unit, own)
