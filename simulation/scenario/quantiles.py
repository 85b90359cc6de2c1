"""The values of a distribution at given quantiles, those of scipy.stats to the last bit.

Most inputs are even, triangular or even in their logarithm. For these the arithmetic of scipy stands here, for
importing scipy.stats takes a third of the time that a command needs to its first history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from simulation.scenario.distributions import Shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


def quantiles(name: str, points: Values, parameters: Shape) -> Values:
    """Return the values of a distribution of the table at `points`, f8 (n,), strictly between 0 and 1.

    Errors: ArithmeticError where scipy gives up; it may also return what is not finite or lies outside the support.
    """
    if name not in CLOSED_FORM:
        return _scipy_quantiles(name, points, parameters)
    shapes = {key: value for key, value in parameters.items() if key not in ("loc", "scale")}
    scale, loc = parameters.get("scale", 1.0), parameters.get("loc", 0.0)
    values: Values = CLOSED_FORM[name](points, **shapes) * scale + loc
    return values


def _scipy_quantiles(name: str, points: Values, parameters: Shape) -> Values:
    import numpy as np
    from scipy import stats

    try:
        with np.errstate(all="ignore"):
            values: Values = getattr(stats, name).ppf(points, **parameters)
    except (ValueError, RuntimeError, TypeError) as error:
        raise ArithmeticError(error) from None
    return values


def _uniform(q: Values) -> Values:
    return q


def _triang(q: Values, c: float) -> Values:
    import numpy as np

    return np.where(q < c, np.sqrt(c * q), 1 - np.sqrt((1 - c) * (1 - q)))


def _loguniform(q: Values, a: float, b: float) -> Values:
    import numpy as np

    low, high = np.log(np.full_like(q, a)), np.log(np.full_like(q, b))
    values: Values = np.exp(low + q * (high - low))
    return values


def _bernoulli(q: Values, p: float) -> Values:
    import numpy as np

    return np.where(q <= 1 - p, 0.0, 1.0)


def _choice(q: Values, values: tuple[float, ...], weights: tuple[float, ...]) -> Values:
    """Return the lowest value at or below which lies a share of at least q; one of weight 0 is never drawn."""
    import numpy as np

    drawn = [k for k, weight in enumerate(weights) if weight > 0]
    ends = np.cumsum([weights[k] for k in drawn])[:-1]
    found: Values = np.array([values[k] for k in drawn])[np.searchsorted(ends, q)]
    return found


CLOSED_FORM: Mapping[str, Callable[..., Values]] = {
    "uniform": _uniform,
    "triang": _triang,
    "loguniform": _loguniform,
    "reciprocal": _loguniform,
    "bernoulli": _bernoulli,
    "choice": _choice,
}
"""Families whose quantiles are a formula, before `scale` and `loc`: whatever lies within their rule can be drawn."""
