"""A second opinion on the way a unit takes, and on the time it needs."""

from __future__ import annotations

import math

from simulation.selftest.facts import Facts
from simulation.selftest.twin import ADVANCE, HOLD, Twin

MAIN_ROAD = 2


def march_all(twin: Twin) -> None:
    """Let every unit under orders set out, go on or stop as its surroundings demand."""
    facts = twin.facts()
    for unit, u in enumerate(twin.s.units):
        if u.waiting or u.strength == 0:
            continue
        step = _step(twin, facts, unit)
        if step != u.next_cell:
            u.next_cell = step
            u.arrives = twin.w.t + days(twin, facts, unit, step) if step >= 0 else math.inf


def _step(twin: Twin, facts: Facts, unit: int) -> int:
    """Return the cell that a unit goes to next, -1 for none."""
    u, s = twin.s.units[unit], twin.s
    if u.order == HOLD or facts.in_contact[unit]:
        return -1
    if u.order == ADVANCE and facts.hostile[u.cell, u.actor]:
        return -1
    direction = int(s.ways[u.cell, u.target]["step"])
    if direction < 0:
        return -1
    step = int(s.ground.neighbours[u.cell, direction])
    barred = facts.hostile[step, u.actor] or facts.enemies[step, u.actor] > 0
    return -1 if barred and u.order != ADVANCE else step


def days(twin: Twin, facts: Facts, unit: int, step: int) -> float:
    """Return how long a unit takes to the next cell: distance over speed, longer in rough ground.

    Into hostile ground half of the distance counts: the line runs between the two cells.
    """
    u, p, ground = twin.s.units[unit], twin.p, twin.s.ground
    on_road = ground.road[u.cell] >= MAIN_ROAD and ground.road[step] >= MAIN_ROAD
    speed = float(p.road_speed if on_road else p.track_speed)
    km = float(ground.step_km[u.cell, int(twin.s.ways[u.cell, u.target]["step"])])
    if facts.hostile[step, u.actor]:
        doubt = float(twin.s.actors.doubt[twin.s.cells.control[step]])
        speed, km = min(speed, float(p.advance_speed) * float(p.pursuit_pace) ** doubt), km / 2
    return km * (1 + float(p.rough_drag) * float(ground.ruggedness[step])) / speed
