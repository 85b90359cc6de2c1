"""A second opinion on what fighting and marching do: casualties, arrivals, seizures, strikes."""

from __future__ import annotations

import math

import numpy as np

from simulation.model.state import Stance
from simulation.selftest.enclaves import open_to, places_in, with_cell
from simulation.selftest.twin import WITHDRAW, Twin


def casualty(t: Twin) -> None:
    """Take one fighter."""
    cell, actor = divmod(t.entity, len(t.s.actors))
    units = [unit for unit in t.in_cell(cell) if t.s.units.actor[unit] == actor]
    unit = t.by_strength(units, t.luck(1))
    killed = t.luck(2) < 1 / (1 + t.p.wounded_per_killed)
    t.shake_unit(unit, t.p.casualty_shock / t.s.units.initial[unit])
    t.lose(unit, "killed" if killed else "wounded", 1)
    people = int(t.s.cells.residents[cell] + t.s.cells.guests[cell])
    mean = t.p.civilians_per_loss / (1 + t.p.crowd_half / people) if people else 0.0
    dead = t.kill_civilians(cell, t.luck.poisson(3, mean))
    t.alarm(cell, 1)
    t.tell(cell=cell, actor=actor, unit=unit, amount=killed, amount2=dead)


def refuge(t: Twin, unit: int, least: float = 0.0) -> int:
    """Return the nearest place of the unit's side that it can reach without meeting an enemy, or -1.

    Places of a weight of `least` or more come before all others.
    """
    u, places, f = t.s.units[unit], t.s.places, t.facts()
    ways = t.s.ways[u.cell]
    steps = t.s.ground.neighbours[u.cell][np.maximum(ways["step"], 0)]
    enemies = f.enemies[:, u.actor]
    fit = (places.cell != u.cell) & (ways["step"] >= 0)
    fit &= (places.holder >= 0) & f.same[places.holder, u.actor]
    fit &= (enemies[places.cell] == 0) & (enemies[steps] == 0)
    chosen = fit & (places.weight >= least) if (fit & (places.weight >= least)).any() else fit
    return int(np.argmin(np.where(chosen, ways["km"], np.inf))) if chosen.any() else -1


def rally(t: Twin) -> None:
    """Close a share of the gap between cohesion and confidence."""
    u = t.s.units[t.entity]
    goal = t.s.actors.confidence[u.actor]
    u.cohesion = (1 - t.p.rally_step) * u.cohesion + t.p.rally_step * goal
    t.tell(cell=u.cell, actor=u.actor, unit=t.entity, value=u.cohesion)


def march(t: Twin) -> None:
    """Let a unit arrive in the next cell, or on the map."""
    u = t.s.units[t.entity]
    t.tell(unit=t.entity, actor=u.actor, place=u.target, amount=u.waiting)
    cell = int(u.home if u.waiting else u.next_cell)
    if not u.waiting:
        t.leave(t.entity)
    if u.order == WITHDRAW:
        t.shake_cell(cell, int(u.actor), t.p.rout_shock * (1 - u.cohesion))
    u.waiting, u.next_cell, u.arrives = 0, -1, math.inf
    t.enter(t.entity, cell)
    if u.target >= 0 and t.s.places.cell[u.target] == cell:
        t.halt(t.entity)
    t.tell(cell=cell)


def seize(t: Twin) -> None:
    """Let a cell pass to whoever stands in it, or to whoever encloses it; or an enclave in it to who besieges it."""
    cell, visitor, facts = t.entity, int(t.facts().occupant[t.entity]), t.facts()
    before, besieger = int(t.s.cells.control[cell]), int(facts.besieger[t.entity])
    if visitor < 0 and besieger >= 0 and not (facts.laid_open[cell] > 0 and t.s.ground.urban[cell] < 1):
        place = open_to(t.s, cell, besieger)[0]
        t.tell(cell=cell, actor=besieger, other=t.s.places.holder[place], place=place)
        t.tell(value=t.take_enclaves(cell, besieger))
        _goes_on(t, besieger)
        return
    actor = visitor if visitor >= 0 else _encloses(t, cell)
    passing = {*with_cell(t.s, cell, before), *open_to(t.s, cell, actor)}
    first = next((k for k in places_in(t.s, cell) if k in passing), -1)
    weight, villages = t.change_control(cell, actor), t.s.ground.villages[cell]
    if first >= 0:
        _goes_on(t, actor)
    t.tell(cell=cell, actor=actor, other=before, place=first, amount=villages, value=weight)


