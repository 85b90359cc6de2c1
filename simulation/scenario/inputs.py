"""Inputs: the numbers a scenario does not know exactly, and the draws of all of them together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.scenario.distributions import DISTRIBUTIONS, fault, support

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 512
"""Dimensions of every Sobol' sequence, used or not, so that an input's column never changes another's."""


_ROUNDING = 1e-11


@dataclass(frozen=True, kw_only=True)
class Input:
    """One number of the world or the model: a distribution or a constant, within declared bounds.

    `column` is its dimension of the Sobol' sequence; it depends on what is declared, never on the scenario.
    """

    name: str
    dist: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    value: float | None = None
    unit: str
    source: str
    low: float
    high: float
    column: int
    meaning: str = ""

    def __post_init__(self) -> None:
        """Refuse what is neither a constant nor a known distribution, or lies outside the bounds."""
        problem = self._problem()
        if problem:
            raise ValueError(problem)

    def support(self) -> tuple[float, float]:
        """Return the lowest and highest value it can take."""
        if self.dist is None:
            return float(self.value or 0.0), float(self.value or 0.0)
        return support(self.dist, self.parameters)

    def _problem(self) -> str:
        if (self.dist is None) == (self.value is None):
            return "gives both 'dist' and 'value'" if self.dist else "gives neither 'dist' nor 'value'"
        if not 0 <= self.column < DIMENSIONS:
            return f"column {self.column} is not within 0..{DIMENSIONS - 1}"
        if self.dist is not None and (problem := fault(self.dist, self.parameters)):
            return problem
        return self._out_of_bounds()

    def _out_of_bounds(self) -> str:
        low, high = self.support()
        # loc + scale may miss a bound by rounding; a constant is what it is.
        room = 0.0 if self.dist is None or math.isinf(high - low) else _ROUNDING * max(abs(low), abs(high))
        if self.low - room <= low <= high <= self.high + room:
            return ""
        allowed = f"{self.low:.15g} to {self.high:.15g} {self.unit}"
        if self.dist is None:
            return f"must be within {allowed}, not {self.value:.15g}"
        if math.isinf(high - low):
            ends = "take one that ends, such as triang or uniform"
            return f"{self.dist} has no end; allowed is {allowed}, so {ends}"
        return f"{self.dist} here reaches from {low:.6g} to {high:.6g}; allowed is {allowed}"


def shapes_of(dist: str) -> tuple[str, ...]:
    """Return the names of all parameters of a distribution, its shapes first."""
    return (*DISTRIBUTIONS[dist].shapes, "loc", "scale")


def draw_cases(inputs: Mapping[str, Input], cases: range, seed: int) -> NDArray[np.float64]:
    """Return one row per case and one column per input in the order of `inputs`, by scrambled Sobol' points.

    Case k is the same whatever range it is drawn in. Shape (len(cases), len(inputs)).
    Errors: ValueError for a range with a step or before 0.
    """
    import numpy as np

    if cases.step != 1 or not cases.start >= 0:
        raise ValueError(f"cases must be a range of whole numbers from 0 upwards, not {cases}")
    points = _points(cases, seed)
    drawn = np.empty((len(cases), len(inputs)))
    for position, each in enumerate(inputs.values()):
        drawn[:, position] = _values(each, points[:, each.column])
    if not np.isfinite(drawn).all():
        raise ValueError("an input was drawn that is not finite")
    return drawn


def _points(cases: range, seed: int) -> NDArray[np.float64]:
    """Return the Sobol' points of a range of cases, strictly between 0 and 1."""
    import numpy as np
    from scipy.stats import qmc

    sequence = qmc.Sobol(d=DIMENSIONS, scramble=True, rng=seed)
    if cases.start > 0:
        sequence.fast_forward(cases.start)
    # The first call of a sequence must ask for a power of two, or scipy warns; one point is such a power.
    parts = [sequence.random(count) for count in (min(len(cases), 1), len(cases) - 1) if count > 0]
    points = np.concatenate(parts) if parts else np.empty((0, DIMENSIONS))
    half_step = 2.0**-31
    return np.clip(points, half_step, 1.0 - half_step)


def _values(each: Input, points: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    if each.dist is None:
        return np.full(points.shape, each.value)
    from scipy import stats

    values: NDArray[np.float64] = getattr(stats, each.dist).ppf(points, **each.parameters)
    return np.clip(values, each.low, each.high)
