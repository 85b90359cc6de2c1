"""Going through the units of some actors, who stand in runs of one actor each."""

from __future__ import annotations

from simulation.model.compilation import State, njit


@njit
def unit_after(s: State, unit: int, wanted: bool) -> int:
    """Return the unit to look at next: the one after a wanted unit, or the first of another actor after others."""
    return unit + 1 if wanted else s.units[unit].run_end
