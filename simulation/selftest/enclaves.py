"""A second opinion on which places pass: those that go with their cell, and enclaves that lie open."""

from __future__ import annotations

from simulation.model.state import State
from simulation.selftest.facts import Facts


def places_in(s: State, cell: int) -> list[int]:
    """Return the places in a cell, the weightiest first."""
    found, place = [], int(s.ground.first_place[cell])
    while place >= 0:
        found.append(place)
        place = int(s.places.next_place[place])
    return found


def with_cell(s: State, cell: int, holder: int) -> list[int]:
    """Return the places in a cell that go with it: those of the bloc of its holder, or of nobody."""
    owner, bloc = s.places.holder, s.actors.bloc
    return [k for k in places_in(s, cell) if holder < 0 or owner[k] < 0 or bloc[owner[k]] == bloc[holder]]


def open_to(s: State, cell: int, actor: int) -> list[int]:
    """Return the places in a cell whose holder the actor fights, and of whose holder's bloc nobody is there."""
    facts, owner = Facts(s), s.places.holder
    fought = [k for k in places_in(s, cell) if owner[k] >= 0 and facts.foe[actor, owner[k]]]
    return [k for k in fought if facts.friends[cell, owner[k]] == 0]
