"""Pieces of land that no step leads to from the largest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from simulation.region import grid
from simulation.region_building.places import Site


@dataclass(frozen=True, kw_only=True)
class Island:
    """A piece of land beside the largest: how many cells, where its middle is in degrees, the places on it."""

    cells: int
    lat: float
    lon: float
    places: tuple[str, ...]


def islands(sub_id: np.ndarray, sites: Sequence[Site]) -> list[Island]:
    """Return the pieces of land but for the largest, those with most places and cells first."""
    south, west = (np.asarray(corner) // grid.CELL_SIDE for corner in grid.south_west(sub_id))
    neighbours = grid.neighbours_of(south - south.min(), west - west.min())
    start, direction = np.nonzero(neighbours >= 0)
    shape = (len(sub_id), len(sub_id))
    links = csr_array((np.ones(len(start)), (start, neighbours[start, direction])), shape=shape)
    piece = connected_components(links, directed=False)[1]
    counts, (lat, lon) = np.bincount(piece), grid.centre(sub_id)
    found = [
        Island(
            cells=int(counts[each]),
            lat=round(float(lat[piece == each].mean()), 2),
            lon=round(float(lon[piece == each].mean()), 2),
            places=tuple(site.name for site in sites if piece[site.cell] == each),
        )
        for each in range(len(counts))
        if each != counts.argmax()
    ]
    return sorted(found, key=lambda island: (-len(island.places), -island.cells))
