"""How a history ends: the first ending of the scenario's list that holds."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds
from simulation.model.effects.hostility import pair
from simulation.model.effects.muster import bloc_area
from simulation.model.state import M2_PER_KM2, EndingKind


@njit
def _lost(s: State, actor: int, place: int) -> bool:
    return place >= 0 and not holds(s, actor, s.places[place].cell)


@njit
def _loses_any(s: State, ending: int) -> bool:
    """Say whether the actor to lose has lost one of the places of an ending."""
    x = s.endings[ending]
    loser = x.loser
    lost = _lost(s, loser, x.p0) or _lost(s, loser, x.p1) or _lost(s, loser, x.p2)
    return lost or _lost(s, loser, x.p3) or _lost(s, loser, x.p4) or _lost(s, loser, x.p5)


@njit
def thrown_back(most_gained: float, gained: float, least: float, kept: float) -> bool:
    """Say whether of land gained at some time, at least `least`, no more than the share `kept` is left."""
    return most_gained >= least and gained <= kept * most_gained


@njit
def applies(s: State, ending: int) -> bool:
    """Say whether an ending holds in the present state."""
    x = s.endings[ending]
    if x.kind == EndingKind.DISSOLVED:
        return s.actors[x.a].dissolved != 0
    if x.kind == EndingKind.TRUCE:
        return s.pairs[pair(s, x.a, x.b)].truce != 0 and (x.loser < 0 or _loses_any(s, ending))
    if x.kind == EndingKind.NONE_LEFT:
        return s.actors[x.a].present == 0
    if x.kind == EndingKind.LOST:
        return _loses_any(s, ending)
    if x.kind == EndingKind.THROWN_BACK:
        a = s.actors[x.a]
        gained = (bloc_area(s, x.a) - a.area0_m2) / M2_PER_KM2
        return thrown_back((a.most_m2 - a.area0_m2) / M2_PER_KM2, gained, x.least, x.kept)
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
