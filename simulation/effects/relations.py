"""Who would fight whom just now."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.state import DORMANT


@njit
def pair(s, a, b):
    """Return the index of the ordered pair (a, b)."""
    return a * s.world[0].n_actors + b


@njit
def settle_pair(s, a, b):
    """Work out anew whether two actors fight where they meet: at war, no truce, and neither lies low."""
    awake = s.actors[a].stance != DORMANT and s.actors[b].stance != DORMANT
    for p in (pair(s, a, b), pair(s, b, a)):
        s.pairs[p].opposed = int(s.pairs[p].hostile and not s.pairs[p].truce and awake)


@njit
def opposed(s, a, b):
    """Say whether two actors fight where they meet."""
    return s.pairs[pair(s, a, b)].opposed != 0
