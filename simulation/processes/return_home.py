"""Displaced households return.

Claim: people return when it has been quiet for some days under one holder.
Clock: one per cell that people have fled from.
Formula: rate constant once the cell has been quiet long enough (looked at when a day begins).
Effect: a share of the absent come home from where most of their neighbours stay.
Source: the stated aim of the attackers that those shelled out return; pace assumed.
Event: cell; amount people who came home.
"""

from __future__ import annotations

from simulation.compiled import njit
from simulation.draws import part_of
from simulation.effects.luck import luck
from simulation.effects.people import come_home

SHARE, SHARE_ROUNDING = 1, 2


@njit
def rate(s, entity):
    """Return the rate of returns to a cell."""
    c, p = s.cells[entity], s.params[0]
    if c.fled == 0 or c.violence > 0 or s.world[0].day - c.quiet_since < p.quiet_days:
        return 0.0
    return p.return_rate


@njit
def fire(s, entity):
    """Bring a share of the absent home."""
    number = part_of(luck(s, SHARE), luck(s, SHARE_ROUNDING), s.params[0].return_share, s.cells[entity].fled)
    come_home(s, entity, number)
    s.world[0].cell, s.world[0].amount = entity, number
