"""A second opinion on how defenders answer: evacuate, reinforce by weight x shortfall, counter-attack."""

from __future__ import annotations

import numpy as np

from simulation.selftest.commander import Commander, call_off, nearest, spent_on_attacks
from simulation.selftest.effects_of_arms import refuge
from simulation.selftest.twin import ADVANCE, MOVE, WITHDRAW


def defend(c: Commander) -> tuple[int, int]:
    """Give defenders their orders; return the fighters sent to threatened places and those ordered out."""
    places = c.t.s.places
    places.threat = _threats(c)
    _watch_capital(c)
    call_off(c)
    shaken = c.t.s.actors.confidence[c.actor] < c.t.p.evacuate_confidence
    out = _evacuate(c) if shaken else 0
    sent = _reinforce(c)
    if not shaken:
        _counter_attack(c)
    return sent, out


def _threats(c: Commander) -> np.ndarray:
    """Return the enemy fighters on the move within reach of each place, (places,)."""
    u = c.t.s.units
    threats = np.flatnonzero(c.facts.forward & c.facts.foe[c.actor, u.actor])
    near = c.t.s.ways["km"][u.cell[threats]] <= c.t.p.threat_reach
    return np.asarray((near * u.strength[threats][:, None]).sum(axis=0))


def _watch_capital(c: Commander) -> None:
    """Note how far the capital is threatened: enemies on the move near it for each defender, at most 1."""
    a = c.t.s.actors[c.actor]
    if a.capital >= 0:
        a.threatened = min(1.0, c.t.s.places.threat[a.capital] / max(1.0, c.friends_near(int(a.capital))))


def _stands_at(c: Commander) -> np.ndarray:
    """Return the threat to the place where each unit stands, (units,); 0 where there is no place."""
    place = c.t.s.ground.first_place[c.t.s.units.cell]
    return np.where(place >= 0, c.t.s.places.threat[place], 0.0)


def _evacuate(c: Commander) -> int:
    """Order out those who face far too many; return their fighters."""
    u, out = c.t.s.units, 0
    threat, friends = _stands_at(c), c.facts.friends[u.cell, u.actor]
    hopeless = (threat > 0) & (threat >= c.t.p.evacuate_odds * friends)
    for unit in np.flatnonzero(c.obeys & (u.order != WITHDRAW) & hopeless):
        place = refuge(c.t, int(unit))
        if place >= 0:
            out += c.order(int(unit), WITHDRAW, place)
    return out


def _reinforce(c: Commander) -> int:
    """Send help where weight x shortfall is largest, until a place finds nobody; return the fighters sent."""
    places, total = c.t.s.places, 0
    held = c.facts.holds[places.cell, c.actor] & (places.threat > 0)
    near = np.array([c.friends_near(place) for place in range(len(places))])
    missing = np.where(held, np.maximum(0, c.t.p.defence_odds * places.threat - near - _on_their_way(c)), 0)
    for place in np.argsort(-places.weight * missing, kind="stable"):
        total += _help(c, int(place), missing[place]) if places.weight[place] > 0 else 0
    return total


def _on_their_way(c: Commander) -> np.ndarray:
    """Return the fighters already sent to each place who are not yet in or beside its cell, (places,)."""
    u, sent = c.t.s.units, np.zeros(len(c.t.s.places))
    for unit in np.flatnonzero(c.obeys & (u.order == MOVE)):
        place = int(u.target[unit])
        if u.cell[unit] not in c.around(place):
            sent[place] += u.strength[unit]
    return sent


def _help(c: Commander, place: int, missing: float) -> int:
    """Send the nearest of those who stand at no threatened place, one after the other, until nothing is missing."""
    sent = 0
    while sent < missing:
        away = c.t.s.units.cell != c.t.s.places.cell[place]
        within = c.km(place) <= c.reach(c.t.p.threat_reach, c.t.p.reserve_reach)
        unit = nearest(c.km(place), c.free() & away & within & (_stands_at(c) == 0))
        if unit < 0:
            break
        sent += c.order(unit, MOVE, place)
    return sent


def _counter_attack(c: Commander) -> None:
    """Send all who are near and fit against the weightiest place lost since the start where the odds invite it."""
    u, places, a = c.t.s.units, c.t.s.places, c.t.s.actors
    fit = c.free() & spent_on_attacks(c)
    lost = (places.holder != places.holder0) & (places.holder0 >= 0)
    lost &= c.facts.hostile[places.cell, c.actor] & (a.bloc[places.holder0] == a.bloc[c.actor])
    for place in np.argsort(-places.weight, kind="stable"):
        near = fit & (c.km(place) <= c.t.p.threat_reach)
        reserve = u.strength[near].sum()
        if lost[place] and 0 < reserve >= c.t.p.counter_odds * max(1.0, c.enemies_seen(int(place))):
            for unit in np.flatnonzero(near):
                c.order(int(unit), ADVANCE, int(place))
            return
