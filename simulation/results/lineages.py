"""The luck of histories that branched off from others, by which each can be played again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.engine.branch import Descent, Luck
from simulation.engine.branched import BranchedHistories
from simulation.outcomes.labels import input_columns
from simulation.results.folder import Results
from simulation.statistics.intervals import ANCESTOR

LINEAGES = "lineages.parquet"
"""The file, within a results folder: one row for each change of luck, in the order of the days."""


def write_lineages(histories: BranchedHistories, folder: Path) -> None:
    """Write the luck of the histories of a run."""
    rows = [
        (histories.first + k, luck.day, luck.replicate, luck.branch)
        for k, descent in enumerate(histories.descents)
        for luck in descent.lineage
    ]
    replicate, day, number, branch = (list(column) for column in zip(*rows, strict=True))
    columns = {
        "replicate": pa.array(replicate, pa.int32()),
        "day": pa.array(day, pa.float64()),
        "luck": pa.array(number, pa.int64()),
        "branch": pa.array(branch, pa.int32()),
    }
    pq.write_table(pa.table(columns), folder / LINEAGES)


def branched_history(results: Results, replicate: int) -> tuple[np.ndarray, Descent]:
    """Return the inputs (inputs,) and the descent of a history of a run whose histories have branches."""
    outcomes = results.outcomes
    row = outcomes[outcomes["replicate"] == replicate].iloc[0]
    table = pq.read_table(results.folder / LINEAGES, filters=[("replicate", "==", replicate)]).to_pydict()
    luck = zip(table["day"], table["luck"], table["branch"], strict=True)
    ancestor = int(row.get(ANCESTOR, replicate))  # a history of another scenario has it in its reference
    descent = Descent(results.manifest.seed, tuple(Luck(*each) for each in luck), ancestor)
    return row[input_columns(outcomes)].to_numpy(dtype=float), descent
