"""The reason of a fall in the steps in which it is told: falls that share it are told together.

Only numbers and indices stand here; `reasons` puts them into words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto

from simulation.histories import causes
from simulation.histories.causes import Break, Departure, Fall

LONG_AGO = 1.0
"""Days from which on it is said when a garrison left."""
MOST_SIDES = 0.5
SHAKEN, SPENT = 0.5, 0.2
"""Cohesion (0..1) from which on a unit is called shaken, and below which it has hardly any left."""
HALVES_BELOW, MANY = 3, 10.5
"""Odds below which halves are told, and from which on they are only called many."""
MOST_DRIVERS = 2


class Will(Enum):
    """How firm a unit was that gave way."""

    SHAKEN = auto()
    BADLY_SHAKEN = auto()
    SPENT = auto()


@dataclass(frozen=True, kw_only=True)
class Push:
    """One driver of a break, named as in `causes`.

    `will` and `cohesion` (of 100) go with cohesion, `odds` (to one, infinite for many) with odds, `most_sides` with
    flanks; they stay as they are for any other driver.
    """

    driver: str
    will: Will | None = None
    cohesion: int = 0
    odds: float = 0.0
    most_sides: bool = False


@dataclass(frozen=True, kw_only=True)
class FallReason:
    """Why a cell passed: `how` its garrison left as in `Departure`, None where there was none.

    `entered` says without a garrison whether somebody stood in the cell; `day` is when the garrison left where that
    is long ago; `units` counts those that gave way, the last in the `manner` of a `Break` and pushed by `pushes`, the
    strongest first; `target` is the place they were sent to, or called together to attack (-1 none).
    """

    how: str | None
    entered: bool = True
    day: int | None = None
    units: int = 0
    target: int = -1
    manner: str = ""
    pushes: tuple[Push, ...] = ()


def reason_of(fall: Fall, day: float) -> FallReason:
    """Return the reason of a fall on a day, without what is not told."""
    if fall.left is None:
        return FallReason(how=None, entered=fall.entered)
    return _leaving(fall.left, int(fall.left.day) if day - fall.left.day > LONG_AGO else None)


def _leaving(left: Departure, day: int | None) -> FallReason:
    if left.how == causes.BROKE:
        pushes = () if left.breaking is None else pushes_of(left.breaking)
        manner = "" if left.breaking is None else left.breaking.manner
        return FallReason(how=left.how, day=day, units=left.units, manner=manner, pushes=pushes)
    if left.how in (causes.ORDERED_OUT, causes.DESTROYED):
        return FallReason(how=left.how, day=day)
    return FallReason(how=left.how, day=day, target=left.target)


def pushes_of(breaking: Break) -> tuple[Push, ...]:
    """Return what made a unit give way, the strongest first; empty when nothing stands out."""
    return tuple(_push(driver, breaking) for driver in breaking.drivers[:MOST_DRIVERS])


def _push(driver: str, breaking: Break) -> Push:
    if driver == causes.ODDS:
        return Push(driver=driver, odds=told_odds(breaking.enemy / max(1, breaking.own)))
    if driver == causes.COHESION:
        return Push(driver=driver, will=_will(breaking.cohesion), cohesion=round(100 * breaking.cohesion))
    return Push(driver=driver, most_sides=driver == causes.FLANKS and breaking.flanks > MOST_SIDES)


def _will(cohesion: float) -> Will:
    if cohesion >= SHAKEN:
        return Will.SHAKEN
    return Will.BADLY_SHAKEN if cohesion >= SPENT else Will.SPENT


def told_odds(odds: float) -> float:
    """Return odds above 1 to the nearest half below three, to the nearest whole above; infinite for many."""
    if odds < HALVES_BELOW:
        return round(2 * odds) / 2
    return float(round(odds)) if odds < MANY else math.inf
