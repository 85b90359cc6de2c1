"""Who would fight whom just now."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.state import Stance


@njit
def pair(s: State, a: int, b: int) -> int:
    """Return the index of the ordered pair (a, b)."""
    return a * s.world[0].n_actors + b


@njit
def opposed(s: State, a: int, b: int) -> bool:
    """Say whether two actors fight where they meet."""
    return (s.actors[a].foe_bits >> b) & 1 != 0


@njit
def allied(s: State, a: int, b: int) -> bool:
    """Say whether two actors are of one bloc; everybody is of his own."""
    return (s.actors[a].bloc_bits >> b) & 1 != 0


@njit
def with_bit(bits: int, k: int, on: bool) -> int:
    """Return the bits with bit k on or off."""
    return bits | (1 << k) if on else bits & ~(1 << k)


@njit
def settle_pair(s: State, a: int, b: int) -> int:
    """Work out again whether two actors fight where they meet: at war, no truce, and neither lies low.

    Returns 1 if that has changed, else 0.
    """
    awake = s.actors[a].stance != Stance.DORMANT and s.actors[b].stance != Stance.DORMANT
    p, before = s.pairs[pair(s, a, b)], opposed(s, a, b)
    now = p.hostile != 0 and not p.truce and awake
    s.actors[a].foe_bits = with_bit(s.actors[a].foe_bits, b, now)
    s.actors[b].foe_bits = with_bit(s.actors[b].foe_bits, a, now)
    s.world[0].borders += now != before
    return int(now != before)