def _goes_on(t: Twin, actor: int) -> None:
    """Bring the next orders of who attacks a rival in flight, and has taken a place, forward to now."""
    a = t.s.actors
    commander, rival = int(a.commander[actor]), int(a.rival[a.commander[actor]])
    if rival < 0 or a.stance[commander] != Stance.OFFENSIVE:
        return
    kept = min(1.0, a.confidence[rival] / a.resolve[rival]) if a.resolve[rival] > 0 else 0.0
    if 1 - kept > t.p.in_flight:
        a.next_orders[commander] = min(a.next_orders[commander], t.w.t)


def _encloses(t: Twin, cell: int) -> int:
    """Return the last in the list of those who fight a cell's holder and hold ground beside it that has been taken."""
    foe, cells = t.facts().foe[t.s.cells.control[cell]], t.s.cells
    near = [k for k in t.s.ground.neighbours[cell] if k >= 0 and cells.passed[k] and cells.control[k] >= 0]
    return int(max(cells.control[k] for k in near if foe[cells.control[k]]))


def sortie(t: Twin) -> None:
    """Strike a unit that moves or fights, or a town behind the line."""
    actor, f, u = t.entity, t.facts(), t.s.units
    t.s.actors.sorties[actor] += 1
    rear, quantile = t.luck(1) < t.p.sortie_rear_share, t.luck(2)
    targets = np.flatnonzero(f.forward & f.foe[actor, u.actor])[::-1]
    unit = -1 if rear or not len(targets) else t.by_strength(list(targets), quantile)
    place = -1 if unit >= 0 else _town(t, actor, quantile)
    cell = int(u.cell[unit]) if unit >= 0 else int(t.s.places.cell[place]) if place >= 0 else -1
    lost = _hit(t, unit) if unit >= 0 else 0
    dead = 0
    if cell >= 0:
        dead = t.kill_civilians(cell, t.luck.poisson(4, t.p.sortie_civilians))
        t.alarm(cell, 1)
    t.tell(actor=actor, cell=cell, unit=unit, place=place, amount=lost, amount2=dead)


def _town(t: Twin, actor: int, quantile: float) -> int:
    """Return the hostile place in whose part of all their residents the quantile falls."""
    places = np.flatnonzero(t.facts().hostile[t.s.places.cell, actor])
    people = t.s.cells.residents[t.s.places.cell[places]]
    if people.sum() == 0:
        return -1
    return int(places[np.searchsorted(np.cumsum(people), quantile * people.sum(), side="right")])


def _hit(t: Twin, unit: int) -> int:
    lost = min(t.luck.poisson(3, t.p.sortie_kills), int(t.s.units.strength[unit]))
    dead = sum(t.luck(5 + k) < 1 / (1 + t.p.wounded_per_killed) for k in range(lost))
    t.shake_unit(unit, t.p.sortie_shock)
    t.lose(unit, "killed", dead)
    t.lose(unit, "wounded", lost - dead)
    return lost


def interdiction(t: Twin) -> None:
    """Strike a body of those whom the actor strikes, on the map or on its way."""
    n, u = len(t.s.actors), t.s.units
    struck = t.s.pairs.struck.reshape(n, n)[t.entity] != 0
    unit = t.by_strength(list(np.flatnonzero((u.strength > 0) & struck[u.actor])), t.luck(1))
    cell, delay = int(u.cell[unit]), t.p.interdiction_delay * bool(u.waiting[unit])
    t.tell(actor=t.entity, other=u.actor[unit], unit=unit, cell=cell, value=delay)
    lost = min(t.luck.poisson(2, t.p.interdiction_kills), int(u.strength[unit]))
    u.arrives[unit] += delay
    if cell >= 0:
        t.alarm(cell, 1)
    t.lose(unit, "killed", lost)
    t.tell(amount=lost)
