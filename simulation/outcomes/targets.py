"""What `--until` names: an ending, an outcome or a place, and how well it is to be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.pydantic_messages import suggestion
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.tables import Columns, Words
from simulation.scenario.scenario import Scenario
from simulation.statistics.intervals import WEIGHT
from simulation.world.world import World

FORM = "ending.NAME:W, outcome.NAME:W or place.NAME:W, W being half the width of its 95 % interval"
KINDS = ("ending", "outcome", "place")
ESS = "ess"
"""The kind of a target that is the effective sample size of a run on reports; it has no name, and a size as width."""
NARROWEST, WIDEST = 1e-9, 1e12
"""Half-widths that can be asked for; beyond them their squares are lost in the arithmetic."""
LONGEST_QUOTE = 40
WITH_REPORTS = "a run on reports stops by its effective sample size only; write ess:N, such as ess:500"
WITHOUT_REPORTS = "only a run on reports (--as-of, --given) has an effective sample size"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One `--until`: `kind` and `name` of what is measured, and the half-width wanted, in its unit.

    The unit of an ending or a place is the share of histories, 0 to 1. Of the effective sample size `width` is the
    size that is asked for.
    """

    text: str
    kind: str
    name: str
    width: float

    @property
    def label(self) -> str:
        """The name in full, such as ending.truce."""
        return f"{self.kind}.{self.name}" if self.name else self.kind

    @property
    def is_share(self) -> bool:
        """Whether a history counts 0 or 1."""
        return self.kind not in ("outcome", ESS)


def targets_of(texts: Sequence[str]) -> tuple[Target, ...]:
    """Return the targets that some texts name; InputError for one that cannot be read."""
    return tuple(_target(text) for text in texts)


def check_names(targets: Sequence[Target], world: World) -> None:
    """Refuse endings, outcomes and places that a world does not have: InputError with the nearest it has."""
    allowed, updated = allowed_names(world), is_updated(world.scenario)
    for target in targets:
        if (target.kind == ESS) != updated:
            raise _wrong(target.text, WITH_REPORTS if updated else WITHOUT_REPORTS)
        if target.kind == ESS:
            continue
        known = allowed[target.kind]
        if target.name not in known:
            raise _wrong(target.text, f"no {target.kind} {target.name!r}{suggestion(target.name, known)}")


def is_updated(scenario: Scenario) -> bool:
    """Return whether a scenario asks for its histories to be updated on reports."""
    return scenario.as_of is not None or bool(scenario.given)


def allowed_names(world: World) -> Mapping[str, tuple[str, ...]]:
    """Return the names of endings, outcomes and places by kind."""
    return {
        "ending": ending_names(world),
        "outcome": Collector(world).outcome_names,
        "place": tuple(world.places),
    }


def values_of(target: Target, world: World, rows: Mapping[str, Columns]) -> np.ndarray:
    """Return the value of a target in each history of some rows, f8: 0 or 1, the outcome (NaN: none), or the weight.

    A place has fallen as in `statistics.fall_days`: it changed hands, or its holder is gone with the ending.
    """
    outcomes = rows["outcomes"]
    if target.kind == ESS:
        return np.asarray(outcomes[WEIGHT], dtype=float)
    if target.kind == "outcome":
        return np.asarray(outcomes[target.name], dtype=float)
    endings = _words(outcomes, "ending")
    if target.kind == "ending":
        return np.asarray(endings == target.name, dtype=float)
    places = rows["places"]
    changed = np.asarray(places["replicate"])[_words(places, "place") == target.name]
    fallen = np.isin(np.asarray(outcomes["replicate"]), changed) | _holder_gone(target, world, endings)
    return np.asarray(fallen, dtype=float)


def _target(text: str) -> Target:
    """Read KIND.NAME:W, or ess:N."""
    what, colon, number = text.rpartition(":")
    if what.strip() == ESS:
        return Target(text=text, kind=ESS, name="", width=_width(text, number))
    kind, dot, name = what.partition(".")
    if not (colon and dot and name.strip()):
        raise _wrong(text, f"write {FORM}")
    if kind not in KINDS:
        raise _wrong(text, f"no kind {kind!r}{suggestion(kind, KINDS)}; write {FORM}")
    target = Target(text=text, kind=kind, name=composed(name.strip()), width=_width(text, number))
    if target.is_share and target.width >= 1:
        raise _wrong(text, "a share lies between 0 and 1, so W must be less than 1 (0.02 is 2 of 100)")
    return target


def _width(text: str, number: str) -> float:
    try:
        width = float(number)
    except ValueError:
        raise _wrong(text, f"{number.strip()!r} is not a number; write {FORM}") from None
    if not NARROWEST <= width <= WIDEST:
        raise _wrong(
            text, f"W must be from {NARROWEST:g} to {WIDEST:g}, not {number.strip()[:LONGEST_QUOTE]}"
        )
    return width


def _wrong(text: str, message: str) -> InputError:
    return InputError(message, file=f"--until {text}")


def _words(columns: Columns, name: str) -> np.ndarray:
    words = columns[name]
    if not isinstance(words, Words):
        raise TypeError(f"the column {name!r} holds no words")
    found: np.ndarray = np.asarray(words.names, dtype=object)[np.asarray(words.codes)]
    return found


def _holder_gone(target: Target, world: World, endings: np.ndarray) -> np.ndarray:
    holder = int(world.template.places.holder0[list(world.places).index(target.name)])
    actor = world.actors[holder] if holder >= 0 else None
    gone = [ending.id for ending in world.seeds.endings if actor and ending.when.dissolved == actor]
    return np.isin(endings.astype(str), np.asarray(gone, dtype=str))
