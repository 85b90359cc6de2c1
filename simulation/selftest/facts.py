"""What a state means: who fights whom, who stands where, counted from units and pairs, not from the sums kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.model.state import Stance, State

ADVANCE = 1


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
    def swept(self) -> np.ndarray:
        """Whether taken ground beside a cell that nobody guards is enough for it to pass, (cells,)."""
        ground, holder = self.s.ground, self.s.cells.control
        near, other = ground.neighbours, holder[ground.neighbours]
        taken = self._hostile_beside & (other != ground.control0[near])
        troops = (self.fighters[near, other] * taken).sum(axis=1)
        enclosed = (self.hostile_share >= self.s.params[0].sweep_enclosed) & (holder == ground.control0)
        guarded = (self.friends[near, holder[:, None]] * (near >= 0) > 0).any(axis=1)
        guarded |= self.friends[np.arange(len(holder)), holder] > 0
        return np.asarray(taken.any(axis=1) & ~guarded & ((troops > 0) | enclosed))

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
