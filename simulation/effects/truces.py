"""Truces: who may fight whom just now. A truce between two armies binds their whole blocs."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.effects.relations import pair, settle_pair
from simulation.effects.touch import touch_army, touch_map


@njit
def _same_side(s, a, x, wide):
    return x == a or (wide and s.actors[x].bloc == s.actors[a].bloc)


@njit
def set_truce(s, a, b, in_force, compliance):
    """Begin or end the truce of a pair; between two armies on the map it binds their blocs."""
    changed = 0
    s.world[0].stop |= 1
    wide = s.actors[a].fights != 0 and s.actors[b].fights != 0
    for x in range(s.world[0].n_actors):
        for y in range(s.world[0].n_actors):
            if not (_same_side(s, a, x, wide) and _same_side(s, b, y, wide)):
                continue
            for p in (pair(s, x, y), pair(s, y, x)):
                s.pairs[p].truce = in_force
                s.pairs[p].compliance = compliance
            changed += settle_pair(s, x, y)
            touch_army(s, x)
            touch_army(s, y)
    if wide and changed > 0:
        touch_map(s)


@njit
def make_hostile(s, a, b):
    """Let two actors be at war from now on, and work out anew whom the first fights."""
    for p in (pair(s, a, b), pair(s, b, a)):
        s.pairs[p].hostile = 1
    for other in range(s.world[0].n_actors):
        settle_pair(s, a, other)
        touch_army(s, other)
    touch_map(s)
