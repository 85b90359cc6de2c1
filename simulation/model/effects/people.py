"""Civilians: violence they remember, deaths, flight and return.

People are conserved: residents and guests of all cells + killed + gone abroad = people at the start.
Those who fled one cell stay together: `fled` of them, as guests of the cell of the place `refuge`.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.touch import PEOPLE, touch_cell


@njit
def alarm(s: State, cell: int, events: float) -> None:
    """Add violent events to what the people of a cell remember."""
    c, w = s.cells[cell], s.world[0]
    if not c.stirred:
        c.stirred, c.next_stirred, w.first_stirred = 1, w.first_stirred, cell
    c.violence += events
    c.quiet_since = w.t
    touch_cell(s, cell, PEOPLE)


@njit
def people_in(s: State, cell: int) -> int:
    """Return the people in a cell, those at home and those who have fled to it."""
    c = s.cells[cell]
    return c.residents + c.guests


@njit
def _count(s: State, cell: int, residents: int, guests: int) -> None:
    """Add people to those in a cell and, if somebody holds it, to those who live under him."""
    c = s.cells[cell]
    c.residents += residents
    c.guests += guests
    if c.control >= 0:
        s.actors[c.control].people += residents + guests
    touch_cell(s, cell, PEOPLE)


@njit
def _count_away(s: State, home: int, number: int) -> None:
    """Add people to those who have fled a cell; their refuge counts them as guests."""
    c = s.cells[home]
    c.fled += number
    s.world[0].displaced += number
    _count(s, s.places[c.refuge].cell, 0, number)


@njit
def relocate(s: State, home: int, place: int) -> None:
    """Move those who fled a cell on to another place."""
    c = s.cells[home]
    if c.refuge == place:
        return
    away = c.fled
    if c.refuge >= 0:
        _count_away(s, home, -away)
    c.refuge = place
    _count_away(s, home, away)


@njit
def depart(s: State, cell: int, place: int, number: int) -> None:
    """Let residents of a cell flee to a place; those who fled before join them there."""
    relocate(s, cell, place)
    _count(s, cell, -number, 0)
    _count_away(s, cell, number)


@njit
def move_guests(s: State, cell: int, place: int) -> None:
    """Move everybody who found refuge in a cell on to another place."""
    if s.places[place].cell == cell:
        return
    home = s.world[0].first_stirred
    while home >= 0 and s.cells[cell].guests > 0:
        c = s.cells[home]
        if c.fled > 0 and s.places[c.refuge].cell == cell:
            relocate(s, home, place)
        home = c.next_stirred


@njit
def go_abroad(s: State, cell: int, number: int) -> None:
    """Let residents of a cell leave the country for good."""
    _count(s, cell, -number, 0)
    s.world[0].left_country += number


@njit
def come_home(s: State, cell: int, number: int) -> None:
    """Bring people of a cell back from their refuge."""
    _count_away(s, cell, -number)
    _count(s, cell, number, 0)


@njit
def _kill_guests(s: State, cell: int, number: int) -> int:
    """Count guests of a cell as killed, group by group, and return how many."""
    left, home = number, s.world[0].first_stirred
    while home >= 0 and left > 0:
        c = s.cells[home]
        if c.fled > 0 and s.places[c.refuge].cell == cell:
            lost = min(left, c.fled)
            _count_away(s, home, -lost)
            left -= lost
            touch_cell(s, home, PEOPLE)
        home = c.next_stirred
    return number - left


@njit
def kill_civilians(s: State, cell: int, number: int) -> int:
    """Count people of a cell as killed, residents and guests in proportion, and return how many."""
    c = s.cells[cell]
    people = people_in(s, cell)
    if number <= 0 or people <= 0:
        return 0
    among_guests = number * c.guests // people
    dead = min(number - among_guests, c.residents)
    _count(s, cell, -dead, 0)
    if among_guests > 0:
        dead += _kill_guests(s, cell, among_guests)
    c.killed += dead
    s.world[0].civilians_killed += dead
    return dead


@njit
def pass_people(s: State, cell: int, holder: int) -> None:
    """Count the people and the land of a cell under its new holder; called while the old one is still known."""
    c = s.cells[cell]
    people, area = c.residents + c.guests, s.ground[cell].area_m2
    if c.control >= 0:
        s.actors[c.control].people -= people
        s.actors[c.control].area_m2 -= area
    s.actors[holder].people += people
    s.actors[holder].area_m2 += area
