"""Inputs: the numbers a scenario does not know exactly, each a distribution or a constant within bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from numbers import Real
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.errors import InputError
from simulation.scenario.distributions import DISTRIBUTIONS, fault, support
from simulation.scenario.quantiles import CLOSED_FORM, quantiles
from simulation.wording.notebook import one_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDING = 1e-11
_SLACK = 1e-6
"""Share of the range by which a quantile that is found by iteration may be off."""
_INSTEAD = "take numbers less extreme, or another distribution, such as triang or uniform"


@dataclass(frozen=True, kw_only=True)
class Input:
    """One number of the world or the model: a distribution or a constant, within declared bounds.

    `label` is its name for readers and `meaning` what it stands for.
    """

    name: str
    dist: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    value: float | None = None
    unit: str
    source: str
    low: float
    high: float
    meaning: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        """Refuse what is neither a constant nor a known distribution, or lies outside the bounds: InputError."""
        for name in ("name", "unit", "source", "meaning", "label"):
            arguments.an_instance(f"an input's {name}", getattr(self, name), str, "a text")
        for name in ("low", "high"):
            arguments.an_instance(f"an input's {name}", getattr(self, name), Real, "a number")
        if self.dist is not None:
            arguments.text("dist", self.dist)
        if self.value is not None:
            object.__setattr__(self, "value", arguments.real_number("value", self.value))
        given = arguments.an_instance("parameters", self.parameters, Mapping, "a mapping of numbers by name")
        numbers = {name: _numbers(str(name), number) for name, number in given.items()}
        object.__setattr__(self, "parameters", numbers)
        problem = self._problem()
        if problem:
            raise InputError(problem)

    def __repr__(self) -> str:
        """Return the name and what it is on one line."""
        what = f"{self.value:g} {self.unit}" if self.dist is None else f"{self.dist} {dict(self.parameters)}"
        return one_line(self, f"{self.name}: {what}")

    def support(self) -> tuple[float, float]:
        """Return the lowest and highest value it can take."""
        if self.dist is None:
            return float(self.value or 0.0), float(self.value or 0.0)
        return support(self.dist, self.parameters)

    def chances(self) -> tuple[tuple[float, float], ...]:
        """Return the values of a discrete input and the probability of each, in ascending order."""
        if self.dist == "bernoulli":
            low, chance = self.support()[0], self.parameters["p"]
            return (low, 1 - chance), (low + 1, chance)
        return tuple(zip(self.parameters.get("values", ()), self.parameters.get("weights", ()), strict=True))

    def _problem(self) -> str:
        if (self.dist is None) == (self.value is None):
            return "gives both 'dist' and 'value'" if self.dist else "gives neither 'dist' nor 'value'"
        if self.dist is not None and (problem := self._fault(self.dist)):
            return problem
        return self._out_of_bounds() or self._not_drawable()

    def _fault(self, dist: str) -> str:
        if dist not in DISTRIBUTIONS:
            return f"unknown distribution {dist!r}"
        missing = [name for name in DISTRIBUTIONS[dist].shapes if name not in self.parameters]
        return f"{dist} needs {missing[0]!r} too" if missing else fault(dist, self.parameters)

    def _out_of_bounds(self) -> str:
        low, high = self.support()
        # loc + scale may miss a bound by rounding; a constant is what it is.
        room = 0.0 if self.dist is None or math.isinf(high - low) else _ROUNDING * max(abs(low), abs(high))
        if self.low - room <= low <= high <= self.high + room:
            return ""
        allowed = f"{self.low:.15g} to {self.high:.15g} {self.unit}".removesuffix(" 1")
        if self.dist is None:
            return f"must be within {allowed}, not {self.value:.15g}"
        if math.isinf(high - low):
            ends = "take one that ends, such as triang or uniform"
            return f"{self.dist} has no end; allowed is {allowed}, so {ends}"
        return f"{self.dist} here reaches from {low:.6g} to {high:.6g}; allowed is {allowed}"

    def _not_drawable(self) -> str:
        """Return why values cannot be drawn at every quantile that a run or a study may ask for."""
        if self.dist is None or self.dist in CLOSED_FORM:
            return ""
        import numpy as np

        points = _probes()
        try:
            values = quantiles(self.dist, points, self.parameters)
        except ArithmeticError as error:
            return f"{self.dist} cannot be drawn with these numbers ({error}); {_INSTEAD}"
        low, high = self.support()
        room = _SLACK * max(abs(low), abs(high))
        sound = np.isfinite(values) & (values >= low - room) & (values <= high + room)
        sound[1:] &= values[1:] >= values[:-1] - room
        if sound.all():
            return ""
        k = int(np.argmin(sound))
        at = f"at the quantile {points[k]:.6g} it is computed as {values[k]:.6g}"
        return f"{self.dist} cannot be drawn with these numbers: {at}; {_INSTEAD}"


def _numbers(name: str, given: object) -> float | tuple[float, ...]:
    """Return a parameter as a number or, where a list is given, as numbers; InputError for another thing."""
    if isinstance(given, list | tuple):
        return tuple(arguments.real_number(name, each) for each in given)
    return arguments.real_number(name, given)


@lru_cache(maxsize=1)
def _probes() -> NDArray[np.float64]:
    """Return quantiles from the least to the most that can be asked for, close together at both ends."""
    import numpy as np

    halves = 0.5 ** np.arange(1, 54)
    return np.unique(np.concatenate([halves, 1 - halves, np.arange(1, 64) / 64]))


def shapes_of(dist: str) -> tuple[str, ...]:
    """Return the names of all parameters of a distribution, its shapes first."""
    return (*DISTRIBUTIONS[dist].shapes, *DISTRIBUTIONS[dist].placed)


def at_quantiles(each: Input, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values of an input at quantiles strictly between 0 and 1; a constant has one value.

    Errors: InputError that names the input where one is not finite.
    """
    import numpy as np

    if each.dist is None:
        return np.full(len(points), each.value)
    try:
        values = quantiles(each.dist, points, each.parameters)
    except ArithmeticError as error:
        raise InputError(
            f"{each.dist} cannot be drawn ({error}); {_INSTEAD}", path=f"inputs.{each.name}"
        ) from None
    if not np.isfinite(values).all():
        message = f"{each.dist} gives values that are not finite; {_INSTEAD}"
        raise InputError(message, path=f"inputs.{each.name}")
    return np.clip(values, each.low, each.high)
