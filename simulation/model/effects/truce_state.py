"""Truces: who may fight whom just now. A truce between two armies binds their whole blocs."""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import pair, settle_pair
from simulation.model.effects.touch import touch_army, touch_map


@njit
def _binds(s: State, a: int, b: int, x: int, y: int) -> bool:
    """Say whether an agreement of a and b binds the pair (x, y); that of two armies on the map binds their blocs."""
    if x == a and y == b:
        return True
    armies = s.actors[a].fights != 0 and s.actors[b].fights != 0
    return armies and s.actors[x].bloc == s.actors[a].bloc and s.actors[y].bloc == s.actors[b].bloc


@njit
def set_truce(s: State, a: int, b: int, in_force: int, compliance: float, ends: float) -> None:
    """Begin or end the truce of a pair and of all whom it binds; it is the pair's own to violate.

    It runs out at the midnight after `ends` (day).
    """
    changed, n = 0, s.world[0].n_actors
    s.world[0].stop |= 1
    for x in range(n):
        for y in range(n):
            if not _binds(s, a, b, x, y):
                continue
            for p in (pair(s, x, y), pair(s, y, x)):
                s.pairs[p].truce = in_force
                s.pairs[p].made_it = 0
                s.pairs[p].compliance = compliance
                s.pairs[p].ends = ends
            changed += settle_pair(s, x, y)
            touch_army(s, x)
            touch_army(s, y)
    s.pairs[pair(s, min(a, b), max(a, b))].made_it = in_force
    if changed > 0:
        touch_map(s)


@njit
def end_those_due(s: State) -> None:
    """End the truces whose time is up; a guarantee holds for as long as was agreed."""
    n = s.world[0].n_actors
    for a in range(n):
        for b in range(a + 1, n):
            p = s.pairs[pair(s, a, b)]
            if p.truce and p.made_it and p.ends <= s.world[0].t:
                set_truce(s, a, b, 0, p.compliance, math.inf)


@njit
def set_guarantee(s: State, a: int, b: int, in_force: int) -> None:
    """Let somebody vouch for the truce of a pair and of all whom it binds, or no longer."""
    n = s.world[0].n_actors
    for x in range(n):
        for y in range(n):
            if _binds(s, a, b, x, y):
                s.pairs[pair(s, x, y)].guaranteed = in_force
                s.pairs[pair(s, y, x)].guaranteed = in_force


@njit
def _fights_for(s: State, actor: int, leader: int) -> bool:
    """Say whether an actor is the leader, or fights on the map under its orders."""
    return actor == leader or (s.actors[actor].fights != 0 and s.actors[actor].commander == leader)


@njit
def make_hostile(s: State, a: int, b: int) -> None:
    """Let two actors, and all who fight under their orders, be at war from now on."""
    n = s.world[0].n_actors
    for x in range(n):
        for y in range(n):
            if _fights_for(s, x, a) and _fights_for(s, y, b):
                s.pairs[pair(s, x, y)].hostile = s.pairs[pair(s, y, x)].hostile = 1
                settle_pair(s, x, y)
    for other in range(n):
        settle_pair(s, a, other)
        touch_army(s, other)
    touch_map(s)
