"""A second opinion on how a blow is prepared: men gather near the objective, and go forward together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.selftest.commander import Commander, nearest
from simulation.selftest.twin import ADVANCE, HOLD, MOVE, WITHDRAW


def assembly(c: Commander, place: int) -> int:
    """Return where men gather against a place: nearest to it, of his side and without his enemies; -1 for nowhere."""
    places = c.t.s.places
    safe = c.own & (c.facts.enemies[places.cell, c.actor] == 0)
    return nearest(c.t.s.ways["km"][places.cell[place]].astype(float), safe)


def call_up(c: Commander, unit: int, place: int, gathers: bool) -> int:
    """Let a unit gather for an attack, or set out at once, as it also does with nowhere to gather."""
    u, where = c.t.s.units[unit], assembly(c, place) if gathers else -1
    if where < 0:
        return c.order(unit, ADVANCE, place)
    u.aim, u.falls_due = place, c.t.w.t + float(c.t.p.gather_days) * c.haste()
    if u.cell not in c.around(where):
        c.order(unit, MOVE, where)
    return int(u.strength)


@dataclass(frozen=True)
class Call:
    """What men are called by: the odds sought, the reach (km) of local ones, and whether all has been prepared."""

    odds: float
    reach: float
    prepared: bool


def call_for(c: Commander, ready: np.ndarray, assigned: np.ndarray, place: int, call: Call) -> None:
    """Call the nearest of those who are ready, one after the other, until the odds sought are met.

    They set out at once if all is prepared, against a rival in flight, or if the first of a new attack is enough.
    """
    wanted, u = call.odds * c.enemies_seen(place), c.t.s.units
    fit = np.flatnonzero(ready & c.free() & c.within_call(place, call.reach))
    fit = fit[np.argsort(c.km(place)[fit], kind="stable")]
    gathers = c.t.p.gathers > 0 and not call.prepared and not c.pursues()
    if len(fit) and assigned[place] == 0 and u.strength[fit[0]] >= wanted:
        gathers = False
    for unit in fit:
        if 0 < assigned[place] >= wanted:
            return
        assigned[place] += call_up(c, int(unit), place, gathers)


def stand_down(c: Commander) -> None:
    """Let those forget their aim who withdraw, or whose aim is not hostile any more; who was on its way there halts."""
    u = c.t.s.units
    hostile = c.hostile_to_unit(np.arange(len(u)), u.aim)
    for unit in np.flatnonzero(c.obeys & (u.aim >= 0) & (~hostile | (u.order == WITHDRAW))):
        if u.order[unit] == MOVE:
            c.t.halt(int(unit))
        u.aim[unit] = -1


def launch(c: Commander) -> None:
    """Let all go forward for whose objective enough have gathered, and those who waited long enough; or all."""
    u = c.t.s.units
    waiting = np.flatnonzero(c.obeys & (u.aim >= 0) & (u.order != ADVANCE))
    aims, there = u.aim[waiting], u.order[waiting] == HOLD
    called = np.bincount(aims, u.strength[waiting], minlength=len(c.t.s.places))
    gathered = np.bincount(aims, u.strength[waiting] * there, minlength=len(c.t.s.places))
    enough = gathered >= float(c.t.p.gather_share) * called
    for unit in waiting[c.pursues() | enough[aims] | (c.t.w.t >= u.falls_due[waiting])]:
        c.order(int(unit), ADVANCE, int(u.aim[unit]))
        u.aim[unit] = -1
