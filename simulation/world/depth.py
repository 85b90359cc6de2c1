"""How deep in the land of one side a cell lies, from which follows how far an attacker who stands there has come."""

from __future__ import annotations

import numpy as np

from simulation.region import Region


def depths(region: Region, side: np.ndarray) -> np.ndarray:
    """Return the way (km) over land from each cell to the nearest that another side held at the start, f8 (cells,).

    `side` i8 (cells,) is the bloc that holds a cell, -1 for nobody, whose land counts for no side. 0 where the next
    cell is another's, and for land of a side that meets no other.
    """
    near, step = region.neighbours, np.where(region.neighbours >= 0, region.step_km, np.inf)
    other = (near >= 0) & (side[near] >= 0) & (side[:, None] >= 0) & (side[near] != side[:, None])
    depth = np.where(other.any(axis=1), 0.0, np.inf)
    while True:
        through = np.where(side[near] == side[:, None], depth[near] + step, np.inf).min(axis=1)
        closer = np.minimum(depth, through)
        if np.array_equal(closer, depth):
            return np.where(np.isfinite(depth), depth, 0.0)
        depth = closer
