"""A second opinion on how defenders answer: evacuate, reinforce by weight x shortfall, counter-attack."""

from __future__ import annotations

import numpy as np

from simulation.selftest.commander import Commander, call_off, committed_in_all, nearest
from simulation.selftest.effects_of_arms import refuge
from simulation.selftest.orders_of_gathering import Call, call_for, launch, stand_down
from simulation.selftest.twin import MOVE, WITHDRAW


def defend(c: Commander) -> tuple[int, int]:
    """Give defenders their orders; return the fighters sent to threatened places and those ordered out."""
    places = c.t.s.places
    places.threat = _threats(c)
    _watch_capital(c)
    _frighten(c)
    call_off(c)
    stand_down(c)
    shaken = c.t.s.actors.confidence[c.actor] < c.t.p.evacuate_confidence
    out = _evacuate(c) if shaken else 0
    sent = _reinforce(c)
    launch(c)
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


def _frighten(c: Commander) -> None:
    """Let the people of the threatened places of his side remember so many violent events more."""
    events = float(c.t.p.threat_alarm)
    for place in np.flatnonzero(c.own & (c.t.s.places.threat > 0)) if events > 0 else ():
        c.t.alarm(int(c.t.s.places.cell[place]), events)


def _stands_at(c: Commander) -> np.ndarray:
    """Return the threat to the place where each unit stands, (units,); 0 where there is no place."""
    place = c.t.s.ground.first_place[c.t.s.units.cell]
    return np.where(place >= 0, c.t.s.places.threat[place], 0.0)


def _evacuate(c: Commander) -> int:
    """Order out those at threatened places who face far too many or are cut off; return their fighters."""
    u, out = c.t.s.units, 0
    threat, friends = _stands_at(c), c.facts.friends[u.cell, u.actor]
    too_many = threat >= float(c.t.p.evacuate_odds) * friends
    for unit in np.flatnonzero(c.obeys & (u.order != WITHDRAW) & (threat > 0)):
        place = refuge(c.t, int(unit)) if too_many[unit] or _cut_off(c, int(unit)) else -1
        if place >= 0:
            out += c.order(int(unit), WITHDRAW, place)
            u.aim[unit] = -1
    return out


def _cut_off(c: Commander, unit: int) -> bool:
    """Say whether hostile land lies on a unit's way to the capital, no farther than one step beyond the reach."""
    capital, s = int(c.t.s.actors.capital[c.actor]), c.t.s
    if capital < 0:
        return False
    u, km = s.units[unit], s.ways["km"][:, capital].astype(float)
    way = [int(u.cell), *c.way(unit, capital)]
    gone = [km[u.cell] - km[cell] for cell in way[:-1]]
    hostile = [c.facts.hostile[cell, u.actor] for cell in way[1:]]
    return any(met and so_far <= c.t.p.cut_off_reach for met, so_far in zip(hostile, gone, strict=True))


def _barred(c: Commander, place: int) -> np.ndarray:
    """Return who cannot take the first step to a place, (units,): it is not there, hostile, or held by enemies."""
    u, s = c.t.s.units, c.t.s
    direction = s.ways["step"][u.cell, place]
    step = s.ground.neighbours[u.cell, np.maximum(direction, 0)]
    return np.asarray((direction < 0) | c.facts.hostile[step, u.actor] | (c.facts.enemies[step, u.actor] > 0))


def _reinforce(c: Commander) -> int:
    """Send help where weight x shortfall is largest, until a place finds nobody; return the fighters sent."""
    places, total = c.t.s.places, 0
    near = np.array([c.friends_near(place) for place in range(len(places))])
    lacking = np.maximum(0, float(c.t.p.defence_odds) * places.threat - near - _on_their_way(c))
    missing = np.where(c.own & (places.threat > 0), lacking, 0)
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
    """Send the nearest of those who can go and stand at no threatened place, until nothing is missing."""
    sent, u = 0, c.t.s.units
    able = (u.cell != c.t.s.places.cell[place]) & ~_barred(c, place) & (_stands_at(c) == 0)
    while sent < missing:
        unit = nearest(c.km(place), c.free() & able & c.within_call(place, float(c.t.p.threat_reach)))
        if unit < 0:
            break
        sent += c.order(unit, MOVE, place)
    return sent


def _counter_attack(c: Commander) -> None:
    """Call men against the places lost since the start, the weightiest first, where the odds invite it.

    Those who are already against a place count; later places get those whom the earlier ones have left.
    """
    u, places, a, assigned = c.t.s.units, c.t.s.places, c.t.s.actors, c.assigned()
    call = Call(float(c.t.p.counter_odds), float(c.t.p.counter_reach), prepared=False)
    spends = c.fresh() & (u.willing < committed_in_all(c))
    lost = (places.holder != places.holder0) & (places.holder0 >= 0) & c.hostile & (places.weight > 0)
    lost &= a.bloc[places.holder0] == a.bloc[c.actor]
    for place in [int(k) for k in np.argsort(-places.weight, kind="stable") if lost[k]]:
        reserve = u.strength[spends & c.free() & c.within_call(place, call.reach)].sum()
        if 0 < reserve >= call.odds * max(1.0, c.enemies_seen(place)) - assigned[place]:
            call_for(c, spends, assigned, place, call)
