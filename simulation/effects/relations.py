"""Who would fight whom just now."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.state import DORMANT


@njit
def pair(s, a, b):
    """Return the index of the ordered pair (a, b)."""
    return a * s.world[0].n_actors + b


@njit
def opposed(s, a, b):
    """Say whether two actors fight where they meet."""
    return s.pairs[pair(s, a, b)].opposed != 0


@njit
def settle_pair(s, a, b):
    """Work out anew whether two actors fight where they meet: at war, no truce, and neither lies low.

    Returns 1 if that has changed, else 0.
    """
    awake = s.actors[a].stance != DORMANT and s.actors[b].stance != DORMANT
    p, before = s.pairs[pair(s, a, b)], opposed(s, a, b)
    p.opposed = int(p.hostile and not p.truce and awake)
    s.pairs[pair(s, b, a)].opposed = p.opposed
    return int(opposed(s, a, b) != before)
