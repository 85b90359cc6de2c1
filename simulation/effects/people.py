"""Civilians: violence they remember, deaths, flight and return.

People are conserved: residents and guests of all cells + killed + gone abroad = people at the start.
Those who fled one cell stay together: `fled` of them, as guests of the cell of the place `refuge`.
"""

from __future__ import annotations

from simulation.compiled import njit
from simulation.effects.touch import PEOPLE, touch_cell


@njit
def alarm(s, cell, events):
    """Add violent events to what the people of a cell remember."""
    c = s.cells[cell]
    c.violence += events
    c.quiet_since = s.world[0].t
    touch_cell(s, cell, PEOPLE)


@njit
def relocate(s, home, place):
    """Move those who fled a cell on to another place."""
    c = s.cells[home]
    if c.refuge == place:
        return
    if c.refuge >= 0:
        s.cells[s.places[c.refuge].cell].guests -= c.fled
        touch_cell(s, s.places[c.refuge].cell, PEOPLE)
    s.cells[s.places[place].cell].guests += c.fled
    touch_cell(s, s.places[place].cell, PEOPLE)
    c.refuge = place


@njit
def depart(s, cell, place, number):
    """Let residents of a cell flee to a place; those who fled before join them there."""
    relocate(s, cell, place)
    c = s.cells[cell]
    c.residents -= number
    c.fled += number
    s.cells[s.places[place].cell].guests += number
    touch_cell(s, cell, PEOPLE)
    touch_cell(s, s.places[place].cell, PEOPLE)


@njit
def move_guests(s, cell, place):
    """Move everybody who found refuge in a cell on to another place."""
    if s.cells[cell].guests == 0 or s.places[place].cell == cell:
        return
    for home in range(s.world[0].n_cells):
        c = s.cells[home]
        if c.fled > 0 and s.places[c.refuge].cell == cell:
            relocate(s, home, place)


@njit
def go_abroad(s, cell, number):
    """Let residents of a cell leave the country for good."""
    s.cells[cell].residents -= number
    s.world[0].left_country += number
    touch_cell(s, cell, PEOPLE)


@njit
def come_home(s, cell, number):
    """Bring people of a cell back from their refuge."""
    c = s.cells[cell]
    s.cells[s.places[c.refuge].cell].guests -= number
    c.residents += number
    c.fled -= number
    touch_cell(s, cell, PEOPLE)
    touch_cell(s, s.places[c.refuge].cell, PEOPLE)


@njit
def _kill_guests(s, cell, number):
    """Count guests of a cell as killed, group by group."""
    left = min(number, s.cells[cell].guests)
    s.cells[cell].guests -= left
    dead = left
    for home in range(s.world[0].n_cells):
        c = s.cells[home]
        if left > 0 and c.fled > 0 and s.places[c.refuge].cell == cell:
            lost = min(left, c.fled)
            c.fled -= lost
            left -= lost
            touch_cell(s, home, PEOPLE)
    return dead - left


@njit
def kill_civilians(s, cell, number):
    """Count people of a cell as killed, residents and guests in proportion, and return how many."""
    c = s.cells[cell]
    people = c.residents + c.guests
    if number <= 0 or people <= 0:
        return 0
    among_guests = number * c.guests // people
    dead = min(number - among_guests, c.residents)
    c.residents -= dead
    if among_guests > 0:
        dead += _kill_guests(s, cell, among_guests)
    c.killed += dead
    s.world[0].civilians_killed += dead
    touch_cell(s, cell, PEOPLE)
    return dead
