"""A unit under orders arrives in the next cell of its way, or on the map.

Claim: columns move along roads; attackers stop where they meet resistance and where the land is not yet theirs.
Clock: one per unit, set to the time of arrival.
Formula: days for a step = km (1 + `rough_drag` R) / speed; km between the centres of the two cells, or half of
it into a cell held by somebody whom it fights, since the line runs between them; R of the cell entered, on
roads too. Speed: `road_speed` if both cells have a main road, else `track_speed`; at most `advance_speed`
`pursuit_pace`^L into a cell held by somebody whom it fights, L being the share of its confidence that the holder
has lost, as of midnight. The time is set when the step begins and stays, whatever happens to the
ground; a step broken off begins again.
Effect: the unit stands in the next cell; in the cell of its target it halts. If it withdraws, the h of all
units of its bloc that it finds there falls by `rout_shock` (1 - its own h). A body on its way to the map
appears in the cell to which it was sent, whoever holds it, with the order hold.
Source: rates of advance of 6-12 km a day against a prepared line, fights and all, and 20-60 in a rout (judgement
from campaigns).
Event: unit, actor, cell entered, place aimed at; amount 1 when the unit comes onto the map.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import hostile_cell
from simulation.model.effects.morale import pursuit_haste, shake_cell
from simulation.model.effects.strength import enter_cell, halt, in_contact, leave_cell, opposed_strength
from simulation.model.effects.touch import touch_unit
from simulation.model.state import OrderKind

MAIN_ROAD = 2


@njit
def march_days(km: float, speed: float, drag: float, ruggedness: float) -> float:
    """Return the days for a step of `km` at `speed` km/day through ground of some ruggedness (m)."""
    return km * (1 + drag * ruggedness) / speed


@njit
def _speed(s: State, unit: int, cell: int, step: int) -> float:
    """Return the speed in km/day of a unit's next step."""
    p = s.params[0]
    on_road = s.ground[cell].road >= MAIN_ROAD and s.ground[step].road >= MAIN_ROAD
    speed = p.road_speed if on_road else p.track_speed
    if not hostile_cell(s, s.units[unit].actor, step):
        return speed
    haste = pursuit_haste(p.pursuit_pace, s.actors[s.cells[step].control].doubt)
    return min(speed, p.advance_speed * haste)


@njit
def next_cell(s: State, unit: int) -> int:
    """Return the next cell on the unit's way, or -1 when it has arrived, is lost or is barred."""
    u = s.units[unit]
    if u.order == OrderKind.HOLD or u.cell < 0 or s.ways[u.cell, u.target].step < 0:
        return -1
    step = s.ground[u.cell].neighbours[s.ways[u.cell, u.target].step]
    if u.order != OrderKind.ADVANCE and (
        hostile_cell(s, u.actor, step) or opposed_strength(s, step, u.actor) > 0
    ):
        return -1
    return step


@njit
def must_wait(s: State, unit: int) -> bool:
    """Say whether a unit under orders cannot move on yet: it is engaged, or its own cell is not yet taken."""
    u = s.units[unit]
    return in_contact(s, unit) or (u.order == OrderKind.ADVANCE and hostile_cell(s, u.actor, u.cell))


@njit
def plan(s: State, unit: int) -> None:
    """Set, keep or cancel a unit's arrival at its next cell, as its orders and surroundings demand."""
    u = s.units[unit]
    if u.waiting or u.strength == 0:
        return
    step = -1 if u.order == OrderKind.HOLD or must_wait(s, unit) else next_cell(s, unit)
    if step == u.next_cell:
        return
    u.next_cell, u.arrives = step, math.inf
    if step >= 0:
        k = s.ways[u.cell, u.target].step
        p = s.params[0]
        speed = _speed(s, unit, u.cell, step)
        km = s.ground[u.cell].step_km[k] / (2 if hostile_cell(s, u.actor, step) else 1)
        rough = s.ground[step].ruggedness
        u.arrives = s.world[0].t + march_days(km, speed, p.rough_drag, rough)


@njit
def due(s: State, entity: int) -> float:
    """Return the time at which the unit arrives."""
    return s.units[entity].arrives


@njit
def fire(s: State, entity: int) -> None:
    """Let the unit arrive."""
    u = s.units[entity]
    e = s.event[0]
    e.unit, e.actor, e.place, e.amount = entity, u.actor, u.target, u.waiting
    if u.waiting:
        u.waiting, step = 0, u.home
    else:
        step = u.next_cell
        leave_cell(s, entity)
    u.next_cell, u.arrives = -1, math.inf
    if u.order == OrderKind.WITHDRAW:
        shake_cell(s, step, u.actor, s.params[0].rout_shock * (1 - u.cohesion))
    enter_cell(s, entity, step)
    if u.target >= 0 and s.places[u.target].cell == step:
        halt(s, entity)
    touch_unit(s, entity)
    e.cell = step
