"""A copy of a state on which an effect is stated a second time, in plain Python, from what the model says it does.

Only what a reader of the model would call its state is kept in step: not the clocks, nor the marks and sums
by which the compiled rules save time.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.model.state import State, copy_state
from simulation.selftest.enclaves import open_to, with_cell
from simulation.selftest.facts import Facts
from simulation.selftest.random_numbers import Luck, luck_of

HOLD, ADVANCE, MOVE, WITHDRAW = range(4)
EVENT_FIELDS = ("cell", "actor", "other", "place", "unit", "amount", "amount2", "value")


class Twin:
    """The state before an event, to be brought to what it should be after it."""

    def __init__(self, before: State, process: int, entity: int, occurrence: int, time: float) -> None:
        """Copy the state and let the event's time come."""
        self.s = copy_state(before)
        self.w, self.e, self.p = self.s.world[0], self.s.event[0], self.s.params[0]
        self.w.t, self.w.events = time, self.w.events + 1
        self.entity = entity
        self.luck: Luck = luck_of(self.w, process, entity, occurrence)
        self.sectors: np.ndarray | None = None
        """Which places lie in the sectors of a blow, (places,), where a commander has looked for that."""
        self.tell(
            **dict.fromkeys(("cell", "actor", "other", "place", "unit"), -1), amount=0, amount2=0, value=0.0
        )

    def facts(self) -> Facts:
        """Return what the state means just now."""
        return Facts(self.s)

    def tell(self, **fields: float) -> None:
        """Write what the event did into its record."""
        for name, value in fields.items():
            self.e[name] = value

    # Fighters

    def in_cell(self, cell: int) -> list[int]:
        """Return the units in a cell, the last to come first."""
        found, unit = [], int(self.s.cells.first_unit[cell])
        while unit >= 0:
            found.append(unit)
            unit = int(self.s.units.next_unit[unit])
        return found

    def _chain(self, cell: int, units: list[int]) -> None:
        """Let the units be those in a cell, in this order."""
        before, following = [*units, -1], self.s.units.next_unit
        self.s.cells.first_unit[cell] = before[0]
        following[units] = before[1:]

    def enter(self, unit: int, cell: int) -> None:
        """Put a unit into a cell."""
        self.s.units.cell[unit] = cell
        self._chain(cell, [unit, *self.in_cell(cell)])

    def leave(self, unit: int) -> None:
        """Take a unit off the map."""
        cell = int(self.s.units.cell[unit])
        self._chain(cell, [other for other in self.in_cell(cell) if other != unit])
        self.s.units.cell[unit] = self.s.units.next_unit[unit] = -1

    def halt(self, unit: int) -> None:
        """Cancel a unit's orders."""
        u = self.s.units[unit]
        u.order, u.target, u.next_cell, u.arrives = HOLD, -1, -1, math.inf

    def lose(self, unit: int, how: str, number: int) -> None:
        """Take fighters out of a unit and count them as killed, wounded, captured or deserted."""
        if number == 0:
            return
        u, a = self.s.units[unit], self.s.actors[self.s.units[unit].actor]
        a[how] += number
        a.present -= number
        u.strength -= number
        if u.strength == 0:
            if u.cell >= 0:
                self.leave(unit)
            self.halt(unit)
            u.waiting = 0

    def by_strength(self, units: list[int], quantile: float) -> int:
        """Return the unit in whose part of all their fighters the quantile falls; -1 without any fighters."""
        strengths = self.s.units.strength[units]
        if strengths.sum() == 0:
            return -1
        return units[int(np.searchsorted(np.cumsum(strengths), quantile * strengths.sum(), side="right"))]

    def raise_unit(self, unit: int, fighters: int, cell: int, arrives: float) -> None:
        """Let a body of fighters set out for a cell."""
        u, a = self.s.units[unit], self.s.actors[self.s.units[unit].actor]
        u.strength = u.initial = fighters
        u.home, u.waiting, u.arrives, u.cohesion = cell, 1, arrives, a.cohesion
        a.arrived, a.present = a.arrived + fighters, a.present + fighters

    # Morale

    def shake_unit(self, unit: int, loss: float) -> None:
        """Lower a unit's cohesion, within 0..1."""
        self.s.units.cohesion[unit] = np.clip(self.s.units.cohesion[unit] - loss, 0, 1)

    def shake_cell(self, cell: int, actor: int, loss: float) -> None:
        """Lower the cohesion of all units of an actor's bloc in a cell."""
        bloc = self.s.actors.bloc
        for unit in self.in_cell(cell):
            if bloc[self.s.units.actor[unit]] == bloc[actor]:
                self.shake_unit(unit, loss)

    def spared(self, actor: int) -> float:
        """Return what free patrons leave of a shock to an actor's confidence, 0..1."""
        return float(1 - self.p.allies_steady * self.p.patron_steadies * self.s.actors.support[actor])

    def shake_actor(self, actor: int, loss: float) -> None:
        """Lower an actor's confidence, within 0..1."""
        self.s.actors.confidence[actor] = np.clip(self.s.actors.confidence[actor] - loss, 0, 1)

    def bloc_of(self, actor: int) -> np.ndarray:
        """Return the actors of an actor's bloc that have forces on the map."""
        a = self.s.actors
        return np.flatnonzero((a.bloc == a.bloc[actor]) & (a.fights != 0))

    # People

    def alarm(self, cell: int, events: float) -> None:
        """Let the people of a cell remember violent events."""
        c = self.s.cells[cell]
        if not c.stirred:
            c.stirred, c.next_stirred, self.w.first_stirred = 1, self.w.first_stirred, cell
        c.violence += events
        c.quiet_since = self.w.t

    def stirred(self) -> list[int]:
        """Return the cells that remember violence or miss people, the last to be stirred first."""
        found, cell = [], int(self.w.first_stirred)
        while cell >= 0:
            found.append(cell)
            cell = int(self.s.cells.next_stirred[cell])
        return found

    def count(self, cell: int, residents: int, guests: int) -> None:
        """Add people to a cell and to those who live under its holder."""
        c = self.s.cells[cell]
        c.residents, c.guests = c.residents + residents, c.guests + guests
        if c.control >= 0:
            self.s.actors.people[c.control] += residents + guests

    def away(self, home: int, number: int) -> None:
        """Add to those who fled a cell and live near their refuge."""
        c = self.s.cells[home]
        c.fled += number
        self.w.displaced += number
        self.count(int(self.s.places.cell[c.refuge]), 0, number)

    def relocate(self, home: int, place: int) -> None:
        """Move those who fled a cell to another place."""
        c = self.s.cells[home]
        number = int(c.fled)
        if c.refuge == place:
            return
        if c.refuge >= 0:
            self.away(home, -number)
        c.refuge = place
        self.away(home, number)

    def guests_from(self, cell: int) -> list[int]:
        """Return the cells whose people are guests in a cell."""
        c, place_cell = self.s.cells, self.s.places.cell
        return [home for home in self.stirred() if c.fled[home] > 0 and place_cell[c.refuge[home]] == cell]

    def kill_civilians(self, cell: int, number: int) -> int:
        """Count people of a cell as killed, guests in proportion to their number; return how many."""
        c = self.s.cells[cell]
        people = int(c.residents + c.guests)
        if number == 0 or people == 0:
            return 0
        left = number * int(c.guests) // people
        dead = min(number - left, int(c.residents))
        self.count(cell, -dead, 0)
        for home in self.guests_from(cell):
            lost = min(left, int(self.s.cells.fled[home]))
            self.away(home, -lost)
            left, dead = left - lost, dead + lost
        c.killed, self.w.civilians_killed = c.killed + dead, self.w.civilians_killed + dead
        return dead

    # Control

    def change_control(self, cell: int, actor: int) -> float:
        """Let a cell pass to an actor; return the weight of its places."""
        s, c, g = self.s, self.s.cells[cell], self.s.ground[cell]
        before, people = int(c.control), c.residents + c.guests
        for holder, sign in ((before, -1), (actor, 1)):
            if holder >= 0:
                s.actors.people[holder] += sign * people
                s.actors.area_m2[holder] += sign * g.area_m2
        if not c.passed:
            self.s.cells.taken_beside[g.neighbours[g.neighbours >= 0]] += 1
        c.control, c.dug_in, c.passed = actor, 0, 1
        s.actors.villages_taken[actor] += g.villages
        weight = sum([self._pass_place(place, actor) for place in with_cell(s, cell, before)])
        self._count_fall(before, actor, weight)
        weight += self.take_enclaves(cell, actor)
        self.alarm(cell, self.p.capture_alarm)
        return float(weight)

    def take_enclaves(self, cell: int, actor: int) -> float:
        """Let an actor take what lies open to it in a cell; return the weight."""
        places = open_to(self.s, cell, actor)
        for place in places:
            before = int(self.s.places.holder[place])
            self._count_fall(before, actor, self._pass_place(place, actor))
        return float(self.s.places.weight[places].sum())

    def _count_fall(self, before: int, actor: int, weight: float) -> None:
        confidence = self.s.actors.confidence
        self.s.actors.momentum[actor] += weight
        if before >= 0:
            for other in self.bloc_of(before):
                shock = min(1.0, weight * self.p.place_shock) * self.spared(other)
                self.shake_actor(other, shock * confidence[other])
        for other in self.bloc_of(actor):
            lift = min(1.0, weight * self.p.victory_lifts * self.p.place_lift)
            self.shake_actor(other, -lift * (1 - confidence[other]))

    def _pass_place(self, place: int, actor: int) -> float:
        x, a = self.s.places[place], self.s.actors
        if x.kind == 1:
            a.bases_taken[actor] += 1
            a.bases_held[actor] += 1
            if x.holder >= 0:
                a.bases_held[x.holder] -= 1
        if x.seat:
            a.seats_held[actor] += 1
            if x.holder >= 0:
                a.seats_held[x.holder] -= 1
        x.holder = actor
        return float(x.weight)
