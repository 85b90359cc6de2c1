"""A second opinion on who is bound by a truce, and who is at war once a front opens."""

from __future__ import annotations

import math

import numpy as np

from simulation.model.state import Stance, State
from simulation.selftest.twin import Twin


def bound_by(s: State, a: int, b: int) -> list[int]:
    """Return the ordered pairs that an agreement of two actors binds: those of two armies bind their blocs."""
    actors, n = s.actors, len(s.actors)
    left, right = [a], [b]
    if actors.fights[a] and actors.fights[b]:
        left, right = (np.flatnonzero(actors.bloc == actors.bloc[x]).tolist() for x in (a, b))
    return [pair for x in left for y in right for pair in (x * n + y, y * n + x)]


def set_truce(t: Twin, a: int, b: int, in_force: int, compliance: float, ends: float = math.inf) -> None:
    """Begin or end a truce, which may run out on some day."""
    bound, pairs = bound_by(t.s, a, b), t.s.pairs
    pairs.truce[bound], pairs.compliance[bound] = in_force, compliance
    pairs.made_it[bound], pairs.ends[bound] = 0, ends
    pairs.made_it[min(a, b) * len(t.s.actors) + max(a, b)] = in_force


def open_front(t: Twin, actor: int) -> None:
    """Let an actor attack its rival; who fights under the orders of either is at war with the other's too."""
    a, n = t.s.actors, len(t.s.actors)
    a.stance[actor], a.next_orders[actor], a.reported[actor] = Stance.OFFENSIVE, t.w.t, t.w.day
    ours, theirs = (_army_of(t, side) for side in (actor, int(a.rival[actor])))
    t.s.pairs.hostile[[pair for x in ours for y in theirs for pair in (x * n + y, y * n + x)]] = 1


def _army_of(t: Twin, leader: int) -> list[int]:
    a = t.s.actors
    led = (a.commander == leader) & (a.fights != 0)
    led[leader] = True
    return [int(actor) for actor in np.flatnonzero(led)]
