"""A second opinion on what a commander sees in one round of orders, and on who would take his orders."""

from __future__ import annotations

import math

import numpy as np

from simulation.selftest.twin import ADVANCE, HOLD, Twin

FOG = 16
LOCAL, MOBILE = 1, 2


class Commander:
    """One commander in one round of orders; what he sees is the map as it was when the round began."""

    def __init__(self, twin: Twin) -> None:
        """Look at the map, and at who obeys: his own, and of his allies those who are free to."""
        self.t, self.actor, self.facts = twin, twin.entity, twin.facts()
        u, a = twin.s.units, twin.s.actors
        loyal = (u.actor == self.actor) | (u.willing < a.availability[u.actor])
        self.obeys = (u.cell >= 0) & (u.strength > 0) & (a.commander[u.actor] == self.actor) & loyal

    def error(self, place: int) -> float:
        """Return the factor by which fog makes strengths at a place look larger than they are."""
        return math.exp(float(self.t.p.fog) * self.t.luck.normal(FOG + 2 * place))

    def enemies_seen(self, place: int) -> float:
        """Return the enemies in and beside a place as they look through fog."""
        return self.error(place) * float(self.facts.enemies[self.around(place), self.actor].sum())

    def friends_near(self, place: int) -> float:
        """Return the fighters of his side in and beside a place."""
        return float(self.facts.friends[self.around(place), self.actor].sum())

    def around(self, place: int) -> list[int]:
        """Return the cell of a place and its neighbours."""
        cell = int(self.t.s.places.cell[place])
        return [cell, *(int(near) for near in self.t.s.ground.neighbours[cell] if near >= 0)]

    def km(self, place: int) -> np.ndarray:
        """Return how far every unit has to go to a place, (units,)."""
        return self.t.s.ways["km"][self.t.s.units.cell, place].astype(float)

    def reach(self, of_local: float, of_mobile: float) -> np.ndarray:
        """Return from how far every unit can be called, by its mobility, (units,)."""
        return np.where(self.t.s.units.mobility == MOBILE, of_mobile, of_local)

    def fresh(self) -> np.ndarray:
        """Return who has the strength and the cohesion to attack, (units,)."""
        u, p = self.t.s.units, self.t.p
        return (u.strength >= p.spent_share * u.initial) & (u.cohesion >= p.spent_cohesion)

    def free(self) -> np.ndarray:
        """Return who obeys, can move, has no orders and no enemy in its cell, (units,)."""
        u = self.t.s.units
        return self.obeys & (u.mobility >= LOCAL) & (u.order == HOLD) & ~self.facts.in_contact

    def order(self, unit: int, order: int, place: int) -> int:
        """Give a unit an order in place of any other; return its fighters."""
        self.t.halt(unit)
        u = self.t.s.units[unit]
        u.order, u.target = order, place
        return int(u.strength)


def nearest(km: np.ndarray, fit: np.ndarray) -> int:
    """Return the nearest of those who are fit, ties going to the first, or -1."""
    return int(np.argmin(np.where(fit, km, math.inf))) if fit.any() else -1


def spent_on_attacks(c: Commander) -> np.ndarray:
    """Return whom the commander will spend, (units,): of those withheld a part, as his rival loses confidence."""
    a, u = c.t.s.actors[c.actor], c.t.s.units
    lost = float(c.facts.lost_confidence[a.rival]) if a.rival >= 0 else 0.0
    withheld = (1 - float(a.appetite)) * (1 - float(c.t.p.exploitation) * lost)
    return np.asarray(c.fresh() & (u.willing < (1 - withheld) * (1 - float(a.restraint))))


def call_off(c: Commander) -> None:
    """Halt attackers with nothing to attack, spent ones who are not engaged, and others who cannot go on."""
    u, s = c.t.s.units, c.t.s
    stays = spent_on_attacks(c) | c.facts.in_contact
    for unit in np.flatnonzero(c.obeys & (u.order != HOLD)):
        if u.order[unit] == ADVANCE:
            hostile = c.facts.hostile[s.places.cell[u.target[unit]], u.actor[unit]]
            done = not (hostile and stays[unit])
        else:
            done = u.next_cell[unit] < 0 and not c.facts.in_contact[unit]
        if done:
            c.t.halt(int(unit))
