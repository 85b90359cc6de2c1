"""The distributions an input may have: parameter names, what they may be, and the support.

They are those of scipy.stats, but for `choice`, which scipy has under no name. Kept as a table so that checking a
scenario needs no scipy; a test compares it with scipy.stats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Shape = Mapping[str, Any]
"""Parameters by name: a number each, or for `choice` a tuple of numbers."""
Bounds = tuple[float, float]

_LINE = (-math.inf, math.inf)
_HALF_LINE = (0.0, math.inf)
_UNEVEN = 1e-9
"""By how much weights may miss a sum of 1."""


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """A family of distributions: names of its shapes, a rule they obey, the support before loc and scale.

    `placed` are the names by which it is moved and stretched; a `discrete` one has a few values only, and `lists`
    are shapes that are lists of numbers.
    """

    shapes: tuple[str, ...] = ()
    placed: tuple[str, ...] = ("loc", "scale")
    lists: tuple[str, ...] = ()
    discrete: bool = False
    rule: str = ""
    obeys: Callable[[Shape], bool] = lambda shape: True
    support: Callable[[Shape], Bounds] = lambda shape: (0.0, 1.0)


def _positive(*names: str) -> Callable[[Shape], bool]:
    return lambda shape: all(shape[name] > 0 for name in names)


def _on(bounds: Bounds) -> Callable[[Shape], Bounds]:
    return lambda shape: bounds


def _cut() -> Distribution:
    return Distribution(
        shapes=("a", "b"),
        rule="a must be less than b",
        obeys=lambda shape: shape["a"] < shape["b"],
        support=lambda shape: (shape["a"], shape["b"]),
    )


def _log_uniform() -> Distribution:
    return Distribution(
        shapes=("a", "b"),
        rule="a must be more than 0 and less than b, and b at most 1e300",
        obeys=lambda shape: 0 < shape["a"] < shape["b"] <= 1e300,
        support=lambda shape: (shape["a"], shape["b"]),
    )


def _chooses(shape: Shape) -> bool:
    values, weights = shape["values"], shape["weights"]
    ascends = len(values) > 1 and all(low < high for low, high in pairwise(values))
    fits = len(weights) == len(values) and all(weight >= 0 for weight in weights)
    return ascends and fits and abs(math.fsum(weights) - 1) <= _UNEVEN


DISTRIBUTIONS: dict[str, Distribution] = {
    "uniform": Distribution(),
    "triang": Distribution(
        shapes=("c",), rule="c must be within 0..1", obeys=lambda shape: 0 <= shape["c"] <= 1
    ),
    "trapezoid": Distribution(
        shapes=("c", "d"),
        rule="c and d must be within 0..1 and c at most d",
        obeys=lambda shape: 0 <= shape["c"] <= shape["d"] <= 1,
    ),
    "beta": Distribution(
        shapes=("a", "b"),
        rule="a and b must be more than 0 and at most 1e9",
        # Beyond that a quantile takes milliseconds, and the distribution is as good as one number.
        obeys=lambda shape: 0 < shape["a"] <= 1e9 and 0 < shape["b"] <= 1e9,
    ),
    "arcsine": Distribution(),
    "powerlaw": Distribution(shapes=("a",), rule="a must be more than 0", obeys=_positive("a")),
    "bradford": Distribution(shapes=("c",), rule="c must be more than 0", obeys=_positive("c")),
    "cosine": Distribution(support=_on((-math.pi, math.pi))),
    "semicircular": Distribution(support=_on((-1.0, 1.0))),
    "truncnorm": _cut(),
    "truncexpon": Distribution(
        shapes=("b",),
        rule="b must be more than 0",
        obeys=_positive("b"),
        support=lambda shape: (0.0, shape["b"]),
    ),
    "loguniform": _log_uniform(),
    "reciprocal": _log_uniform(),
    "norm": Distribution(support=_on(_LINE)),
    "logistic": Distribution(support=_on(_LINE)),
    "halfnorm": Distribution(support=_on(_HALF_LINE)),
    "expon": Distribution(support=_on(_HALF_LINE)),
    "lognorm": Distribution(
        shapes=("s",), rule="s must be more than 0", obeys=_positive("s"), support=_on(_HALF_LINE)
    ),
    "gamma": Distribution(
        shapes=("a",), rule="a must be more than 0", obeys=_positive("a"), support=_on(_HALF_LINE)
    ),
    "weibull_min": Distribution(
        shapes=("c",), rule="c must be more than 0", obeys=_positive("c"), support=_on(_HALF_LINE)
    ),
    "bernoulli": Distribution(
        shapes=("p",),
        placed=("loc",),
        discrete=True,
        rule="p must be within 0..1",
        obeys=lambda shape: 0 <= shape["p"] <= 1,
    ),
    "choice": Distribution(
        shapes=("values", "weights"),
        placed=(),
        lists=("values", "weights"),
        discrete=True,
        rule="values must be two or more numbers in ascending order, and weights as many, 0 or more, adding up to 1",
        obeys=_chooses,
        support=lambda shape: (shape["values"][0], shape["values"][-1]),
    ),
}


def support(name: str, parameters: Shape) -> Bounds:
    """Return the lowest and highest value of a distribution with all its parameters; infinite where open."""
    low, high = DISTRIBUTIONS[name].support(parameters)
    loc, scale = parameters.get("loc", 0.0), parameters.get("scale", 1.0)
    return loc + scale * low, loc + scale * high


def fault(name: str, parameters: Shape) -> str:
    """Return what is wrong with the values of a distribution's parameters, or an empty text."""
    family = DISTRIBUTIONS[name]
    for key, number in parameters.items():
        if isinstance(number, tuple) != (key in family.lists):
            return f"{name}: {key} must be {'a list of numbers' if key in family.lists else 'a number'}"
    if not parameters.get("scale", 1.0) > 0:
        return f"scale must be more than 0, not {parameters['scale']:.15g}"
    if not family.obeys(parameters):
        given = ", ".join(f"{shape} is {told(parameters[shape])}" for shape in family.shapes)
        return f"{name}: {family.rule}; {given}"
    return ""


def told(parameter: float | tuple[float, ...], digits: int = 15) -> str:
    """Return a parameter in words: `0.5`, or for a list `0.25, 0.5, 0.25`."""
    if isinstance(parameter, tuple):
        return ", ".join(f"{number:.{digits}g}" for number in parameter)
    return f"{parameter:.{digits}g}"
