"""Displaced households return.

Claim: people return when it has been quiet for some days under one holder.
Clock: one per cell that people have fled from in this history.
Formula: rate = `return_rate` while v = 0 and D minus the time of the last violence or change of holder is at
least `quiet_days`; looked at when a day begins. Else 0.
Effect: part(`return_share`, those away) come home from their refuge, wherever that is and whoever holds their
home.
Draws: 1, 2 how many.
Source: the stated aim of the attackers that those shelled out return; pace assumed.
Event: cell; amount people who came home.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, part_of
from simulation.model.effects.people import come_home

SHARE, SHARE_ROUNDING = 1, 2


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of returns to a cell."""
    c, p = s.cells[entity], s.params[0]
    if c.fled == 0 or c.violence > 0 or s.world[0].day - c.quiet_since < p.quiet_days:
        return 0.0
    return p.return_rate


@njit
def fire(s: State, entity: int) -> None:
    """Bring a share of the absent home."""
    number = part_of(luck(s, SHARE), luck(s, SHARE_ROUNDING), s.params[0].return_share, s.cells[entity].fled)
    come_home(s, entity, number)
    s.event[0].cell, s.event[0].amount = entity, number
