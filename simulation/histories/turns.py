"""The turning points of one day as sentences: what follows from the same cause shares one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from simulation.histories.causes import Fall, Order, Orders
from simulation.histories.fall_reason import reason_of
from simulation.histories.observer import Happening
from simulation.histories.reasons import fall_reason
from simulation.histories.sentences import sentence
from simulation.model.registry import Process
from simulation.model.state import OrderKind
from simulation.outcomes.events import Event
from simulation.outcomes.names import place_near, short_name
from simulation.wording.phrases import counted, listed
from simulation.world.world import World

MOST_PLACES = 4
"""Places named in one list; what is left is counted."""

ROUNDING = 1e-9
"""Weights that differ by less are the same."""


class Purpose(Enum):
    """What a commander wants of the units that an order sends."""

    RETAKE = auto()
    ATTACK = auto()
    GATHER = auto()
    GATHER_TO_RETAKE = auto()
    HELP = auto()
    LEAVE = auto()


PURPOSES = {
    Purpose.RETAKE: "sent to retake",
    Purpose.ATTACK: "sent against",
    Purpose.GATHER: "called together to attack",
    Purpose.GATHER_TO_RETAKE: "called together to retake",
    Purpose.HELP: "sent to help hold",
    Purpose.LEAVE: "ordered out of",
}
"""The words of each, to stand before the places."""
GATHERING = (Purpose.GATHER, Purpose.GATHER_TO_RETAKE)
"""Purposes of which is said where the units gather."""


def turning_points(world: World, day: Sequence[Happening]) -> Iterator[str]:
    """Yield the sentences of a day in order of time; those of one kind and cause together, at its first."""
    told: dict[object, list[Happening]] = {}
    for at, happening in enumerate(day):
        told.setdefault(_key(world, happening, at), []).append(happening)
    for together in told.values():
        text = _told(world, together)
        if text is not None:
            yield text


def orders_of_day(world: World, day: Sequence[Happening]) -> Iterator[str]:
    """Yield who sends how many where: one sentence for each commander and kind of order."""
    given: dict[tuple[int, Purpose], list[Order]] = {}
    for happening in day:
        if isinstance(happening.cause, Orders):
            for order in happening.cause.given:
                key = int(happening.record.actor), _purpose(world, int(happening.record.actor), order)
                given.setdefault(key, []).append(order)
    for (commander, purpose), orders in given.items():
        yield _order_words(world, short_name(world, commander), purpose, orders)


def falls_words(world: World, together: Sequence[Happening]) -> str:
    """Return the sentence on places that fell to the same actor for the same reason."""
    first = together[0]
    names = [name for each in together for name in fallen_with(world, each.record)]
    several = len(set(names)) > 1
    actor, other = (short_name(world, int(getattr(first.record, name))) for name in ("actor", "other"))
    if is_return(world, int(first.record.place), int(first.record.actor)):
        verb = f"{'are' if several else 'is'} retaken by {actor} from {other}"
    else:
        verb = f"{'fall' if several else 'falls'} from {other} to {actor}"
    return f"{listed(list(dict.fromkeys(names)))} {verb}{_reason(world, first, several=several)}."


def places_at(world: World, cell: int) -> list[str]:
    """Return the names of all places in a cell."""
    rows, place = world.template.places, int(world.template.ground["first_place"][cell])
    found = []
    while place >= 0:
        found.append(world.places[place])
        place = int(rows["next_place"][place])
    return found


def fallen_with(world: World, fall: Event) -> list[str]:
    """Return the names of the places that fell in an event: of those in the cell, all but enclaves that did not."""
    rows, bloc = world.template.places, world.template.actors["bloc"]
    inside = [world.places.index(name) for name in places_at(world, int(fall.cell))]
    first = rows["holder0"][int(fall.place)]
    alike = [
        k for k in inside if min(first, rows["holder0"][k]) < 0 or bloc[rows["holder0"][k]] == bloc[first]
    ]
    # An enclave that falls with the rest shows in the weight of what fell.
    fell = inside if fall.value > rows["weight"][alike].sum() + ROUNDING else alike
    return [world.places[k] for k in fell]


def few(names: Sequence[str]) -> str:
    """Return a list of names, the first of many."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= MOST_PLACES + 1:
        return listed(unique)
    return listed([*unique[:MOST_PLACES], f"{len(unique) - MOST_PLACES} other places"])


def is_return(world: World, place: int, actor: int) -> bool:
    """Say whether a place comes back to the side that held it at the start."""
    first, bloc = int(world.template.places["holder0"][place]), world.template.actors["bloc"]
    return first >= 0 and bool(bloc[first] == bloc[actor])


def _key(world: World, happening: Happening, at: int) -> object:
    """Return what happenings of a day share that are told together; `at` is the number of this one in the day.

    Places fall together to the same actor for the same reason, and units that arrive at the same place have one
    sentence; every other event has its own.
    """
    record, cause = happening.record, happening.cause
    actor, cell = int(record.actor), int(record.cell)
    if record.process == Process.SEIZE and record.place >= 0:
        reason = reason_of(cause, float(record.time)) if isinstance(cause, Fall) else None
        return Process.SEIZE, actor, int(record.other), is_return(world, int(record.place), actor), reason
    if record.process == Process.MARCH and record.amount:
        return Process.MARCH, actor, place_near(world, cell)
    return at


def _told(world: World, together: Sequence[Happening]) -> str | None:
    """Return the sentence of happenings that are told together; None for what no story tells by itself."""
    first = together[0]
    if first.record.process == Process.SEIZE:
        return falls_words(world, together) if first.record.place >= 0 else None
    return sentence(world, first)


def _reason(world: World, happening: Happening, *, several: bool) -> str:
    cause = happening.cause
    if not isinstance(cause, Fall):
        return ""
    return fall_reason(world, cause, float(happening.record.time), several)


def _purpose(world: World, commander: int, order: Order) -> Purpose:
    if order.aim >= 0:
        return Purpose.GATHER_TO_RETAKE if is_return(world, order.aim, commander) else Purpose.GATHER
    if order.order == OrderKind.ADVANCE:
        return Purpose.RETAKE if is_return(world, order.target, commander) else Purpose.ATTACK
    return Purpose.HELP if order.order == OrderKind.MOVE else Purpose.LEAVE


def _order_words(world: World, who: str, purpose: Purpose, orders: Sequence[Order]) -> str:
    units = {order.unit: order.fighters for order in orders}
    if purpose is Purpose.LEAVE:
        names = [name for order in orders for name in places_at(world, order.cell)]
    elif purpose in GATHERING:
        names = [world.places[order.aim] for order in orders]
    else:
        names = [world.places[order.target] for order in orders]
    where = few(names) if names else "their positions"
    at = _meeting(world, orders) if purpose in GATHERING else ""
    return f"{counted(sum(units.values()), 'fighter')} of {who} are {PURPOSES[purpose]} {where}{at}."


def _meeting(world: World, orders: Sequence[Order]) -> str:
    """Return where those who are called together are sent to meet; others stand there already."""
    names = [world.places[order.target] for order in orders if order.order == OrderKind.MOVE]
    return f", at {few(names)}" if names else ""
