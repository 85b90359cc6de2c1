"""What one check found: a value, what it should be, how far apart they are, and how far they may be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LARGEST_Z = 4.0
"""A right engine exceeds this, for one number, with one seed in 15,800."""

ROUNDING = 1e-9
"""Relative error that two ways of computing the same number may differ by."""


class Distance(StrEnum):
    """How the distance from the reference is measured."""

    Z = "z"
    ERROR = "relative error"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One line of the table; `tried` says on how much it rests."""

    check: str
    tried: str
    value: float
    reference: float
    measured: Distance
    distance: float
    allowed: float

    @property
    def passed(self) -> bool:
        """Whether the value lies where it should; never for NaN."""
        return bool(abs(self.distance) <= self.allowed)

    def document(self) -> dict[str, Any]:
        """Return the line for `--json`; what is no finite number is null."""
        numbers = {"value": self.value, "reference": self.reference, "distance": self.distance}
        finite = {name: number if math.isfinite(number) else None for name, number in numbers.items()}
        words = {"check": self.check, "tried": self.tried, "measured": self.measured.value}
        return words | finite | {"allowed": self.allowed, "passed": self.passed}


def by_z(check: str, tried: str, value: float, reference: float, error: float) -> CheckResult:
    """Return a result whose value has a standard error."""
    value, reference = float(value), float(reference)
    z = (value - reference) / error if error > 0 else (0.0 if value == reference else math.inf)
    return CheckResult(
        check=check, tried=tried, value=value, reference=reference, measured=Distance.Z, distance=float(z),
        allowed=LARGEST_Z,
    )  # fmt: skip


def by_error(
    check: str, tried: str, value: float, reference: float, allowed: float = ROUNDING
) -> CheckResult:
    """Return a result whose value may differ from the reference by a share of it."""
    value, reference = float(value), float(reference)
    return CheckResult(
        check=check, tried=tried, value=value, reference=reference, measured=Distance.ERROR,
        distance=relative_error(value, reference), allowed=allowed,
    )  # fmt: skip


def relative_error(value: float, reference: float) -> float:
    """Return the difference as a share of the reference; of one where the reference is smaller than that.

    Two equal infinities do not differ.
    """
    if value == reference:
        return 0.0
    return (value - reference) / max(1.0, abs(reference)) if math.isfinite(reference) else math.nan
