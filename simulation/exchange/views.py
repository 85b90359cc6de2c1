"""Draws of deaths by PRIO-GRID cell and month, in the flat Parquet form that the packages of VIEWS read.

Form: `views_frames.io.arrow` (views-frames 2.0): columns time, unit, sample and value, cells within months, samples
within cells, with the header in the metadata of the schema. Months are counted from January 1980, which is 1.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from simulation.world.world import World

FIRST_YEAR, MONTHS = 1980, 12
HEADER = b"views_frames"
MODEL = "simulate"


def month_id(date: datetime.date) -> int:
    """Return the number of a month as VIEWS counts them."""
    return (date.year - FIRST_YEAR) * MONTHS + date.month


def draws_table(world: World, events: pa.Table, replicates: Sequence[int], run: str, seed: int) -> pa.Table:
    """Return all deaths in each cell, month and history, from the events of these histories (`ged_table`).

    Every PRIO-GRID cell with land of the region is there in every month that the run touches, with 0 where nobody
    died. A history that ended has no deaths after its end. `run` names the run in the header.
    """
    start, days = world.scenario.start, world.scenario.days
    last = month_id(start + datetime.timedelta(days=max(0, int(np.ceil(days)) - 1)))
    months, cells = np.arange(month_id(start), last + 1), np.unique(world.region.cells.gid).astype(np.int64)
    samples = len(replicates)
    values = np.zeros((len(months), len(cells), samples), np.float32)
    when = [month_id(date) for date in events["date_start"].to_pylist()]
    at = (
        np.array(when, dtype=np.int64) - months[0],
        np.searchsorted(cells, events["priogrid_gid"].to_numpy()),
        np.searchsorted(replicates, events["replicate"].to_numpy()),
    )
    np.add.at(values, at, events["best"].to_numpy())
    n = len(months) * len(cells)
    table = pa.table(
        {
            "time": np.repeat(months, len(cells) * samples).astype(np.int64),
            "unit": np.tile(np.repeat(cells, samples), len(months)),
            "sample": np.tile(np.arange(samples, dtype=np.int32), n),
            "value": values.reshape(-1),
        }
    )
    header = {
        "level": "pgm",
        "metadata": {"model": MODEL, "run_type": "forecasting", "seed": seed, "run_id": run},
        "feature_names": None,
        "n_features": 0,
        "n_samples": samples,
        "ndim": 2,
    }
    return table.replace_schema_metadata({HEADER: json.dumps(header).encode()})
