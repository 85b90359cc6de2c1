"""The chain of events around one place: everything that led to its first fall, or that came near it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from simulation.histories.causes import Break, Order, Orders, Step
from simulation.histories.observer import Happening
from simulation.histories.turns import fallen_with
from simulation.model.registry import Process
from simulation.model.state import OrderKind
from simulation.outcomes.events import Event
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted
from simulation.world.world import World

GATHER, ORDER, HELP, LEAVE, WAY, NEAR, BREAK, STRIKE, FIGHT, FALL = (
    "gather", "order", "help", "leave", "way", "near", "break", "strike", "fight", "fall",
)  # fmt: skip
"""Kinds of link: attackers called together, an order to attack it, help sent, an order to leave it, a place on the way
that changed hands, columns arriving, units giving way, strikes, losses in it, and the fall itself."""

NOBODY = -1


@dataclass(kw_only=True)
class Link:
    """Happenings of one kind, actor and day that belong together; `inside` says in the place or beside it.

    Strikes and fights are those of all actors, with `actor` NOBODY. `orders` are those that concern the place.
    """

    kind: str
    day: float
    actor: int
    inside: bool = True
    happenings: list[Happening] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """The nearest that attackers of a place came: when [day], who, how many fighters, from which cell, road km."""

    day: float
    actor: int
    fighters: int
    cell: int
    km: float


@dataclass(kw_only=True)
class CausalChain:
    """What led to the first fall of a place; `fall` is None where it never fell, `later` its other changes."""

    place: int
    links: list[Link] = field(default_factory=list)
    fall: Happening | None = None
    later: list[Happening] = field(default_factory=list)
    nearest: Nearest | None = None

    def __repr__(self) -> str:
        """Return the place and the length of the chain on one line."""
        return one_line(self, f"of place {self.place}: {counted(len(self.links), 'link')}")


def chain_of(world: World, place: int, happenings: Iterable[Happening]) -> CausalChain:
    """Return the chain around a place (an index) from a whole history."""
    builder = _ChainBuilder(world, place)
    for happening in happenings:
        builder.take(happening)
    return builder.chain


class _ChainBuilder:
    """Puts the happenings of a history, one after the other, where they belong in a chain."""

    def __init__(self, world: World, place: int) -> None:
        template = world.template
        self.chain = CausalChain(place=place)
        self._world, self._place = world, place
        self._cell = int(template.places["cell"][place])
        self._beside = {int(cell) for cell in template.ground["neighbours"][self._cell] if cell >= 0}
        self._bloc = template.actors["bloc"]
        holder = int(template.places["holder0"][place])
        self._side = int(self._bloc[holder]) if holder >= 0 else -1
        self._links: dict[object, Link] = {}
        self._way: set[int] = set()

    def take(self, happening: Happening) -> None:
        record = happening.record
        if record.process == Process.SEIZE and record.cell == self._cell and self._fell(record):
            self._pass(happening)
        elif self.chain.fall is None:
            for kind, inside, orders in self._kinds(happening):
                self._add(kind, inside, orders, happening)

    def _fell(self, fall: Event) -> bool:
        return fall.place >= 0 and self._world.places[self._place] in fallen_with(self._world, fall)

    def _pass(self, happening: Happening) -> None:
        if self.chain.fall is not None:
            self.chain.later.append(happening)
        else:
            self.chain.fall = happening
            self._add(FALL, True, [], happening)

    def _add(self, kind: str, inside: bool, orders: list[Order], happening: Happening) -> None:
        link = self._link(kind, inside, happening)
        link.happenings.append(happening)
        link.orders += orders

    def _link(self, kind: str, inside: bool, happening: Happening) -> Link:
        """Return the link of this kind, actor and day; strikes go on until something else happens."""
        record, last = happening.record, self.chain.links[-1] if self.chain.links else None
        if last is not None and kind == last.kind == STRIKE:
            return last
        actor = NOBODY if kind in (STRIKE, FIGHT) else int(record.actor)
        cell = int(record.cell) if kind == WAY else NOBODY
        key = kind, inside, actor, int(record.time), cell, kind == STRIKE and len(self.chain.links)
        if key not in self._links:
            self._links[key] = Link(kind=kind, day=float(record.time), actor=actor, inside=inside)
            self.chain.links.append(self._links[key])
        return self._links[key]

    def _kinds(self, happening: Happening) -> Iterator[tuple[str, bool, list[Order]]]:
        """Yield the links that a happening belongs to: kind, whether in the place itself, its orders."""
        record, cause = happening.record, happening.cause
        cell = int(record.cell)
        inside, near = cell == self._cell, cell == self._cell or cell in self._beside
        if isinstance(cause, Orders):
            yield from (
                (kind, True, orders) for kind, orders in self._orders(int(record.actor), cause).items()
            )
        elif isinstance(cause, Step):
            if cause.order == OrderKind.ADVANCE and self._against(int(record.actor)):
                self._measure(happening, cause)
                if near:
                    yield NEAR, inside, []
        elif isinstance(cause, Break):
            if near and not self._against(int(record.actor)):
                yield BREAK, inside, []
        elif record.process == Process.SORTIE and inside:
            yield STRIKE, True, []
        elif record.process == Process.CASUALTY and inside:
            yield FIGHT, True, []
        elif record.process == Process.SEIZE and record.place >= 0 and cell in self._way:
            yield WAY, False, []

    def _against(self, actor: int) -> bool:
        return bool(self._bloc[actor] != self._side)

    def _orders(self, commander: int, given: Orders) -> dict[str, list[Order]]:
        found: dict[str, list[Order]] = {}
        for order in given.given:
            if order.aim >= 0:
                if order.aim == self._place and self._against(commander):
                    found.setdefault(GATHER, []).append(order)
            elif (
                order.target == self._place and order.order == OrderKind.ADVANCE and self._against(commander)
            ):
                found.setdefault(ORDER, []).append(order)
                self._way |= set(self._cells_on_way(order.cell))
            elif (
                order.target == self._place and order.order == OrderKind.MOVE and not self._against(commander)
            ):
                found.setdefault(HELP, []).append(order)
            elif order.order == OrderKind.WITHDRAW and order.cell == self._cell:
                found.setdefault(LEAVE, []).append(order)
        return found

    def _cells_on_way(self, cell: int) -> Iterator[int]:
        """Yield the cells of the shortest way from a cell to the place, both ends left out."""
        ways, ground = self._world.template.ways["step"], self._world.template.ground["neighbours"]
        while cell >= 0 and (step := int(ways[cell, self._place])) >= 0:
            cell = int(ground[cell][step])
            if cell != self._cell:
                yield cell

    def _measure(self, happening: Happening, step: Step) -> None:
        record, way = happening.record, self._world.template.ways[int(happening.record.cell), self._place]
        km = float(way["km"]) if way["step"] >= 0 or record.cell == self._cell else math.inf
        best = self.chain.nearest
        if math.isfinite(km) and (best is None or km < best.km):
            self.chain.nearest = Nearest(
                day=float(record.time), actor=int(record.actor), fighters=step.fighters, cell=int(record.cell), km=km
            )  # fmt: skip
