"""The luck of the event that is firing now."""

from __future__ import annotations

from simulation.compiled import njit
from simulation.draws import uniform_at


@njit
def luck(s, slot):
    """Return the uniform number in (0, 1) of a slot of the event now firing; slot 0 is the clock's own."""
    w = s.world[0]
    return uniform_at(w.seed_low, w.seed_high, w.replicate, w.process, w.entity, w.occurrence, slot)
