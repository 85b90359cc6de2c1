"""A unit gives way: it leaves its cell for the nearest own place.

Claim: units break long before they are destroyed; broken units take their neighbours with them. Armies of 2014
and 2021 vanished in days through this, others held a city for years.
Clock: one per unit; runs only in contact.
Formula: rate = `give_way_rate` exp(`give_way_cohesion` (1 - h) + `give_way_odds` ln(N / S) + `give_way_flanks`
F + `give_way_surprise` Y - `give_way_shelter` H). N: fighters in the cell whom it fights; S: those of its bloc
there, itself included. F: share of the neighbours of the cell, as many as are on the map, held by somebody whom
it fights. Y: 1 while its commander's stance is defend and he has given no orders yet, from the start on; else
0. H: max(e, hills, urban) where its bloc holds the cell, else 0.
Effect: in this order: a refuge is looked for; part(`captured_share`, n) are captured, or
part(`cut_off_captured`, n) with no refuge; of the rest part(`desertion_share` (1 - h), rest) desert, or all
with no refuge. Who is left stands at once in the first cell on the way to the refuge, whoever holds it, and
withdraws from there. Then all units of its bloc in the cell left and in its 8 neighbours, this one included,
lose `near_shock` of h, and its actor's c becomes c max(0, 1 - `army_shock` q), q being the part that the unit
was of all fighters of its actor.
Draws: 1, 2 captured; 3, 4 deserted.
Source: Dupuy, Understanding Defeat (1990), for breakpoints that depend on morale rather than losses; numbers
assumed.
Event: cell, actor, unit, place gone to (-1 none); amount captured; amount2 deserted.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, part_of
from simulation.model.effects.control import holds, hostile_cell
from simulation.model.effects.ground import shelter_of
from simulation.model.effects.morale import shake_actor, shake_cell
from simulation.model.effects.strength import (
    allied_strength,
    capture,
    desert,
    enter_cell,
    halt,
    leave_cell,
    opposed_strength,
)
from simulation.model.planning.refuge import refuge
from simulation.model.state import DIRECTIONS, OrderKind, Stance

CAPTURED, CAPTURED_ROUNDING, DESERTED, DESERTED_ROUNDING = 1, 2, 3, 4


@njit
def give_way_rate(
    base: float, cohesion_slope: float, lost_cohesion: float, odds_slope: float, log_odds: float,
    flank_slope: float, flanks: float, shelter_slope: float, shelter: float, surprise_slope: float,
    surprised: int,
) -> float:  # fmt: skip
    """Return the rate (1/day) at which a unit in contact leaves its cell."""
    pushing = cohesion_slope * lost_cohesion + odds_slope * log_odds + flank_slope * flanks
    return base * math.exp(pushing + surprise_slope * surprised - shelter_slope * shelter)


@njit
def open_flanks(s: State, cell: int, actor: int) -> float:
    """Return the share of neighbour cells held by somebody the actor fights."""
    hostile, known = 0, 0
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            known += 1
            if hostile_cell(s, actor, near):
                hostile += 1
    return hostile / known if known > 0 else 0.0


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of giving way of a unit."""
    u, p = s.units[entity], s.params[0]
    if u.cell < 0 or p.give_way_rate == 0:
        return 0.0
    enemy = opposed_strength(s, u.cell, u.actor)
    if enemy == 0:
        return 0.0
    odds = math.log(enemy / allied_strength(s, u.cell, u.actor))
    surprised = (
        s.actors[s.actors[u.actor].commander].stance == Stance.DEFENSIVE and not s.actors[u.actor].alert
    )
    shelter = shelter_of(s, u.cell) if holds(s, u.actor, u.cell) else 0.0
    return give_way_rate(
        p.give_way_rate, p.give_way_cohesion, 1 - u.cohesion, p.give_way_odds, odds, p.give_way_flanks,
        open_flanks(s, u.cell, u.actor), p.give_way_shelter, shelter, p.give_way_surprise, int(surprised),
    )  # fmt: skip


@njit
def _lose_some(s: State, unit: int, captured_share: float) -> tuple[int, int]:
    """Take the captured and the deserters out of a unit; return both numbers."""
    u, p = s.units[unit], s.params[0]
    lost_cohesion = 1 - u.cohesion
    captured = part_of(luck(s, CAPTURED), luck(s, CAPTURED_ROUNDING), captured_share, u.strength)
    rest = u.strength - captured
    share = p.desertion_share * lost_cohesion
    deserted = part_of(luck(s, DESERTED), luck(s, DESERTED_ROUNDING), share, rest)
    return captured, deserted


@njit
def _spread_shock(s: State, cell: int, actor: int, broken: float) -> None:
    """Shake the units in and around the cell, and the actor's confidence by the share that broke."""
    p = s.params[0]
    shake_cell(s, cell, actor, p.near_shock)
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            shake_cell(s, near, actor, p.near_shock)
    shake_actor(s, actor, p.army_shock * broken * s.actors[actor].confidence)


@njit
def fire(s: State, entity: int) -> None:
    """Let the unit leave, or be taken where it stands."""
    u, p = s.units[entity], s.params[0]
    cell, actor = u.cell, u.actor
    broken = u.strength / s.actors[actor].present
    place = refuge(s, entity)
    captured, deserted = _lose_some(s, entity, p.captured_share if place >= 0 else p.cut_off_captured)
    if place < 0:
        deserted = u.strength - captured
    if captured > 0:
        capture(s, entity, captured)
    if deserted > 0:
        desert(s, entity, deserted)
    if u.strength > 0:
        retreat(s, entity, place)
    _spread_shock(s, cell, actor, broken)
    e = s.event[0]
    e.cell, e.actor, e.unit, e.place, e.amount, e.amount2 = cell, actor, entity, place, captured, deserted


@njit
def retreat(s: State, unit: int, place: int) -> None:
    """Move a unit one cell towards a place at once, and let it march on from there."""
    u = s.units[unit]
    step = s.ground[u.cell].neighbours[s.ways[u.cell, place].step]
    halt(s, unit)
    leave_cell(s, unit)
    enter_cell(s, unit, step)
    if s.places[place].cell != step:
        u.order, u.target = OrderKind.WITHDRAW, place
