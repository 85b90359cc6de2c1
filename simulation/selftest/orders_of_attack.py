"""A second opinion on how attackers choose: by weight x chance of success / distance, with what they will spend."""

from __future__ import annotations

import math

import numpy as np

from simulation.selftest.commander import Commander, committed, nearest
from simulation.selftest.orders_of_gathering import Call, call_for, call_up


class _Attack:
    """The attack of one round: who could be sent, and how many are now against each place."""

    def __init__(self, c: Commander) -> None:
        self.c, self.assigned = c, c.assigned()
        self.spends = c.fresh() & (c.t.s.units.willing < committed(c))

    def ready(self) -> np.ndarray:
        """Return who can be sent and still has nothing to do, (units,)."""
        return self.spends & self.c.free()

    def call(self, place: int) -> None:
        """Call men against a place."""
        p = self.c.t.p
        call = Call(float(p.attack_odds), float(p.threat_reach), prepared=bool(self.c.first_round))
        call_for(self.c, self.spends, self.assigned, place, call)


def attack(c: Commander) -> int:
    """Give attackers their orders; return how many objectives are now pursued."""
    now, own = _Attack(c), c.t.s.actors[c.actor]
    for place in np.flatnonzero(now.assigned):
        now.call(int(place))
    axes = int(np.count_nonzero(now.assigned))
    if c.t.p.gathers > 0 and axes < own.axes:
        own.next_blow = c.t.w.t + float(c.t.p.pause_days) * c.haste() * (1 - c.rival_lost())
    if c.pursues() or c.t.w.t >= own.next_blow:
        axes = _take_up(now, axes)
        if c.t.p.gathers > 0 and axes > 0:
            _mass(now)
    own.axes = axes
    return axes


def _take_up(now: _Attack, axes: int) -> int:
    """Take up the most attractive objectives, or what is defended on the way there; return how many there are then."""
    pull, p = _pull(now), now.c.t.p
    most = math.floor(
        float(p.attack_axes) + float(p.attack_axes) * float(p.pursuit_axes) * now.c.rival_lost()
    )
    for place in np.argsort(-pull, kind="stable"):
        if axes >= most or pull[place] <= 0 or not now.ready().any():
            break
        first = _first_defended(now, int(place))
        if now.assigned[first] == 0:
            now.call(first)
            axes += int(now.assigned[first] > 0)
    return axes


def _pull(now: _Attack) -> np.ndarray:
    """Return how attractive each place is, (places,): zero for those not hostile or out of reach."""
    c, ready = now.c, now.ready()
    places, u, p = c.t.s.places, c.t.s.units, c.t.p
    own, pull = float(u.strength[ready].sum()), np.zeros(len(places))
    for place in np.flatnonzero(c.hostile & (places.weight != 0)).tolist():
        km, fit = c.km(place), ready & c.within_call(place, float(p.threat_reach))
        if fit.any() and km[c.obeys].min() <= p.attack_reach:
            chance = 1 / (1 + float(p.attack_odds) * c.enemies_seen(place) / own)
            counts = 1 - float(p.pursuit_depth) * c.rival_lost()
            pull[place] = places.weight[place] * chance / (counts * km[fit].min() + c.t.w.cell_km)
    return pull


def _first_defended(now: _Attack, place: int) -> int:
    """Return the first place on the way of the nearest man who is ready that weighs, is hostile and has defenders.

    Of the places in a cell only the weightiest counts.
    """
    c, s = now.c, now.c.t.s
    unit = nearest(c.km(place), now.ready() & c.within_call(place, float(c.t.p.threat_reach)))
    if unit < 0:
        return place
    defended = (cell for cell in c.way(unit, place) if c.facts.enemies[cell, c.actor] > 0)
    found = (int(s.ground.first_place[cell]) for cell in defended)
    return next((k for k in found if k >= 0 and s.places.weight[k] > 0 and c.hostile[k]), place)


def _mass(now: _Attack) -> None:
    """Let everybody who is still ready strike at the nearest hostile place of weight near one that is attacked."""
    c, s, p = now.c, now.c.t.s, now.c.t.p
    km = s.ways["km"].astype(float)
    attacked = s.places.cell[now.assigned > 0]
    c.t.sectors = (km[attacked] <= p.threat_reach).any(axis=0)
    sectors = c.hostile & (s.places.weight > 0) & c.t.sectors
    for unit in np.flatnonzero(now.ready()):
        way = km[s.units.cell[unit]]
        place = nearest(way, sectors & (way <= c.reach(float(p.threat_reach))[unit]))
        if place >= 0:
            enough = s.units.strength[unit] >= float(p.attack_odds) * c.enemies_seen(place)
            at_once = c.first_round or enough or c.pursues()
            call_up(c, int(unit), place, not at_once)
