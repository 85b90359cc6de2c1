"""How a history ends: the first ending of the scenario's list that holds."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds
from simulation.model.effects.hostility import pair
from simulation.model.state import EndingKind


@njit
def _lost(s: State, actor: int, place: int) -> bool:
    return place >= 0 and not holds(s, actor, s.places[place].cell)


@njit
def applies(s: State, ending: int) -> bool:
    """Say whether an ending holds in the present state."""
    x = s.endings[ending]
    if x.kind == EndingKind.DISSOLVED:
        return s.actors[x.a].dissolved != 0
    if x.kind == EndingKind.TRUCE:
        return s.pairs[pair(s, x.a, x.b)].truce != 0
    if x.kind == EndingKind.NONE_LEFT:
        return s.actors[x.a].present == 0
    if x.kind == EndingKind.LOST:
        lost = _lost(s, x.a, x.p0) or _lost(s, x.a, x.p1) or _lost(s, x.a, x.p2)
        return lost or _lost(s, x.a, x.p3) or _lost(s, x.a, x.p4) or _lost(s, x.a, x.p5)
    return True


@njit
def is_over(s: State) -> bool:
    """Say whether an ending that stops the history has come; looked at only when one could have."""
    if s.world[0].stop == 0:
        return False
    for ending in range(len(s.endings)):
        if s.endings[ending].stops and applies(s, ending):
            s.world[0].over = 1
            return True
    s.world[0].stop = 0
    return False


@njit
def decide(s: State) -> int:
    """Return the index of the ending of the history, or -1 when none on the list holds."""
    for ending in range(len(s.endings)):
        if applies(s, ending):
            return ending
    return -1
