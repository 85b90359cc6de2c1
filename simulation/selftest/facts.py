"""What a state means: who fights whom, who stands where, counted from units and pairs, not from the sums kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.model.state import Stance, State

ADVANCE = 1
STRAIGHT_FRONT = 3
"""Neighbours of a cell that lie across a straight front."""


@dataclass(frozen=True)
class Facts:
    """Tables over a state; n actors. All are worked out when first asked for and hold while it is unchanged."""

    s: State

    @cached_property
    def same(self) -> np.ndarray:
        """Who is of one bloc, (n, n)."""
        bloc = self.s.actors.bloc
        return bloc[:, None] == bloc[None, :]

    @cached_property
    def foe(self) -> np.ndarray:
        """Who would fight whom where they meet, (n, n): at war, no truce, neither lies low."""
        n, awake = len(self.s.actors), self.s.actors.stance != Stance.DORMANT
        war = ((self.s.pairs.hostile != 0) & (self.s.pairs.truce == 0)).reshape(n, n)
        return war & awake[:, None] & awake[None, :]

    @cached_property
    def helpers(self) -> np.ndarray:
        """Who (column) fights on the map under whose orders (row), of his bloc and not himself, (n, n)."""
        a, every = self.s.actors, np.arange(len(self.s.actors))
        led = (a.commander[None, :] == every[:, None]) & (a.fights != 0)[None, :]
        return np.asarray(led & self.same & (every[:, None] != every[None, :]))

    @cached_property
    def air(self) -> np.ndarray:
        """Support from the air by the bloc of each actor, (n,), 0..1."""
        a = self.s.actors
        aimed_at = (self.foe & ((a.stance == Stance.OFFENSIVE) & (a.present > 0))).any(axis=1)
        flies = (a.fights != 0) & (a.dissolved == 0) & aimed_at
        strikes = self.same @ np.where(flies, a.sorties_per_day, 0) * self.s.world[0].flyable
        return np.asarray(strikes / (strikes + float(self.s.params.half_air[0])))

    @cached_property
    def support(self) -> np.ndarray:
        """How free the helpers of each actor are in the mean, (n,); 0 for who has none."""
        return np.asarray(self.helpers @ self.s.actors.availability / np.maximum(1, self.helpers.sum(axis=1)))

    @cached_property
    def fighters(self) -> np.ndarray:
        """Fighters by cell and actor, (cells, n)."""
        u, counted = self.s.units, np.zeros((len(self.s.cells), len(self.s.actors)))
        here = u.cell >= 0
        np.add.at(counted, (u.cell[here], u.actor[here]), u.strength[here])
        return counted

    @cached_property
    def friends(self) -> np.ndarray:
        """Fighters of an actor's bloc by cell, (cells, n)."""
        return self.fighters @ self.same

    @cached_property
    def enemies(self) -> np.ndarray:
        """Fighters whom an actor fights by cell, (cells, n)."""
        return self.fighters @ self.foe.T

    @cached_property
    def holds(self) -> np.ndarray:
        """Whether a cell is held by the actor's bloc, (cells, n)."""
        control = self.s.cells.control
        return self.same[:, control].T & (control >= 0)[:, None]

    @cached_property
    def hostile(self) -> np.ndarray:
        """Whether a cell is held by somebody the actor fights, (cells, n)."""
        control = self.s.cells.control
        return self.foe[:, control].T & (control >= 0)[:, None]

    @cached_property
    def takes_ground(self) -> np.ndarray:
        """Who takes the land he stands on, (n,): those whose commander attacks or defends."""
        return np.isin(self.s.actors.stance[self.s.actors.commander], (Stance.DEFENSIVE, Stance.OFFENSIVE))

    @cached_property
    def occupant(self) -> np.ndarray:
        """The strongest in each cell (ties: the first) who fights its holder and takes ground; -1 for nobody."""
        control = self.s.cells.control
        inside = self.fighters * (self.foe[control] & self.takes_ground & (control >= 0)[:, None])
        return np.where(inside.any(axis=1), np.argmax(inside, axis=1), -1)

    @cached_property
    def besieger(self) -> np.ndarray:
        """The strongest in each cell (ties: the first) to whom an enclave in it lies open; -1 for nobody.

        It takes ground and fights the holder of a place, of whose bloc nobody is there.
        """
        places, cells = self.s.places, self.s.cells
        open_to = np.zeros(self.fighters.shape, bool)
        for place in np.flatnonzero(places.holder >= 0):
            cell, holder, lord = places.cell[place], places.holder[place], cells.control[places.cell[place]]
            if lord >= 0 and not self.same[holder, lord] and self.friends[cell, holder] == 0:
                open_to[cell] |= self.foe[holder]
        inside = self.fighters * (open_to & self.takes_ground)
        return np.where(inside.any(axis=1), np.argmax(inside, axis=1), -1)

    @cached_property
    def _hostile_beside(self) -> np.ndarray:
        """Whether each neighbour is held by somebody whom a cell's holder fights, (cells, 8)."""
        near, control = self.s.ground.neighbours, self.s.cells.control
        return np.asarray((near >= 0) & (control[near] >= 0) & self.foe[control[:, None], control[near]])

    @cached_property
    def hostile_share(self) -> np.ndarray:
        """The share of the neighbours of a cell held by somebody whom its holder fights, (cells,)."""
        known = (self.s.ground.neighbours >= 0).sum(axis=1)
        return np.asarray(self._hostile_beside.sum(axis=1) / np.maximum(1, known))

    @cached_property
    def laid_open(self) -> np.ndarray:
        """How far an unguarded cell lies open to those who hold taken land beside it, (cells,), 0..1."""
        passed, holder, near = self.s.cells.passed != 0, self.s.cells.control, self.s.ground.neighbours
        pressed = (self._hostile_beside & (self.fighters[near, holder[near]] > 0)).sum(axis=1)
        guarded = ((near >= 0) & (self.friends[near, holder[:, None]] > 0)).sum(axis=1)
        exposed = np.maximum(0, 1 - guarded / np.maximum(1, pressed)) * (pressed > 0)
        enclosed = (guarded == 0) & ~passed & (self.hostile_share >= self.s.params[0].sweep_enclosed)
        inside = self.friends[np.arange(len(holder)), holder] > 0
        may_pass = (self._hostile_beside & passed[near]).any(axis=1) & ~inside
        return np.asarray(np.where(enclosed, 1.0, exposed) * self.hostile_share * may_pass)

    @cached_property
    def sides_around(self) -> np.ndarray:
        """Who has men in a cell or beside it, (cells, n)."""
        near, present = self.s.ground.neighbours, self.fighters > 0
        return np.asarray(present | (present[near] & (near >= 0)[:, :, None]).any(axis=1))

    @cached_property
    def outflanked(self) -> np.ndarray:
        """Whether men whom a unit fights stand in more than three of the neighbours of its cell, (units,)."""
        u = self.s.units
        near = self.s.ground.neighbours[u.cell]
        sides = (near >= 0) & (self.enemies[near, u.actor[:, None]] > 0)
        return np.asarray((u.cell >= 0) & (sides.sum(axis=1) > STRAIGHT_FRONT))

    @cached_property
    def in_contact(self) -> np.ndarray:
        """Whether opponents stand in a unit's cell, (units,)."""
        u = self.s.units
        return (u.cell >= 0) & (self.enemies[u.cell, u.actor] > 0)

    @cached_property
    def forward(self) -> np.ndarray:
        """Whether a unit attacks, fights, or stands on ground its side has taken, (units,)."""
        u, taken = self.s.units, self.s.cells.control != self.s.ground.control0
        on_taken = taken[u.cell] & self.holds[u.cell, u.actor]
        return (u.cell >= 0) & ((u.order == ADVANCE) | self.in_contact | on_taken)

    @cached_property
    def lost_confidence(self) -> np.ndarray:
        """The share of its first confidence that an actor has lost, (n,)."""
        a = self.s.actors
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(a.resolve > 0, np.maximum(0, 1 - a.confidence / a.resolve), 1.0)

    @cached_property
    def field_shelter(self) -> np.ndarray:
        """How well earthworks or hills shelter whoever holds a cell, (cells,)."""
        rough, scale = self.s.ground.ruggedness, self.s.params[0].hill_scale
        return np.maximum(self.s.cells.dug_in, rough / (rough + scale))
