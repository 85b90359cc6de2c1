"""A second opinion on what a commander sees in one round of orders, and on who would take his orders."""

from __future__ import annotations

import math

import numpy as np

from simulation.model.registry import Process
from simulation.selftest.twin import ADVANCE, HOLD, MOVE, WITHDRAW, Twin

FOG = 16
LOCAL, MOBILE = 1, 2


class Commander:
    """One commander in one round of orders; what he sees is the map as it was when the round began."""

    def __init__(self, twin: Twin) -> None:
        """Look at the map, and at who obeys: his own, and of his allies those who are free to."""
        self.t, self.actor, self.facts = twin, twin.entity, twin.facts()
        u, a, holder = twin.s.units, twin.s.actors, twin.s.places.holder
        loyal = (u.actor == self.actor) | (u.willing < a.availability[u.actor])
        self.obeys = (u.cell >= 0) & (u.strength > 0) & (a.commander[u.actor] == self.actor) & loyal
        self.hostile = (holder >= 0) & self.facts.foe[self.actor, holder]
        self.own = (holder >= 0) & self.facts.same[self.actor, holder]
        self.first_round = twin.s.clocks.occurrence[twin.w.first_clock[Process.COMMAND] + self.actor] == 0

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

    def reach(self, of_local: float) -> np.ndarray:
        """Return from how far every unit can be called, (units,): mobile ones from as far as reserves come."""
        return np.where(self.t.s.units.mobility == MOBILE, max(of_local, self.t.p.reserve_reach), of_local)

    def within_call(self, place: int, of_local: float) -> np.ndarray:
        """Return who is near enough to be sent to a place, (units,)."""
        return self.km(place) <= self.reach(of_local)

    def way(self, unit: int, place: int) -> list[int]:
        """Return the cells on a unit's way to a place, without the first and with the last."""
        ways, neighbours, cells = self.t.s.ways["step"][:, place], self.t.s.ground.neighbours, []
        cell = int(self.t.s.units.cell[unit])
        while cell != self.t.s.places.cell[place] and ways[cell] >= 0:
            cell = int(neighbours[cell, ways[cell]])
            cells.append(cell)
        return cells

    def hostile_to_unit(self, units: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return whether each of some units fights the holder of a place of its own."""
        holder = self.t.s.places.holder[places]
        return np.asarray((holder >= 0) & self.facts.foe[self.t.s.units.actor[units], holder])

    def fresh(self) -> np.ndarray:
        """Return who has the strength and the cohesion to attack, (units,)."""
        u, p = self.t.s.units, self.t.p
        return (u.strength >= p.spent_share * u.initial) & (u.cohesion >= p.spent_cohesion)

    def free(self) -> np.ndarray:
        """Return who obeys, can move, has neither orders nor an aim, meets no enemy and is no sole guard, (units,)."""
        u = self.t.s.units
        idle = (u.order == HOLD) & (u.aim < 0)
        return self.obeys & (u.mobility >= LOCAL) & idle & ~self.facts.in_contact & ~self._sole_guard()

    def _sole_guard(self) -> np.ndarray:
        """Return who is alone of its side in the cell of its side's place, and keeps it, (units,).

        Local ones keep any place; mobile ones a town that has another holder than at first.
        """
        u, s = self.t.s.units, self.t.s
        place = s.ground.first_place[u.cell]
        x = s.places[place]
        kept = (place >= 0) & (x.holder >= 0) & self.facts.same[u.actor, x.holder]
        alone = self.facts.friends[u.cell, u.actor] <= u.strength
        taken = (x.holder != x.holder0) & (x.weight >= float(self.t.p.guard_weight))
        return np.asarray(kept & alone & ((u.mobility == LOCAL) | taken))

    def assigned(self) -> np.ndarray:
        """Return the fighters who advance on each place or gather for it, (places,)."""
        u, assigned = self.t.s.units, np.zeros(len(self.t.s.places))
        goal = np.where(u.order == ADVANCE, u.target, u.aim)
        sent = self.obeys & (goal >= 0)
        np.add.at(assigned, goal[sent], u.strength[sent])
        return assigned

    def rival_lost(self) -> float:
        """Return the share of its confidence that his rival has lost; 0 without a rival."""
        rival = int(self.t.s.actors.rival[self.actor])
        return float(self.facts.lost_confidence[rival]) if rival >= 0 else 0.0

    def pursues(self) -> bool:
        """Say whether his rival has lost so much confidence that nobody waits to gather."""
        return self.rival_lost() > float(self.t.p.in_flight)

    def haste(self) -> float:
        """Return the part of a delay that is left to who exploits: all of it, if he has not won more than his rival."""
        a, rival = self.t.s.actors, int(self.t.s.actors.rival[self.actor])
        wins = rival >= 0 and a.momentum[self.actor] > a.momentum[rival]
        return 1 - float(self.t.p.exploitation) if wins else 1.0

    def order(self, unit: int, order: int, place: int) -> int:
        """Give a unit an order in place of any other; return its fighters."""
        self.t.halt(unit)
        u = self.t.s.units[unit]
        u.order, u.target = order, place
        return int(u.strength)


def nearest(km: np.ndarray, fit: np.ndarray) -> int:
    """Return the nearest of those who are fit, ties going to the first, or -1."""
    among = np.flatnonzero(fit)
    return int(among[np.argmin(km[among])]) if len(among) else -1


def committed(c: Commander) -> float:
    """Return the share that the commander spends on attacks: of those withheld a part, as his rival loses heart."""
    a = c.t.s.actors[c.actor]
    withheld = (1 - float(a.appetite)) * (1 - float(c.t.p.exploitation) * c.rival_lost())
    return with_relief(c, (1 - withheld) * (1 - float(a.restraint)))


def spent_part(c: Commander) -> float:
    """Return the part of the fighters at his orders who are not fit to attack."""
    n = c.t.s.units.strength * c.obeys
    return float(n[~c.fresh()].sum() / max(1, n.sum()))


def with_relief(c: Commander, share: float) -> float:
    """Return the share of units drawn on, so that with full relief as many are fresh as without anybody spent."""
    fit = 1 - float(c.t.p.relief) * spent_part(c)
    return min(1.0, share / fit) if fit > 0 else float(np.sign(share))


def committed_in_all(c: Commander) -> float:
    """Return the share spent on attacks or on taking back what was lost, whichever is larger."""
    counter = float(c.t.p.counter_share) * (1 - float(c.t.s.actors.restraint[c.actor]))
    return max(committed(c), with_relief(c, counter))


def call_off(c: Commander) -> None:
    """Halt attackers with nothing to attack, spent ones who are not engaged, and others who cannot go on."""
    u = c.t.s.units
    stays = (c.fresh() & (u.willing < committed_in_all(c))) | c.facts.in_contact
    hostile = c.hostile_to_unit(np.arange(len(u)), u.target)
    advances = u.order == ADVANCE
    cannot = np.isin(u.order, (MOVE, WITHDRAW)) & (u.next_cell < 0) & ~c.facts.in_contact
    for unit in np.flatnonzero(c.obeys & ((advances & ~(hostile & stays)) | cannot)):
        c.t.halt(int(unit))
