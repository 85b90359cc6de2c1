"""Points of inputs that go together: a Gaussian copula over points that stay evenly spread in every input.

The normal scores of the members' own points are mixed by the symmetric square root of their correlation matrix,
which of all such mixtures leaves each member nearest to its own (Kessy et al. 2018,
doi:10.1080/00031305.2016.1277159). Of the mixed scores only the ranks count, batch by batch as the nested points
double (after Iman and Conover 1982, doi:10.1080/03610918208812265): they say which of the parts that are still empty
a case takes. So the points of every member have exactly the law that they have alone, and with correlation 0 they
are its own.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from simulation.scenario.points import BLOCK, TINY, nested_points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

Signs = tuple[tuple[str, int], ...]
"""Members by name in alphabetical order, each with 1, or with -1 where it is turned round."""


@lru_cache(maxsize=256)
def joined_points(members: Signs, correlation: float, block: int, seed: int) -> Values:
    """Return the points of members that go together, (members, `BLOCK`), strictly between 0 and 1.

    `correlation` (0 to 1, below 1) is that of the normal scores of any two members that are turned alike.
    """
    import numpy as np

    own = np.stack([nested_points(name, block, seed) for name, _ in members])
    elsewhere = np.stack([_elsewhere(name, block, seed) for name, _ in members])
    signs = np.array([[sign] for _, sign in members], float)
    points, first, parts = np.empty_like(own), 0, 1
    while first < BLOCK:
        last = max(1, 2 * first)
        part = np.floor(own[:, first:last] * parts)
        # Another place within the part, so that the ranks say nothing of the place that the point will have.
        scores = mixed((part + elsewhere[:, first:last]) / parts, signs, correlation)
        ranks = scores.argsort(axis=1).argsort(axis=1)
        place = uniform(mixed(own[:, first:last] * parts - part, signs, correlation))
        taken = np.take_along_axis(_empty(points[:, :first], parts), ranks, axis=1)
        points[:, first:last] = (taken + place) / parts
        first, parts = last, 2 * last
    points = np.clip(points, TINY, 1 - TINY)
    points.flags.writeable = False
    return points


def mixed(points: Values, signs: Values, correlation: float) -> Values:
    """Return normal scores, (members, cases), of which any two correlate, from points of inputs drawn apart.

    `signs` (members, 1) is 1 or -1. Every score is standard normal if its own point is uniform.
    """
    import numpy as np
    from scipy.special import ndtri

    scores = signs * ndtri(np.clip(points, TINY, 1 - TINY))
    apart = math.sqrt(1 - correlation)
    shared = (math.sqrt(1 + (len(scores) - 1) * correlation) - apart) / len(scores)
    found: Values = signs * (apart * scores + shared * scores.sum(axis=0))
    return found


def uniform(scores: Values) -> Values:
    """Return the quantiles of normal scores."""
    from scipy.special import ndtr

    found: Values = ndtr(scores)
    return found


def _elsewhere(name: str, block: int, seed: int) -> Values:
    import numpy as np

    # No input has a name with a space, so nothing else is drawn from this stream.
    return np.random.default_rng([seed, block, *f"{name} elsewhere".encode()]).random(BLOCK)


def _empty(points: Values, parts: int) -> NDArray[np.int64]:
    """Return for each member the parts of its range that are still empty, in order: every other half of a part."""
    import numpy as np

    if parts == 1:
        return np.zeros((len(points), 1), np.int64)
    return np.sort((points * parts).astype(np.int64) ^ 1, axis=1)
