"""What lies behind a turning point, read from the state at the moment before it happens.

Only numbers and indices stand here; `reasons` puts them into words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulation.model.state import State

COHESION, ODDS, FLANKS, SURPRISE = "cohesion", "odds", "flanks", "surprise"
OUTFLANKED, UNWILLING, DOUBT, OVERREACH = "outflanked", "unwilling", "doubt", "overreach"
"""What can drive a unit to give way, as in the formula of the process; out of contact it is outflanked."""

FLED, RETREATED, REPULSED, CUT_OFF = "fled", "retreated", "repulsed", "cut_off"
"""How a unit gives way: it runs, it retreats, its attack fails, or it has no way out."""


@dataclass(frozen=True, kw_only=True)
class Break:
    """A unit about to give way.

    `own` and `enemy` are the fighters of both sides in its cell, no enemies where it leaves because it is outflanked;
    `flanks` is the share of neighbour cells held by enemies as the process counts it, 0..1; `drivers` names what
    raises its rate, the strongest first; `manner` is FLED, RETREATED, REPULSED or CUT_OFF.
    """

    fighters: int
    cohesion: float
    own: int
    enemy: int
    flanks: float
    drivers: tuple[str, ...]
    manner: str


@dataclass(frozen=True, kw_only=True)
class Departure:
    """How the last of a garrison left its cell.

    `how` is BROKE, ORDERED_OUT, SENT, CALLED, ATTACKED or DESTROYED; `units` have left since the cell last changed
    hands; `target` is the place they were sent to, or called together to attack (-1 none).
    """

    how: str
    day: float
    units: int
    target: int = -1
    breaking: Break | None = None


BROKE, ORDERED_OUT, SENT, CALLED, ATTACKED, DESTROYED = (
    "broke", "ordered_out", "sent", "called", "attacked", "destroyed",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Fall:
    """A cell about to pass: whether somebody stands in it, how its garrison left (None: there was none)."""

    entered: bool
    attackers: int
    left: Departure | None


@dataclass(frozen=True, kw_only=True)
class Order:
    """One unit's new order: an `OrderKind`, `target` a place, `cell` where it stands.

    `aim` is the place for whose attack it gathers (-1 none); who stands where it is to gather has no `target`.
    """

    unit: int
    order: int
    target: int
    cell: int
    fighters: int
    aim: int = -1


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What a commander has just ordered."""

    given: tuple[Order, ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """A unit about to march: where from (-1: from outside the map), under which order, how many fighters.

    `aim` is the place for whose attack it goes to gather (-1 none).
    """

    cell: int
    order: int
    fighters: int
    aim: int = -1


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Two parties about to agree on a truce: shares of fighters lost, restraint and gains of the attacker.

    `until` is the day on which the truce is to run out (infinite for none); `one_sided` says that only one side means
    to observe it.
    """

    lost: float
    lost_by_rival: float
    restraint: float
    pressed: bool
    winning: bool
    until: float = math.inf
    one_sided: bool = False


@dataclass(frozen=True, kw_only=True)
class Mood:
    """The share of its first confidence that an actor has lost, and whether it decides what happens."""

    lost: float
    decides: bool


@dataclass(frozen=True, kw_only=True)
class Collapse:
    """A government about to stand down."""

    lost: float
    seats: int
    seats_lost: int
    capital: int
    capital_lost: bool
    threatened: bool


@dataclass(frozen=True, kw_only=True)
class Midnight:
    """What a midnight did: the truces that ran out, as pairs of actors, and the wounded who came back, by actor."""

    lapsed: tuple[tuple[int, int], ...]
    returned: tuple[tuple[int, int], ...]


Cause = Break | Fall | Orders | Step | Terms | Mood | Collapse | Midnight

NOTABLE = 0.3
"""A term in the exponent of a rate from which on it is named as a cause: it makes the event a third likelier."""


def strengths(state: State, cell: int, actor: int) -> tuple[int, int]:
    """Return the fighters in a cell of the actor's bloc, and of those it fights."""
    here, bloc = state.presence[cell], state.actors["bloc"]
    return int(here[bloc == bloc[actor]].sum()), int(here[foes(state, actor)].sum())


def foes(state: State, actor: int) -> np.ndarray:
    """Return which actors this one fights where they meet, bool (actors,)."""
    bits = int(state.actors["foe_bits"][actor])
    return np.asarray((bits >> np.arange(len(state.actors))) & 1 == 1)


def around(state: State, cell: int) -> np.ndarray:
    """Return the neighbours of a cell, i8 (up to 8,)."""
    near = np.asarray(state.ground["neighbours"][cell])
    return near[near >= 0]


def hostile(state: State, actor: int, cells: np.ndarray) -> np.ndarray:
    """Return which cells are held by somebody the actor fights, bool (n,)."""
    control = state.cells["control"][cells]
    return np.asarray((control >= 0) & foes(state, actor)[control])


def midnight(before: State, truces: np.ndarray, wounded: np.ndarray) -> Midnight:
    """Return what a midnight did to the truces of pairs and to the wounded of actors, as they were before it."""
    n = before.presence.shape[1]
    lapsed = np.flatnonzero(truces & (before.pairs["truce"] == 0))
    back = wounded - before.actors["wounded"]
    return Midnight(
        lapsed=tuple((int(k) // n, int(k) % n) for k in lapsed),
        returned=tuple((int(k), int(back[k])) for k in np.flatnonzero(back > 0)),
    )


def terms(state: State, pair: int) -> Terms:
    """Return why a pair (attacker, rival) is about to agree on a truce."""
    attacker, rival = (state.actors[k] for k in divmod(pair, state.presence.shape[1]))
    p = state.params[0]
    return Terms(
        lost=float(attacker["lost"]),
        lost_by_rival=float(rival["lost"]),
        restraint=float(attacker["restraint"]),
        pressed=bool(p["truce_pressure"] * attacker["restraint"] >= NOTABLE),
        winning=bool(p["truce_momentum"] * attacker["momentum"] >= NOTABLE),
    )


def mood(state: State, actor: int) -> Mood:
    """Return what an actor about to open its front sees of its rival."""
    lost = lost_confidence(state, int(state.actors["rival"][actor]))
    return Mood(lost=lost, decides=bool(state.params[0]["join_slope"] * lost >= NOTABLE))


def collapse(state: State, actor: int) -> Collapse:
    """Return the state of a government that is about to stand down."""
    a = state.actors[actor]
    capital = int(a["capital"])
    bloc, held = state.actors["bloc"], -1
    if capital >= 0:
        held = int(state.cells["control"][int(state.places["cell"][capital])])
    return Collapse(
        lost=lost_confidence(state, actor),
        seats=int(a["seats"]),
        seats_lost=max(0, int(a["seats"] - a["seats_held"])),
        capital=capital,
        capital_lost=capital >= 0 and (held < 0 or bloc[held] != bloc[actor]),
        threatened=bool(a["threatened"] * state.params[0]["dissolve_capital"] >= NOTABLE),
    )


def lost_confidence(state: State, actor: int) -> float:
    """Return the share of its confidence at the start that an actor has lost, 0..1."""
    a = state.actors[actor]
    return max(0.0, 1 - float(a["confidence"]) / float(a["resolve"])) if a["resolve"] > 0 else 1.0
