"""A second opinion on how attackers choose: by weight x chance of success / distance, with what they will spend."""

from __future__ import annotations

import math

import numpy as np

from simulation.selftest.commander import Commander, nearest, spent_on_attacks
from simulation.selftest.twin import ADVANCE, HOLD


def attack(c: Commander) -> int:
    """Give attackers their orders; return how many objectives are now pursued."""
    assigned, ready = _assigned(c), c.free() & spent_on_attacks(c)
    for place in np.flatnonzero(assigned):
        _reinforce(c, ready, assigned, int(place))
    pull = _pull(c, c.free() & ready)
    for place in np.argsort(-pull, kind="stable"):
        if np.count_nonzero(assigned) >= math.floor(c.t.p.attack_axes) or pull[place] <= 0:
            break
        if assigned[place] == 0:
            _reinforce(c, ready, assigned, int(place))
    return int(np.count_nonzero(assigned))


def _assigned(c: Commander) -> np.ndarray:
    """Return the fighters on their way to attack each place, (places,)."""
    u, assigned = c.t.s.units, np.zeros(len(c.t.s.places))
    sent = c.obeys & (u.order == ADVANCE)
    np.add.at(assigned, u.target[sent], u.strength[sent])
    return assigned


def _callable(c: Commander, ready: np.ndarray, place: int) -> np.ndarray:
    """Return who is ready and near enough to be sent to a place, (units,)."""
    km = c.km(place)
    return ready & (km <= c.reach(c.t.p.threat_reach, c.t.p.reserve_reach)) & (km < math.inf)


def _reinforce(c: Commander, ready: np.ndarray, assigned: np.ndarray, place: int) -> None:
    """Send the nearest, one after the other, until the odds sought are met."""
    wanted = float(c.t.p.attack_odds) * c.enemies_seen(place)
    while assigned[place] == 0 or assigned[place] < wanted:
        fit = _callable(c, ready & (c.t.s.units.order == HOLD), place)
        unit = nearest(c.km(place), fit)
        if unit < 0:
            return
        assigned[place] += c.order(unit, ADVANCE, place)


def _pull(c: Commander, ready: np.ndarray) -> np.ndarray:
    """Return how attractive each place is, (places,): zero for those not hostile or out of reach."""
    places, u, p = c.t.s.places, c.t.s.units, c.t.p
    own, pull = float(u.strength[ready].sum()), np.zeros(len(places))
    for place in np.flatnonzero(c.facts.hostile[places.cell, c.actor] & (places.weight != 0)).tolist():
        km, fit = c.km(place), _callable(c, ready, place)
        if fit.any() and km[c.obeys].min() <= p.attack_reach:
            chance = 1 / (1 + float(p.attack_odds) * c.enemies_seen(place) / own)
            pull[place] = places.weight[place] * chance / (km[fit].min() + c.t.w.cell_km)
    return pull
