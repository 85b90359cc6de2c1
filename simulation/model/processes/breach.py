"""A truce is violated, and with some chance ends.

Claim: truces are violated daily and mostly survive it; one that nobody guarantees may end with any violation.
Clock: one per pair of actors (lower index first) while a truce that they made is in force; a truce of two
armies binds their blocs, and is one truce.
Formula: rate = `breach_rate` (1 - compliance).
Effect: the violation is counted and hurts nobody; unless somebody guarantees the truce, it ends with chance
`breach_end` for all whom it binds.
Draws: 1 whether it ends.
Source: near-daily shelling under the protocol of March 2020, which still held 4.7 years.
Event: actor, other; amount 1 if the truce ended; amount2 violations so far.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.draws import luck
from simulation.model.effects.hostility import pair
from simulation.model.effects.touch import touch_actor
from simulation.model.effects.truce_state import set_truce

END = 1


@njit
def breach_rate(base: float, compliance: float) -> float:
    """Return violations per day of a truce observed to some degree (0..1)."""
    return base * (1 - compliance)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of violations of the truce that a pair made."""
    n = s.world[0].n_actors
    a, b = entity // n, entity % n
    p = s.pairs[pair(s, a, b)]
    if not (p.truce and p.made_it and p.hostile):
        return 0.0
    return breach_rate(s.params[0].breach_rate, p.compliance)


@njit
def fire(s: State, entity: int) -> None:
    """Count the violation; end the truce by chance unless somebody guarantees it."""
    n = s.world[0].n_actors
    a, b = entity // n, entity % n
    p, e = s.pairs[pair(s, a, b)], s.event[0]
    p.violations += 1
    ends = not p.guaranteed and luck(s, END) < s.params[0].breach_end
    if ends:
        set_truce(s, a, b, 0, p.compliance, math.inf)
    touch_actor(s, a)
    e.actor, e.other, e.amount, e.amount2 = a, b, int(ends), p.violations
