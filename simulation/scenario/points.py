"""Where in the distributions of the inputs cases lie: points that are spread evenly, however many are taken."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 1024
"""Cases that are spread evenly together; a power of two."""
TINY = 2.0**-53
"""The lowest quantile at which a value is drawn; the highest is as far below 1."""


@lru_cache(maxsize=1024)
def nested_points(name: str, block: int, seed: int) -> NDArray[np.float64]:
    """Return `BLOCK` points of which the first 2, 4, 8 … lie one in each half, quarter, eighth ….

    A nested Latin hypercube (Qian 2009, doi:10.1093/biomet/asp045): even in every single input like a Sobol'
    sequence, and random between any two, where Sobol' points of hundreds of dimensions can be all but equal.
    """
    import numpy as np

    draw = np.random.default_rng([seed, block, *name.encode()])
    points = draw.random(1)
    while len(points) < BLOCK:
        halves = 2 * len(points)
        empty = (points * halves).astype(np.int64) ^ 1
        points = np.concatenate([points, (draw.permutation(empty) + draw.random(len(empty))) / halves])
    points = np.clip(points, TINY, 1 - TINY)
    points.flags.writeable = False
    return points
