"""A unit gives way: it leaves its cell for the nearest own place.

Claim: units break long before they are destroyed, more often because they are outflanked or their neighbours
have gone than for their own losses, and more readily once their side has lost faith; who fights beside free
allies, or under its own aircraft, stands longer. An attack that fails and an orderly retreat cost little; a rout
costs men and heart, and spreads through a command.
Clock: one per unit; runs in contact, and out of it while men whom it fights stand in more than three of the
neighbours of its cell, which is more than a straight front has.
Formula: rate = `give_way_rate` exp(`give_way_cohesion` (1 - h) + `give_way_odds` ln(N / S) + `give_way_flanks`
F + `give_way_surprise` Y + `give_way_unwilling` B + `give_way_doubt` L - `give_way_shelter` H - `allies_steady`
`give_way_allies` A - `give_way_air` G - E + `give_way_overreach` D / (D + `overreach_km`)). N: fighters in the
cell whom it fights; S: those of its bloc there, itself included; out of contact the odds count for nothing. F:
share of the neighbours of the cell, as many as are on the map, held by somebody whom it fights, but 0 on ground
that its bloc does not hold, as long as it holds any beside it. Y: 1 while its commander's stance is defend and
he has given no orders yet, from the start on; else 0. B: 1 - availability of its actor if that takes another's
orders; else 0. L: share of its confidence that its actor has lost, as of midnight. H: max(e, hills, urban) where
its bloc holds the cell, else 0. A: the highest availability of those of its actor's helpers who have men in the
cell or beside it, 0 for none. G: air support by its bloc, as of midnight. E: endurance of its actor. D: depth of
the cell where its first holder was of another bloc, else 0.
Effect: in this order: a refuge is looked for. It runs if h is below `rout_cohesion` and it does not attack
ground that its bloc does not hold, and then looks for places of weight `rout_refuge` or more first. m is 1 if
it runs or has no refuge, else `orderly_share`. part(m `captured_share`, n) are captured, or
part(`cut_off_captured`, n) with no refuge; part(m `pursuit_share` N / (N + S), the rest) fall in the pursuit,
of whom the share 1 / (1 + `wounded_per_killed`) is killed and the others are wounded; of those left part(m
`desertion_share` d (1 - h), left) desert, d being the desertion of its actor, or all with no refuge. Who is
left stands at once in the first cell on the way to the refuge, whoever holds it, and withdraws from there; an
attack for which it gathered goes on without it. Then all units of its bloc in the cell left and in its 8
neighbours, this one included, lose m `near_shock` of h, those of its actor and its command lose m
`command_shock`, and its actor's c becomes c max(0, 1 - m `army_shock` q k), q being the part that the unit was
of all fighters of its actor, and k = 1 - `allies_steady` `patron_steadies` P with the support P of its actor.
Draws: 1, 2 captured; 3, 4 deserted; 5, 6 fallen; 7 killed or wounded, to round.
Source: McQuie 1987 (of 52 positions left, 64 of 100 for manoeuvre, 33 of them for envelopment and 13 because a
neighbour had gone, 10 for losses); Dupuy 1990 for breakpoints that depend on morale; Castillo 2014 for armies
that differ in kind; Kuran 1991 on how lost faith feeds itself, against Shils and Janowitz 1948, for whom men stand
for those beside them; SIGAR 2022 for what the end of a patron's help does. Numbers assumed.
Event: cell, actor, unit, place gone to (-1 none); amount captured; amount2 deserted; value fallen in the
pursuit.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, part_of
from simulation.model.effects.control import holds
from simulation.model.effects.morale import shake_actor, shake_cell, shake_unit, spared
from simulation.model.effects.strength import (
    allied_strength,
    capture,
    desert,
    enter_cell,
    halt,
    kill,
    leave_cell,
    opposed_strength,
    wound,
)
from simulation.model.effects.units import unit_after
from simulation.model.effects.yielding import frailty_of, size_up
from simulation.model.planning.refuge import refuge
from simulation.model.state import DIRECTIONS, OrderKind

CAPTURED, CAPTURED_ROUNDING, DESERTED, DESERTED_ROUNDING = 1, 2, 3, 4
FALLEN, FALLEN_ROUNDING, KILLED = 5, 6, 7


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of giving way of a unit."""
    u = s.units[entity]
    if u.cell < 0 or s.params[0].give_way_rate == 0:
        return 0.0
    size_up(s, u.cell, u.actor)
    yielding = s.actors[u.actor].yielding
    return yielding * frailty_of(s, entity) if yielding > 0 else 0.0


