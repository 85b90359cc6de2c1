"""Ways over the grid: what a step costs in days, and the next step of the quickest way to each target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from simulation.region.region import Region


@dataclass(frozen=True, kw_only=True)
class Speeds:
    """How fast something moves (km/day) on each class of road, and what slows it.

    Off the road, ruggedness divides the speed by 1 + ruggedness / rugged_scale_m. Everywhere, built-up land
    divides it by 1 + urban_slowing * urban. The caller gives all six numbers with their sources.
    """

    off_road: float
    secondary: float
    primary: float
    motorway: float
    rugged_scale_m: float
    urban_slowing: float

    def __post_init__(self) -> None:
        """Refuse a speed or scale that is not above zero and finite, and a slowing below zero."""
        for field in fields(self):
            value = getattr(self, field.name)
            allowed = 0 <= value < np.inf if field.name == "urban_slowing" else 0 < value < np.inf
            if not allowed:
                raise ValueError(f"{field.name} must be positive and finite, got {value}")


def step_days(region: Region, speeds: Speeds) -> np.ndarray:
    """Return the days a step takes, f4 (n, 8), infinity where there is no neighbour.

    A step follows the poorer of the two cells' roads, and is slowed by the mean of their terrain.
    """
    cells, other = region.cells, region.cells[region.neighbours]
    road = np.minimum(cells.road[:, None], other.road)
    by_road = np.array([speeds.off_road, speeds.secondary, speeds.primary, speeds.motorway])[road]
    rugged = (cells.ruggedness[:, None] + other.ruggedness) / 2 / speeds.rugged_scale_m
    urban = (cells.urban[:, None] + other.urban) / 2 * speeds.urban_slowing
    slowing = np.where(road > 0, 1, 1 + rugged) * (1 + urban)
    days = region.step_km * slowing / by_road
    return np.where(region.neighbours < 0, np.inf, days).astype(np.float32)


def next_steps(region: Region, days: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return the direction (0 to 7, N NE E SE S SW W NW) of the quickest way to each target, i1 (targets, n).

    `days` (targets, n) is what `days_to` gives for `cost` f4 (n, 8), above zero, infinity where a step is not
    possible. The answer is -1 at the target and where no way leads to it.
    Of equally quick ways the lower direction is taken.
    """
    steps = np.full(days.shape, -1, dtype=np.int8)
    for target, here in enumerate(days):
        onward = cost + np.where(region.neighbours < 0, np.inf, here[region.neighbours])
        steps[target] = np.where(np.isfinite(here) & (here > 0), np.argmin(onward, axis=1), -1)
    return steps


def days_to(region: Region, target_cells: Sequence[int] | np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Return the least cost from every cell to each target, f8 (targets, n), infinity where no way leads.

    Raises ValueError for a cost of another shape, or one that is not above zero.
    """
    from scipy.sparse import csgraph, csr_array

    if cost.shape != region.neighbours.shape or not np.all(cost > 0):
        raise ValueError(f"cost must be above zero and of shape {region.neighbours.shape}")
    possible = (region.neighbours >= 0) & np.isfinite(cost)
    origin, _ = np.nonzero(possible)
    count = len(region.cells)
    backwards = csr_array(
        (cost[possible].astype(np.float64), (region.neighbours[possible], origin)), shape=(count, count)
    )
    return np.atleast_2d(csgraph.dijkstra(backwards, indices=np.asarray(target_cells, dtype=np.int64)))
