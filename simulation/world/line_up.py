"""Who can ever fight whom, strike whom and help whom in a world, whatever is drawn: bounds on what the rules allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.documents import QUANTITIES, Seeds
from simulation.model.state import Stance
from simulation.region import Region
from simulation.scenario.measures import Ceasefire
from simulation.scenario.scenario import Scenario
from simulation.world.actors import actor_rows, leader_of, pair_rows
from simulation.world.land import holders_of_places
from simulation.world.laydown import Body
from simulation.world.units import link_rows

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class LineUp:
    """The actors of a scenario by index, and what they can do to one another at most."""

    scenario: Scenario
    region: Region
    seeds: Seeds
    bodies: Sequence[Body]

    @cached_property
    def index(self) -> dict[str, int]:
        """Indices of actors by name."""
        return {name: k for k, name in enumerate(self.seeds.actor_ids)}

    @cached_property
    def actors(self) -> np.recarray:
        """ACTOR (actors,) at the start."""
        return actor_rows(self.seeds, self.region, self.bodies)

    @cached_property
    def pairs(self) -> np.recarray:
        """PAIR (actors, actors) at the start."""
        n = len(self.actors)
        return pair_rows(self.seeds, self.actors).reshape(n, n).view(np.recarray)

    @cached_property
    def can_join(self) -> np.ndarray:
        """Whether an actor lies low and has a rival, so that it may attack one day; (actors,)."""
        return np.asarray((self.actors.stance == Stance.DORMANT) & (self.actors.rival >= 0))

    @cached_property
    def attacks(self) -> np.ndarray:
        """Whether an actor attacks or may come to; (actors,)."""
        return np.asarray((self.actors.stance == Stance.OFFENSIVE) | self.can_join)

    @cached_property
    def hostile(self) -> np.ndarray:
        """Whether two actors are at war or may come to be, neither lying low for ever; (actors, actors)."""
        hostile = self.pairs.hostile != 0
        for joiner in np.flatnonzero(self.can_join):
            with_it, with_rival = self._led_by(int(joiner)), self._led_by(int(self.actors.rival[joiner]))
            hostile |= np.outer(with_it, with_rival) | np.outer(with_rival, with_it)
        awake = (self.actors.stance != Stance.DORMANT) | self.can_join
        return np.asarray(hostile & np.outer(awake, awake))

    def _led_by(self, leader: int) -> np.ndarray:
        led = (self.actors.fights != 0) & (self.actors.commander == leader)
        return np.asarray(led | (np.arange(len(self.actors)) == leader))

    def strikes(self, actor: int) -> bool:
        """Say whether strikes of an actor can ever be flown: somebody whom it fights attacks, or it has targets."""
        if self.actors.fights[actor]:
            return bool((self.hostile[actor] & self.attacks).any())
        return bool(self.pairs.struck[actor].any())

    def helps(self, actor: int) -> bool:
        """Say whether an actor sends bodies to a client, or fights under another's orders."""
        places = {place.name: k for k, place in enumerate(self.region.places)}
        links = link_rows(self.seeds, self.index, places, first=0)
        return actor in links.actor or self.actors.commander[actor] != actor

    def bound(self, between: Sequence[str]) -> set[Pair]:
        """Return the pairs, both ways round, whom an agreement of two actors binds."""
        a, b = (self.index[name] for name in between)
        bloc, fights = self.actors.bloc, self.actors.fights
        if fights[a] and fights[b]:
            sides = np.flatnonzero(bloc == bloc[a]).tolist(), np.flatnonzero(bloc == bloc[b]).tolist()
        else:
            sides = [a], [b]
        return {pair for x in sides[0] for y in sides[1] for pair in ((x, y), (y, x))}

    def truces_by(self, day: float) -> set[Pair]:
        """Return the pairs between whom a truce may be in force by a day, as claims, measures or the two make it."""
        made: list[tuple[str, ...]] = [(truce.a, truce.b) for truce in self.seeds.truces]
        made += [
            each.between
            for each in self.scenario.measures
            if isinstance(each, Ceasefire) and each.from_day <= day
        ]
        leader = leader_of(self.seeds)
        if leader is not None and (rival := int(self.actors.rival[self.index[leader]])) >= 0:
            made.append((leader, self.seeds.actor_ids[rival]))
        return {pair for between in made for pair in self.bound(between)}

    def number(self, actor: str, quantity: str) -> tuple[float, float]:
        """Return the lowest and highest value of a number of an actor."""
        each = self.scenario.inputs.get(f"{actor}_{quantity}")
        neutral = QUANTITIES[quantity].neutral
        return (neutral, neutral) if each is None else each.support()

    def most_fighters(self, actor: str) -> int:
        """Return the most fighters that an actor can have on the map at the start."""
        share = sum(body.share for body in self.bodies if body.actor == self.index[actor])
        total = self.number(actor, "fighters")[1] * self.number(actor, "map_share")[1]
        return int(total * share + 1 / 2)

    def holds(self, actor: str, place: str) -> bool:
        """Say whether the bloc of an actor holds a place at the start."""
        row = self.region.places.index(self.region.place(place))
        holder = int(holders_of_places(self.region, self.index)[row])
        return holder >= 0 and self.actors.bloc[holder] == self.actors.bloc[self.index[actor]]

    @cached_property
    def can_meet(self) -> bool:
        """Whether units of any two enemies stand, or may arrive, on land that hangs together."""
        islands = self._islands()
        where = np.zeros((len(self.actors), islands.max() + 1), bool)
        for actor, cell in self._arrivals():
            where[actor, islands[cell]] = True
        return bool((self.hostile & (where.astype(int) @ where.T.astype(int) > 0)).any())

    def _arrivals(self) -> Iterator[Pair]:
        """Yield an actor and a cell for each body, each way in of allies, and each body that a measure sends."""
        yield from ((body.actor, body.cell) for body in self.bodies)
        places = {place.name: k for k, place in enumerate(self.region.places)}
        for link in link_rows(self.seeds, self.index, places, first=0):
            yield int(link.actor), self.region.places[link.entry].cell
            if (seat := int(self.actors.seat[link.client])) >= 0:
                yield int(link.actor), seat
        for measure in self.scenario.measures:
            for place in measure.places().values():
                for actor in measure.actors().values():
                    yield self.index[actor], self.region.place(place).cell

    def _islands(self) -> np.ndarray:
        """Return for each cell the lowest number of a cell of the land that it hangs together with; (cells,)."""
        neighbours, n = self.region.neighbours, len(self.region.neighbours)
        lowest = np.arange(n)
        while True:
            beside = np.where(neighbours >= 0, lowest[neighbours], n).min(axis=1)
            lower = np.minimum(lowest, beside)
            lower = lower[lower]
            if np.array_equal(lower, lowest):
                return lowest
            lowest = lower
