"""A second opinion on what follows when a unit gives way: where it goes, whom it loses, and whom that shakes."""

from __future__ import annotations

import math

import numpy as np

from simulation.selftest.effects_of_arms import refuge
from simulation.selftest.twin import ADVANCE, WITHDRAW, Twin


def give_way(t: Twin) -> None:
    """Break a unit: captured, fallen, deserters, flight, and the shock to its side."""
    unit, u = t.entity, t.s.units[t.entity]
    cell, actor = int(u.cell), int(u.actor)
    broken = float(u.strength / t.s.actors.present[actor])
    running = _runs(t, unit)
    place = refuge(t, unit, float(t.p.rout_refuge) if running else 0.0)
    m = 1.0 if running or place < 0 else float(t.p.orderly_share)
    captured, fallen, deserted = _losses(t, unit, place, m)
    u.aim = -1
    if u.strength > 0:
        _retreat(t, unit, place)
    _shake(t, unit, cell, m)
    t.shake_actor(actor, m * t.p.army_shock * broken * t.spared(actor) * t.s.actors.confidence[actor])
    t.tell(cell=cell, actor=actor, unit=unit, place=place, amount=captured, amount2=deserted, value=fallen)


def _runs(t: Twin, unit: int) -> bool:
    """Say whether a unit is shaken, and does not merely fail in an attack on ground that is not its side's."""
    u = t.s.units[unit]
    attacks = u.order == ADVANCE and not t.facts().holds[u.cell, u.actor]
    return bool(u.cohesion < t.p.rout_cohesion and not attacks)


def _losses(t: Twin, unit: int, place: int, m: float) -> tuple[int, int, int]:
    """Let some of a unit be captured, fall in the pursuit and desert; return how many of each."""
    u, f, p = t.s.units[unit], t.facts(), t.p
    enemies, friends = f.enemies[u.cell, u.actor], f.friends[u.cell, u.actor]
    whole, lost_heart = int(u.strength), t.s.actors.desertion[u.actor] * (1 - u.cohesion)
    captured = t.luck.part(1, m * p.captured_share if place >= 0 else p.cut_off_captured, whole)
    fallen = t.luck.part(5, m * p.pursuit_share * enemies / (enemies + friends), whole - captured)
    killed = min(fallen, math.floor(fallen / (1 + p.wounded_per_killed) + t.luck(7)))
    left = whole - captured - fallen
    deserted = t.luck.part(3, m * p.desertion_share * lost_heart, left) if place >= 0 else left
    counts = {"captured": captured, "killed": killed, "wounded": fallen - killed, "deserted": deserted}
    for how, number in counts.items():
        t.lose(unit, how, number)
    return captured, fallen, deserted


def _retreat(t: Twin, unit: int, place: int) -> None:
    u = t.s.units[unit]
    step = int(t.s.ground.neighbours[u.cell, int(t.s.ways[u.cell, place]["step"])])
    t.halt(unit)
    t.leave(unit)
    t.enter(unit, step)
    if t.s.places.cell[place] != step:
        u.order, u.target = WITHDRAW, place


def _shake(t: Twin, unit: int, cell: int, m: float) -> None:
    """Shake its bloc in and around the cell left, then its own command wherever that stands."""
    u, every = t.s.units[unit], t.s.units
    for near in (cell, *(k for k in t.s.ground.neighbours[cell] if k >= 0)):
        t.shake_cell(int(near), int(u.actor), m * t.p.near_shock)
    command = (every.actor == u.actor) & (every.formation == u.formation) & (every.strength > 0)
    for other in np.flatnonzero(command & (u.formation >= 0)):
        t.shake_unit(int(other), m * t.p.command_shock)
