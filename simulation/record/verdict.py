"""One line of a record and what histories give of it: whether the two go together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simulation.record.record_file import Cases, Line
from simulation.statistics.intervals import NINE_TENTHS_FROM, Share

LEVEL = 0.9
"""Of the histories in the middle, and of the interval of a share of few cases."""


TAIL = (1 - LEVEL) / 2


class Verdict(StrEnum):
    """What comes of comparing a line."""

    WITHIN = "within"
    FAILED = "failed"
    TOO_FEW = "too few"
    """Fewer than 20 histories have what the line asks for."""
    NOT_MEASURED = "not measured"
    """The run has another length than the line speaks of."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What histories give of a line: of an amount `marks`, of an event `chance`.

    `marks` are low, lower, middle, upper and high (see `marks_of`); `above` and `below` are the shares of histories
    with at least, and at most, what is on record (of a range: at least its low end, at most its high end). `of` is how
    many histories the line can be asked of, by weight how many these are worth.
    """

    of: int
    marks: tuple[float, ...] = ()
    above: Share | None = None
    below: Share | None = None
    chance: Share | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A line with its verdict; `low` and `high` are what is on record: an amount, or a share of cases from 0 to 1.

    `found` is None, and `reason` says why, where the line cannot be measured in a run of this length.
    """

    line: Line
    unit: str
    low: float
    high: float
    verdict: Verdict
    found: Found | None = None
    reason: str = ""

    @property
    def narrow(self) -> bool:
        """Whether a line fails by so little that more histories could turn it (by 95 % intervals)."""
        found = self.found
        if self.verdict is not Verdict.FAILED or found is None:
            return False
        if found.chance is not None:
            return found.chance.low <= self.high and self.low <= found.chance.high
        reached = found.above if self.low > found.marks[-1] else found.below
        return reached is not None and reached.high >= TAIL


def interval_of(cases: Cases) -> tuple[float, float]:
    """Return the 90 % interval of a share of few cases (Clopper and Pearson), of all readings of how many there were.

    It holds the true share at least nine times in ten, whatever that is; of none in n it ends near 3/n, the rule of
    three.
    """
    from scipy.special import betaincinv

    fewest, most = cases.fewest, cases.most
    low = float(betaincinv(fewest, cases.of - fewest + 1, TAIL)) if fewest else 0.0
    return low, float(betaincinv(most + 1, cases.of - most, 1 - TAIL)) if most < cases.of else 1.0


def on_record(line: Line) -> tuple[float, float]:
    """Return the least and the most that is on record; infinite where it is open."""
    if line.cases is not None:
        return interval_of(line.cases)
    ends = line.range or line.shares
    if ends is not None:
        return ends.low, ends.high
    low, high = (line.value if end is None else end for end in (line.at_least, line.at_most))
    return (-np.inf if low is None else low), (np.inf if high is None else high)


def verdict_of(line: Line, found: Found, low: float, high: float) -> Verdict:
    """Return whether what is on record, from `low` to `high`, lies within what histories give.

    An amount must reach into the middle 90 of 100 histories; the share of histories with an event must lie within the
    interval of the cases, or the bounds.
    """
    if found.of < NINE_TENTHS_FROM:
        return Verdict.TOO_FEW
    if found.chance is not None:
        return Verdict.WITHIN if low <= found.chance.share <= high else Verdict.FAILED
    return Verdict.WITHIN if low <= found.marks[-1] and found.marks[0] <= high else Verdict.FAILED
