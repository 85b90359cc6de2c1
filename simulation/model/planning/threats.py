"""Which own places the enemy nears, and what that does to those who live there."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds_place
from simulation.model.effects.hostility import opposed
from simulation.model.effects.people import alarm
from simulation.model.effects.strength import strength_around
from simulation.model.effects.touch import touch_actor
from simulation.model.effects.units import unit_after
from simulation.model.planning.view import forward, near_place


@njit
def _on_the_move(s: State, commander: int, unit: int) -> int:
    """Return the enemy fighters on the move in a unit's cell if it is the first of them in its cell, or else 0."""
    if s.units[unit].cell < 0 or not _is_threat(s, commander, unit):
        return 0
    total, other = 0, s.cells[s.units[unit].cell].first_unit
    while other >= 0:
        if _is_threat(s, commander, other):
            if total == 0 and other != unit:
                return 0
            total += s.units[other].strength
        other = s.units[other].next_unit
    return total


@njit
def _is_threat(s: State, commander: int, unit: int) -> bool:
    return opposed(s, commander, s.units[unit].actor) and forward(s, unit)


@njit
def _threaten_around(s: State, cell: int, fighters: int) -> None:
    """Add enemy fighters to the threat to the places within reach of their cell."""
    for k in range(s.world[0].n_places):
        place = near_place(s, cell, k)
        if s.ways[cell, place].km > s.params[0].threat_reach:
            break
        s.places[place].threat += fighters


@njit
def see_threats(s: State, commander: int) -> None:
    """Write into `places.threat` the enemy fighters on the move within reach of each own place."""
    for place in range(s.world[0].n_places):
        s.places[place].threat = 0.0
    unit = 0
    while unit < s.world[0].n_units:
        hostile = opposed(s, commander, s.units[unit].actor)
        fighters = _on_the_move(s, commander, unit) if hostile else 0
        if fighters > 0:
            _threaten_around(s, s.units[unit].cell, fighters)
        unit = unit_after(s, unit, hostile)
    watch_capital(s, commander)


@njit
def alarm_threatened(s: State, commander: int) -> None:
    """Let the people of places that an enemy nears take fright before he is there."""
    events = s.params[0].threat_alarm
    if events == 0:
        return
    for place in range(s.world[0].n_places):
        if s.places[place].threat > 0 and holds_place(s, commander, place):
            alarm(s, s.places[place].cell, events)


@njit
def threat_share(enemy: float, own: int) -> float:
    """Return how far a place is threatened, 0..1: wholly when the enemies on the move are as many as its defenders."""
    return min(1.0, enemy / own) if own > 0 else min(1.0, enemy)


@njit
def watch_capital(s: State, commander: int) -> None:
    """Note how far the commander sees his capital threatened, 0..1."""
    a = s.actors[commander]
    if a.capital < 0:
        return
    x = s.places[a.capital]
    threatened = threat_share(x.threat, strength_around(s, x.cell, commander, False))
    if threatened != a.threatened:
        a.threatened = threatened
        touch_actor(s, commander)


@njit
def threatened(s: State, unit: int) -> bool:
    """Say whether the unit stands at a threatened place, which it should not be called away from."""
    place = s.ground[s.units[unit].cell].first_place
    return place >= 0 and s.places[place].threat > 0
