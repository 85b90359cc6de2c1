"""A day begins: the picture of the day is taken, violence fades from memory, the weather changes.

Claim: memories fade with a half-life; confidence slowly recovers; men dig in where they stand, and some of the
wounded come back; a truce frees those whom that war bound; some days are not flyable.
Clock: one, at midnight; the first at the start.
Formula: v becomes v 2^(-1 / `violence_half_life`), and 0 if that is below 1; momentum m becomes m 2^(-1 /
`violence_half_life`); where c < c0, c becomes c + `confidence_recovery` (c0 - c), whether it fights or not; the
day is flyable for everybody with chance `flyable_share`. Where e < `dig_in_most` in a cell in which its
holder's bloc has fighters and there is nobody whom the holder fights, e becomes e + `dig_in_rate`
(`dig_in_most` - e). Availability becomes b + `release_rate` (1 - b) of an actor whom a war binds that a truce
has stopped, and b + `release_rate` (b0 - b) while the war goes on; nothing changes while a measure sets it.
Support is the mean availability of an actor's helpers, 0 with none. Air is z / (z + 25), z being the strikes a
day of all of its bloc who fight and have somebody who attacks to strike, 0 on a day that is not flyable.
Effect: in this order: the picture is taken; cells forget; each actor notes the share of its fighters lost so
far, l = lost / (lost + present) with lost = killed + wounded + captured + deserted, its momentum and confidence
change, floor(`wounded_return` wounded) return to its units on the map out of contact, in their order, each
taking what it lacks of its first strength; those who can come back later stay wounded; its availability
changes; men dig in; truces whose time is up end; blocs note their land; the weather is drawn; support and air
are noted. At the start only the picture is taken, the weather drawn, and support and air noted.
Draws: 1 the weather.
Source: assumption, but for the weather (share of flyable days, climate).
Event: amount the day; value 1 if it is flyable.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.draws import luck
from simulation.model.effects.morale import shake_actor
from simulation.model.effects.muster import note_land
from simulation.model.effects.picture import take_picture
from simulation.model.effects.recovery import dig_in, heal
from simulation.model.effects.support import note_support, release
from simulation.model.effects.touch import PEOPLE, touch_actor, touch_cell
from simulation.model.effects.truce_state import end_those_due

WEATHER = 1


@njit
def faded(memory: float, half_life: float) -> float:
    """Return what is left of a memory (events) after a day; less than one event is forgotten."""
    left = memory * 2 ** (-1 / half_life)
    return left if left >= 1 else 0.0


@njit
def due(s: State, entity: int) -> float:
    """Return the next midnight."""
    return s.world[0].day + 1.0


@njit
def _fade_cell(s: State, cell: int) -> None:
    """Let a cell forget, or note that it has been quiet for long enough since today: people may return."""
    c, p = s.cells[cell], s.params[0]
    if c.violence > 0:
        c.violence = faded(c.violence, p.violence_half_life)
        touch_cell(s, cell, PEOPLE)
    elif 0 <= s.world[0].day - c.quiet_since - p.quiet_days < 1:
        touch_cell(s, cell, PEOPLE)


@njit
def _fade(s: State) -> None:
    """Let all cells forget; one that neither remembers violence nor misses people leaves the chain."""
    w = s.world[0]
    cell, w.first_stirred = w.first_stirred, -1
    while cell >= 0:
        c = s.cells[cell]
        after = c.next_stirred
        _fade_cell(s, cell)
        if c.violence > 0 or c.fled > 0:
            c.next_stirred, w.first_stirred = w.first_stirred, cell
        else:
            c.stirred = 0
        cell = after


@njit
def _turn_page(s: State, actor: int) -> None:
    """Let an actor take stock: losses, gains lately, confidence regained."""
    a, p = s.actors[actor], s.params[0]
    lost = a.killed + a.wounded + a.captured + a.deserted
    a.lost = lost / (lost + a.present) if lost > 0 else 0.0
    a.momentum *= 2 ** (-1 / p.violence_half_life)
    if a.confidence < a.resolve:
        shake_actor(s, actor, p.confidence_recovery * (a.confidence - a.resolve))
    heal(s, actor)
    release(s, actor)
    touch_actor(s, actor)


@njit
def fire(s: State, entity: int) -> None:
    """Turn the page."""
    w = s.world[0]
    w.day += 1
    take_picture(s, w.day)
    if w.day > 0:
        _fade(s)
        for actor in range(w.n_actors):
            _turn_page(s, actor)
        dig_in(s)
        end_those_due(s)
        note_land(s)
    w.flyable = int(luck(s, WEATHER) < s.params[0].flyable_share)
    note_support(s)
    for actor in range(w.n_actors):
        touch_actor(s, actor)
    s.event[0].amount, s.event[0].value = w.day, w.flyable
