"""Households leave violence for safer cells.

Claim: flight follows recent violence, and people go where their own side holds the land and nothing has
happened.
Clock: one per cell with people in it.
Formula: rate = `flee_rate` v / (v + `flee_violence`).
Effect: a shelter is chosen among the nearest three. part(`flee_share`, residents) set out; if one of the 16
places near the cell is a crossing, part(`leave_share`, those) leave the country for good. The others become
guests of the shelter, and all who fled this cell before, and all guests of this cell, move there too. With no
shelter nobody leaves but for abroad.
Draws: 1, 2 who set out; 3 the shelter; 4, 5 abroad.
Source: assumption; about 980,000 people fled in the 79 days of 2019-20.
Event: cell, place gone to; amount residents who left; amount2 of them abroad.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, part_of
from simulation.model.effects.people import depart, go_abroad, move_guests
from simulation.model.state import NEAR_PLACES

SHARE, SHARE_ROUNDING, CHOICE, ABROAD, ABROAD_ROUNDING = 1, 2, 3, 4, 5
CHOICES = 3


@njit
def flee_rate(base: float, violence: float, half: float) -> float:
    """Return departures per day at a level of remembered violence (events)."""
    return base * violence / (violence + half)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of departures from a cell."""
    c, p = s.cells[entity], s.params[0]
    if c.violence <= 0 or c.residents + c.guests == 0:
        return 0.0
    return flee_rate(p.flee_rate, c.violence, p.flee_violence)


@njit
def is_shelter(s: State, cell: int, place: int, own_side: bool) -> bool:
    """Say whether a place is quiet, elsewhere, and (if asked) held by the bloc that first held the cell."""
    there = s.places[place].cell
    if there == cell or s.cells[there].violence > 0 or s.cells[there].control < 0:
        return False
    side = s.ground[cell].control0
    return not own_side or side < 0 or s.actors[s.cells[there].control].bloc == s.actors[side].bloc


@njit
def _count_shelters(s: State, cell: int, own_side: bool) -> int:
    count = 0
    for k in range(NEAR_PLACES):
        place = s.ground[cell].near_places[k]
        if place >= 0 and is_shelter(s, cell, place, own_side):
            count += 1
    return count


@njit
def shelter(s: State, cell: int, u: float, own_side: bool) -> int:
    """Return one of the nearest few shelters of a cell, at the quantile u, or -1."""
    count = _count_shelters(s, cell, own_side)
    left = int(u * min(count, CHOICES))
    for k in range(NEAR_PLACES):
        place = s.ground[cell].near_places[k]
        if place >= 0 and is_shelter(s, cell, place, own_side):
            left -= 1
            if left < 0:
                return place
    return -1


@njit
def crossing_near(s: State, cell: int) -> bool:
    """Say whether one of the places near a cell is a border crossing."""
    for k in range(NEAR_PLACES):
        place = s.ground[cell].near_places[k]
        if place >= 0 and s.places[place].crossing:
            return True
    return False


@njit
def fire(s: State, entity: int) -> None:
    """Let a share of the people of a cell leave."""
    c, p, e = s.cells[entity], s.params[0], s.event[0]
    choice = luck(s, CHOICE)
    place = shelter(s, entity, choice, True)
    if place < 0:
        place = shelter(s, entity, choice, False)
    number = part_of(luck(s, SHARE), luck(s, SHARE_ROUNDING), p.flee_share, c.residents)
    abroad = 0
    if crossing_near(s, entity):
        abroad = part_of(luck(s, ABROAD), luck(s, ABROAD_ROUNDING), p.leave_share, number)
        go_abroad(s, entity, abroad)
    if place >= 0:
        depart(s, entity, place, number - abroad)
        move_guests(s, entity, place)
    e.cell, e.place, e.amount, e.amount2 = entity, place, number if place >= 0 else abroad, abroad
