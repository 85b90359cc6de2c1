"""Whether scenarios can be compared at all: what all of them must share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.errors import InputError
from simulation.wording.phrases import counted, listed, number
from simulation.world.world import World


def check_comparable(names: Sequence[str], worlds: Sequence[World]) -> None:
    """Refuse scenarios that have no common ground: actors, places, endings, first day and length must agree.

    Errors: InputError that names the scenario and what it has otherwise.
    """
    for name, world in zip(names[1:], worlds[1:], strict=True):
        for common in _common_ground(worlds[0], world):
            if common.there != common.here:
                raise InputError(f"'{name}' cannot be compared with '{names[0]}': {common.apart()}")


@dataclass(frozen=True, kw_only=True)
class _SharedValue:
    """A value that must be the same `there`, in the reference, and `here`; `advice` is what can be done."""

    what: str
    there: str
    here: str
    advice: str = ""

    def apart(self) -> str:
        return f"its {self.what} is {self.here}, not {self.there}{self.advice}"


@dataclass(frozen=True, kw_only=True)
class _SharedThings:
    """Things that must be the same, in the same order, `there`, in the reference, and `here`."""

    what: str
    there: Sequence[Any]
    here: Sequence[Any]

    def apart(self) -> str:
        lacks = [each for each in self.there if each not in self.here]
        has = [each for each in self.here if each not in self.there]
        parts = [f"{verb} {_some(each)}" for verb, each in (("it lacks", lacks), ("it has", has)) if each]
        return f"its {self.what} are others ({'; '.join(parts) or 'the same in another order'})"


def _common_ground(reference: World, other: World) -> Iterator[_SharedThings | _SharedValue]:
    for what in ("actors", "endings", "places"):
        there, here = (tuple(getattr(world, what)) for world in (reference, other))
        yield _SharedThings(what=what, there=there, here=here)
    first, later = (world.scenario.start.isoformat() for world in (reference, other))
    yield _SharedValue(what="first day", there=first, here=later)
    days, others = (counted(world.scenario.days, "day") for world in (reference, other))
    yield _SharedValue(what="length", there=days, here=others, advice="; give both the same with --days")
    there, here = (world.region.cells.sub_id.tolist() for world in (reference, other))
    yield _SharedThings(what="cells of its map", there=there, here=here)


def _some(things: Sequence[Any]) -> str:
    shown = [str(thing) for thing in things[:3]]
    return listed([*shown, f"{number(len(things) - 3)} more"] if len(things) > 3 else shown)
