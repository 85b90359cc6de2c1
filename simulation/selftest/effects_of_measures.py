"""A second opinion on what the dated changes of a scenario do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from simulation.model.change_kind import ChangeKind
from simulation.model.state import Stance
from simulation.selftest.agreements import bound_by, open_front, set_truce
from simulation.selftest.twin import Twin


def measure(t: Twin) -> None:
    """Make a dated change, one of `CHANGES`."""
    m = t.s.measures[t.entity]
    m.done = 1
    held = ChangeKind(int(m.kind)) in OF_TRUCES and bool(_bound(t, m)["truce"])
    CHANGES[ChangeKind(int(m.kind))](t, m)
    t.tell(actor=m.a, other=m.b, place=m.place, amount=m.kind, amount2=int(held), value=m.value)


def _set(name: str) -> Callable[[Twin, np.record], None]:
    def change(t: Twin, m: np.record) -> None:
        own = t.s.actors[f"own_{name}"][m.a]
        t.s.actors[name][m.a] = own if m.value < 0 else m.value

    return change


def _availability(t: Twin, m: np.record) -> None:
    _set("availability")(t, m)
    t.s.actors.pinned[m.a] = m.value >= 0


def _bound(t: Twin, m: np.record) -> np.record:
    """Return what holds between the two whom a change names."""
    return t.s.pairs[int(m.a) * len(t.s.actors) + int(m.b)]


def _keep_truce(t: Twin, m: np.record) -> None:
    if _bound(t, m)["truce"]:
        _begin_truce(t, m)


def _begin_truce(t: Twin, m: np.record) -> None:
    set_truce(t, int(m.a), int(m.b), 1, float(t.p.truce_compliance if m.value < 0 else m.value))


def _end_truce(t: Twin, m: np.record) -> None:
    set_truce(t, int(m.a), int(m.b), 0, 0.0)


def _guarantee(t: Twin, m: np.record) -> None:
    t.s.pairs.guaranteed[bound_by(t.s, int(m.a), int(m.b))] = m.value > 0


def _front(t: Twin, m: np.record) -> None:
    a = t.s.actors[m.a]
    a.barred = m.value == 0
    if m.value > 0 and a.stance == Stance.DORMANT and a.rival >= 0:
        open_front(t, int(m.a))
    elif m.value == 0 and a.stance == Stance.OFFENSIVE:
        a.stance = Stance.DEFENSIVE


def _cohesion(t: Twin, m: np.record) -> None:
    for unit in np.flatnonzero((t.s.units.actor == m.a) & (t.s.units.strength > 0)):
        t.shake_unit(int(unit), -m.value)


def _confidence(t: Twin, m: np.record) -> None:
    t.shake_actor(int(m.a), -m.value)


def _send(t: Twin, m: np.record) -> None:
    t.raise_unit(int(m.unit), int(m.value), int(t.s.places.cell[m.place]), float(t.w.t))


CHANGES: Mapping[ChangeKind, Callable[[Twin, np.record], None]] = {
    ChangeKind.SET_SORTIES: _set("sorties_per_day"),
    ChangeKind.SET_AVAILABILITY: _availability,
    ChangeKind.SET_RESTRAINT: _set("restraint"),
    ChangeKind.BEGIN_TRUCE: _begin_truce,
    ChangeKind.END_TRUCE: _end_truce,
    ChangeKind.SET_COMPLIANCE: _keep_truce,
    ChangeKind.SET_GUARANTEE: _guarantee,
    ChangeKind.SET_FRONT: _front,
    ChangeKind.SHIFT_COHESION: _cohesion,
    ChangeKind.SHIFT_CONFIDENCE: _confidence,
    ChangeKind.SEND: _send,
}
OF_TRUCES = (ChangeKind.BEGIN_TRUCE, ChangeKind.END_TRUCE, ChangeKind.SET_COMPLIANCE)
