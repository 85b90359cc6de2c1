"""Who holds which cell after the reports: the histories that count are played once more, each as often as it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.engine.branched import BranchedHistories
from simulation.engine.ensemble import Ensemble
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.tables import Columns, Words
from simulation.results.folder import Results
from simulation.results.lineages import branched_history
from simulation.statistics.intervals import weights_of
from simulation.statistics.weighted import whole_parts
from simulation.world.world import World

if TYPE_CHECKING:
    import pandas as pd

PARTS = 500
"""Histories for which a map stands: a share of it is known to one in so many, and no more are played again."""


def cells_after(world: World, results: Results, seed: int) -> pd.DataFrame:
    """Return the table of cells by weight, as `Results.cells`; where all histories count alike, that of the run itself.

    The table of a run counts all its histories alike, for what they count is known only once all are there.
    """
    weights = weights_of(results.outcomes)
    if weights is None or results.cells.empty:
        return results.cells
    return cells_by_weight(world, results, seed, results.replicates, weights)


def cells_by_weight(
    world: World, results: Results, seed: int, replicates: np.ndarray, weights: np.ndarray
) -> pd.DataFrame:
    """Return the table of cells of some replicates (n,) of a run of which each counts its weight (n,)."""
    parts = whole_parts(weights, PARTS)
    counts = CellCounts(world)
    for replicate, times in zip(replicates.tolist(), parts.tolist(), strict=True):
        if times:
            one = CellCounts(world)
            for histories in _played(world, results, replicate, seed):
                one.add(histories)
            changes = one.changes
            changes[:, 4] *= times
            counts.add_changes(times, changes)
    return _frame(counts.table())


def _played(world: World, results: Results, replicate: int, seed: int) -> Ensemble:
    if not results.manifest.is_branched:
        return Ensemble(world, range(replicate, replicate + 1), seed, 1)
    inputs, descent = branched_history(results, replicate)
    return BranchedHistories(inputs=inputs[None], descents=(descent,), seed=seed, first=replicate).ensemble(
        world, 1
    )


def _frame(columns: Columns) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            name: np.asarray(column.names, dtype=object)[np.asarray(column.codes)]
            if isinstance(column, Words)
            else np.asarray(column)
            for name, column in columns.items()
        }
    )
