"""A second opinion on what a new day and people's flight and return do."""

from __future__ import annotations

import numpy as np

from simulation.selftest.agreements import set_truce
from simulation.selftest.twin import Twin


def flee(t: Twin) -> None:
    """Let a share of a cell's people leave for a quiet place, or the country."""
    cell, c = t.entity, t.s.cells[t.entity]
    near = [place for place in t.s.ground.near_places[cell] if place >= 0]
    shelters = _shelters(t, cell, near, own_side=True) or _shelters(t, cell, near, own_side=False)
    place = int(shelters[:3][int(t.luck(3) * min(3, len(shelters)))]) if shelters else -1
    number, abroad = t.luck.part(1, t.p.flee_share, int(c.residents)), 0
    if any(t.s.places.crossing[k] for k in near):
        abroad = t.luck.part(4, t.p.leave_share, number)
        t.count(cell, -abroad, 0)
        t.w.left_country += abroad
    if place >= 0:
        _settle(t, cell, place, number - abroad)
    t.tell(cell=cell, place=place, amount=number if place >= 0 else abroad, amount2=abroad)


def _shelters(t: Twin, cell: int, near: list[int], *, own_side: bool) -> list[int]:
    """Return the quiet places near a cell that somebody holds: its first holder's side, or anybody."""
    s, first = t.s, int(t.s.ground.control0[cell])
    bloc = s.actors.bloc
    found = []
    for place in near:
        there = int(s.places.cell[place])
        holder = int(s.cells.control[there])
        quiet = there != cell and s.cells.violence[there] == 0 and holder >= 0
        if quiet and (not own_side or first < 0 or bloc[holder] == bloc[first]):
            found.append(place)
    return found


def _settle(t: Twin, cell: int, place: int, number: int) -> None:
    t.relocate(cell, place)
    t.count(cell, -number, 0)
    t.away(cell, number)
    if t.s.places.cell[place] != cell:
        for home in t.guests_from(cell):
            t.relocate(home, place)


def return_home(t: Twin) -> None:
    """Bring a share of the absent home."""
    number = t.luck.part(1, t.p.return_share, int(t.s.cells.fled[t.entity]))
    t.away(t.entity, -number)
    t.count(t.entity, number, 0)
    t.tell(cell=t.entity, amount=number)


def day(t: Twin) -> None:
    """Let memories fade, armies take stock, and the weather change."""
    t.w.day += 1
    if t.w.day > 0:
        _forget(t)
        _take_stock(t)
        _heal(t)
        _release(t)
        _dig_in(t)
        _end_truces(t)
        a = t.s.actors
        a.most_m2 = np.maximum(a.most_m2, t.facts().same @ a.area_m2)
    t.w.flyable = t.luck(1) < t.p.flyable_share
    t.s.actors.support, t.s.actors.air = t.facts().support, t.facts().air
    t.s.actors.doubt = t.facts().lost_confidence
    t.tell(amount=t.w.day, value=t.w.flyable)


def _forget(t: Twin) -> None:
    c, cells = t.s.cells, t.stirred()
    left = c.violence[cells] * 0.5 ** (1 / t.p.violence_half_life)
    c.violence[cells] = np.where(left < 1, 0, left)
    t.w.first_stirred = -1
    for cell in cells:
        c.stirred[cell] = c.violence[cell] > 0 or c.fled[cell] > 0
        if c.stirred[cell]:
            c.next_stirred[cell], t.w.first_stirred = t.w.first_stirred, cell


def _take_stock(t: Twin) -> None:
    a = t.s.actors
    lost = a.killed + a.wounded + a.captured + a.deserted
    a.lost = lost / np.maximum(1, lost + a.present)
    a.momentum = a.momentum * 0.5 ** (1 / t.p.violence_half_life)
    gap = np.maximum(0, a.resolve - a.confidence)
    a.confidence = np.minimum(1, a.confidence + t.p.confidence_recovery * gap)


def _heal(t: Twin) -> None:
    """Give each actor's share of its wounded back to its units out of contact, the first in its list first."""
    u, a, engaged = t.s.units, t.s.actors, t.facts().in_contact
    for actor in range(len(a)):
        left = int(t.p.wounded_return * a.wounded[actor])
        for unit in np.flatnonzero((u.actor == actor) & (u.cell >= 0) & ~engaged):
            back = min(left, int(u.initial[unit] - u.strength[unit]))
            left -= back
            u.strength[unit] += back
            a.present[actor] += back
            a.wounded[actor] -= back


def _release(t: Twin) -> None:
    """Let those whom a war elsewhere binds become freer under a truce there, or be bound again without it."""
    a, n = t.s.actors, len(t.s.actors)
    for actor in np.flatnonzero((a.bound_by >= 0) & (a.pinned == 0)):
        truce = t.s.pairs.truce[actor * n + a.bound_by[actor]] != 0
        goal = 1 if truce else a.own_availability[actor]
        a.availability[actor] += t.p.release_rate * (goal - a.availability[actor])


def _dig_in(t: Twin) -> None:
    """Let men dig in where they stand on ground of their side and meet nobody."""
    cells, facts, most = t.s.cells, t.facts(), t.p.dig_in_most
    index = np.arange(len(cells)), cells.control
    digs = (cells.control >= 0) & (facts.friends[index] > 0) & (facts.enemies[index] == 0)
    deeper = np.minimum(most, cells.dug_in + t.p.dig_in_rate * (most - cells.dug_in))
    cells.dug_in = np.where(digs, np.maximum(cells.dug_in, deeper), cells.dug_in)


def _end_truces(t: Twin) -> None:
    """End the truces whose time is up, guaranteed or not."""
    x, n = t.s.pairs, len(t.s.actors)
    for pair in np.flatnonzero((x.truce != 0) & (x.made_it != 0) & (x.ends <= t.w.t)):
        set_truce(t, *divmod(int(pair), n), 0, float(x.compliance[pair]))
