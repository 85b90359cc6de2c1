"""How fast an advance went: how deep in the other side's land places were taken, and in how many days."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from simulation.world.world import World


def depths_of(world: World, side: tuple[str, ...]) -> Mapping[str, float]:
    """Return how deep (km) each place lies in land that was not the side's at the start; see `world.depth`."""
    ground, places, names = world.template.ground, world.template.places, list(world.actors)
    found = {}
    for name, cell in zip(world.places, places.cell.tolist(), strict=True):
        first = int(ground.control0[cell])
        if first >= 0 and names[first] not in side:
            found[name] = float(ground.depth_km[cell])
    return found


def fastest(days: np.ndarray, depth: np.ndarray, within: float) -> float:
    """Return the fastest advance (km/day) over any `within` days, from when places were taken and how deep they lie.

    `days` f8 (places taken,) rise; `depth` f8 (places taken,) in km from the line of day 0, which is where an advance
    begins. 0 where nothing was taken.
    """
    if not len(days):
        return 0.0
    deepest = np.maximum.accumulate(depth)
    before = np.searchsorted(days, days - within, side="right")
    start = np.where(before > 0, deepest[before - 1], 0.0)
    return float(((deepest - start) / within).max())


def advances(taken: pd.DataFrame, depth: Mapping[str, float], within: float) -> Mapping[int, float]:
    """Return the fastest advance (km/day) of each history that took any of the places; `taken` has one change a row."""
    kept = taken[taken["place"].isin(depth)].sort_values("day", kind="stable")
    km = kept["place"].astype(str).map(depth).to_numpy(dtype=float)
    days, replicates = kept["day"].to_numpy(dtype=float), kept["replicate"].to_numpy()
    found = {}
    for replicate in np.unique(replicates).tolist():
        own = replicates == replicate
        found[int(replicate)] = fastest(days[own], km[own], within)
    return found
