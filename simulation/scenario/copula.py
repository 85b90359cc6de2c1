"""Points of inputs that go together: a Gaussian copula over points that stay evenly spread in every input.

The normal scores of the members' own points are mixed by the symmetric square root of their correlation matrix,
which of all such mixtures leaves each member nearest to its own (Kessy et al. 2018,
doi:10.1080/00031305.2016.1277159). A sum of even points is less even than each of them, so the mixed scores only say
who of a block comes before whom; places in that order are as far apart as before (Iman and Conover 1982,
doi:10.1080/03610918208812265). With correlation 0 each member has its own points.
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

    `correlation` (0 to 1, below 1) is that of the normal scores of any two members that are turned alike. Of every
    member one point lies in each `BLOCK`-th of its range.
    """
    import numpy as np
    from scipy.special import ndtri

    own = np.stack([nested_points(name, block, seed) for name, _ in members])
    signs = np.array([[sign] for _, sign in members], np.float64)
    scores = mixed(ndtri(own), signs, correlation)
    ranks = scores.argsort(axis=1, kind="stable").argsort(axis=1)
    # Within its part a point lies where the member's own point lies within its own.
    points = np.clip((ranks + own * BLOCK % 1) / BLOCK, TINY, 1 - TINY)
    points.flags.writeable = False
    return points


def mixed(scores: Values, signs: Values, correlation: float) -> Values:
    """Return standard normal scores that correlate, (members, cases), from as many that are independent.

    `signs` (members, 1) is 1, or -1 where a member is turned round.
    """
    turned = signs * scores
    apart = math.sqrt(1 - correlation)
    shared = (math.sqrt(1 + (len(scores) - 1) * correlation) - apart) / len(scores)
    found: Values = signs * (apart * turned + shared * turned.sum(axis=0))
    return found