@njit
def runs(s: State, unit: int) -> bool:
    """Say whether a unit that leaves its cell runs: shaken, and not merely failing in an attack."""
    u = s.units[unit]
    attacks = u.order == OrderKind.ADVANCE and not holds(s, u.actor, u.cell)
    return u.cohesion < s.params[0].rout_cohesion and not attacks


@njit
def _take_captured(s: State, unit: int, place: int, m: float) -> int:
    """Let some of a unit be captured; return how many."""
    p = s.params[0]
    share = m * p.captured_share if place >= 0 else p.cut_off_captured
    captured = part_of(luck(s, CAPTURED), luck(s, CAPTURED_ROUNDING), share, s.units[unit].strength)
    if captured > 0:
        capture(s, unit, captured)
    return captured


@njit
def _take_fallen(s: State, unit: int, m: float, pressed: float) -> int:
    """Let some of a unit fall in the pursuit, `pressed` (0..1) by the enemy; return how many."""
    p = s.params[0]
    share = m * p.pursuit_share * pressed
    fallen = part_of(luck(s, FALLEN), luck(s, FALLEN_ROUNDING), share, s.units[unit].strength)
    dead = int(math.floor(fallen / (1 + p.wounded_per_killed) + luck(s, KILLED)))
    dead = min(dead, fallen)
    if dead > 0:
        kill(s, unit, dead)
    if fallen > dead:
        wound(s, unit, fallen - dead)
    return fallen


@njit
def _take_deserters(s: State, unit: int, place: int, m: float) -> int:
    """Let some of a unit desert, all of it with no refuge; return how many."""
    u = s.units[unit]
    share = m * s.params[0].desertion_share * s.actors[u.actor].desertion * (1 - u.cohesion)
    deserted = part_of(luck(s, DESERTED), luck(s, DESERTED_ROUNDING), share, u.strength)
    if place < 0:
        deserted = u.strength
    if deserted > 0:
        desert(s, unit, deserted)
    return deserted


@njit
def _shake_command(s: State, unit: int, loss: float) -> None:
    """Shake the units of the same command."""
    actor, formation = s.units[unit].actor, s.units[unit].formation
    if loss == 0 or formation < 0:
        return
    other = 0
    while other < s.world[0].n_units:
        own = s.units[other].actor == actor
        if own and s.units[other].formation == formation and s.units[other].strength > 0:
            shake_unit(s, other, loss)
        other = unit_after(s, other, own)


@njit
def _spread_shock(s: State, unit: int, cell: int, m: float, broken: float) -> None:
    """Shake the units in and around the cell and of the same command, and the actor's confidence."""
    p, actor = s.params[0], s.units[unit].actor
    shake_cell(s, cell, actor, m * p.near_shock)
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            shake_cell(s, near, actor, m * p.near_shock)
    _shake_command(s, unit, m * p.command_shock)
    loss = m * p.army_shock * broken * spared(s, actor)
    shake_actor(s, actor, loss * s.actors[actor].confidence)


@njit
def fire(s: State, entity: int) -> None:
    """Let the unit leave, or be taken where it stands."""
    u = s.units[entity]
    cell, actor = u.cell, u.actor
    broken = u.strength / s.actors[actor].present
    enemy, own = opposed_strength(s, cell, actor), allied_strength(s, cell, actor)
    running = runs(s, entity)
    place = refuge(s, entity, s.params[0].rout_refuge if running else 0.0)
    m = 1.0 if running or place < 0 else s.params[0].orderly_share
    captured = _take_captured(s, entity, place, m)
    fallen = _take_fallen(s, entity, m, enemy / (enemy + own))
    deserted = _take_deserters(s, entity, place, m)
    u.aim = -1
    if u.strength > 0:
        retreat(s, entity, place)
    _spread_shock(s, entity, cell, m, broken)
    e = s.event[0]
    e.cell, e.actor, e.unit, e.place = cell, actor, entity, place
    e.amount, e.amount2, e.value = captured, deserted, fallen


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
