"""How likely a report is where a history has a number: the models of the error with which speakers speak.

All return natural logarithms, f8 (n,), for the numbers x of n histories, f8 (n,). What a history cannot have led to
has minus infinity. Densities of counts are those of the logarithm of the count, so that they have no unit.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

Inputs = Mapping[str, np.ndarray]
"""What each history was given: its inputs by name, f8 (n,) each."""
SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
HALF = 0.5
"""Counts are whole numbers: from here on one is none."""
_LOG_ROOT = 0.5 * math.log(2 * math.pi)


class ErrorModel(Protocol):
    """What is assumed of the error of a report."""

    def log_likelihood(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the likelihood of the report for each history."""

    def most(self, number: int, inputs: Inputs) -> np.ndarray:
        """Return a bound that the logarithm of the likelihood is never above, whatever the histories (number,) are."""

    def expected(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return what the speaker would say of each history but for the error: 0 or 1, or a count."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A yes or no: that the number of a history is `=`, `<=`, `>=`, `<` or `>` a value, by somebody trusted so far."""

    sign: str
    value: float
    trust: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a trust outside 0 to 1 and a sign that there is not."""
        if not 0 <= self.trust <= 1 or self.sign not in SIGNS:
            raise ValueError(f"no statement with sign {self.sign!r} and trust {self.trust}")

    def log_likelihood(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return log trust where the history agrees, and log (1 - trust) where it does not."""
        with np.errstate(divide="ignore"):
            agreed, denied = np.log(np.array([self.trust, 1 - self.trust]))
        return np.asarray(np.where(self.expected(x, inputs) == 1, agreed, denied))

    def most(self, number: int, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the trust, or of the distrust where that is more."""
        return np.full(number, math.log(max(self.trust, 1 - self.trust)))

    def expected(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return 1 where the history agrees, else 0."""
        return np.asarray(SIGNS[self.sign](x, self.value), dtype=float)


@dataclass(frozen=True, kw_only=True)
class NormalError:
    """A number that is off by a normal error; `low` is `high` for one value, and infinite at an open end."""

    low: float
    high: float
    spread: float

    def log_likelihood(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the density of the value, or of the chance of the range."""
        return _log_normal(self.low, self.high, np.asarray(x, dtype=float), np.full(len(x), self.spread))

    def most(self, number: int, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the density at the middle, or 0 for a range."""
        return _most(self.low, self.high, np.full(number, self.spread))

    def expected(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return the number itself."""
        return np.asarray(x, dtype=float)


@dataclass(frozen=True, kw_only=True)
class CountError:
    """A count of which the logarithm is off by a normal error with standard deviation `spread`.

    `spread` is a number or names an input; `exaggerates` lifts by half of it, `seen` names the input that is the share
    of what happened that the speaker can count. `low` is `high` for one value; an end that is open is 0 or infinite.
    Where nothing happened there is nothing to count: without `rumour` any number above none is impossible there. With
    it none is counted as one half, so that nobody is sure of none. Who counts less than one half says none.
    """

    low: float
    high: float
    spread: float | str
    exaggerates: bool = False
    seen: str = ""
    rumour: bool = True

    def log_likelihood(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the density of the count's logarithm, or of the chance of the range."""
        spread = self._spread(len(x), inputs)
        none = HALF if self.rumour else 0.0
        counted = np.maximum(np.asarray(x, dtype=float), none)
        some = counted > 0
        middle = np.log(self._middle(np.where(some, counted, 1.0), spread, inputs))
        low, high = (math.log(end) if end > 0 else -math.inf for end in self._ends())
        # Nothing leads to nothing surely: possible where none is within what is said.
        nothing = 0.0 if self.low == 0 else -math.inf
        return np.asarray(np.where(some, _log_normal(low, high, middle, spread), nothing))

    def most(self, number: int, inputs: Inputs) -> np.ndarray:
        """Return the logarithm of the density at the middle, or 0 for a range and where none is certain."""
        low, high = self._ends()
        bound = _most(low, high, self._spread(number, inputs))
        return np.maximum(bound, 0.0) if self.low == 0 else bound

    def _ends(self) -> tuple[float, float]:
        """Return the ends of what is said; a number below one half was rounded to none."""
        return (0.0, HALF) if self.high < HALF else (self.low, self.high)

    def expected(self, x: np.ndarray, inputs: Inputs) -> np.ndarray:
        """Return the middle of what the speaker would say."""
        return self._middle(np.asarray(x, dtype=float), self._spread(len(x), inputs), inputs)

    def _middle(self, x: np.ndarray, spread: np.ndarray, inputs: Inputs) -> np.ndarray:
        lifted = x * np.exp(spread / 2) if self.exaggerates else x
        return np.asarray(lifted * inputs[self.seen] if self.seen else lifted)

    def _spread(self, number: int, inputs: Inputs) -> np.ndarray:
        named = isinstance(self.spread, str)
        return inputs[str(self.spread)] if named else np.full(number, float(self.spread))


def _most(low: float, high: float, spread: np.ndarray) -> np.ndarray:
    """Return the highest that `_log_normal` can be."""
    return np.asarray(-np.log(spread) - _LOG_ROOT if low == high else np.zeros(len(spread)))


def _log_normal(low: float, high: float, middle: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return the log density at `low` where it is `high`, else the log chance of lying between them."""
    from scipy import special

    if low == high:
        away = (low - middle) / spread
        return np.asarray(-away * away / 2 - np.log(spread) - _LOG_ROOT)
    below, above = (low - middle) / spread, (high - middle) / spread
    # Both from the side on which they lie, where chances are small numbers and not nearly 1.
    mirrored = below > 0
    left, right = np.where(mirrored, -above, below), np.where(mirrored, -below, above)
    most, least = special.log_ndtr(right), special.log_ndtr(left)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = most + np.log1p(-np.exp(least - most))
    return np.asarray(np.where(least == -math.inf, most, apart))
