"""Who holds how much of each PRIO-GRID cell on each day, over all histories.

Source of the grid: Tollefsen, Strand and Buhaug 2012, doi:10.1177/0022343311431287.
"""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from simulation.region.region import Region

SIDE, PER_ROW = 0.5, 720
"""Degrees, and cells in a row."""


def cell_days(cells: pd.DataFrame, region: Region, start: datetime.date) -> pa.Table:
    """Return a row per PRIO-GRID cell, day and actor: the share of its land that the actor holds, 0 to 1.

    `cells` is the table of a run: day 0 whole, and later what differs from it. The share is the mean over histories
    and over the land of the region in the cell, `land_km2`, by area; what nobody holds is left out. `gid`, `row`, `col`
    (from 1, south-west) and `xcoord`, `ycoord` (the centre, in degrees) are as in PRIO-GRID.
    """
    area = pd.Series(region.area_km2.astype(float), index=region.cells.sub_id)
    land = area.groupby(area.index // 100).sum()
    frame = cells.assign(actor=cells["actor"].astype(str))
    parts = [_held(day, frame, area) for day in sorted(frame["day"].unique())]
    held = pd.concat(parts, ignore_index=True)
    gid = held["gid"].to_numpy()
    row, col = (gid - 1) // PER_ROW, (gid - 1) % PER_ROW
    dates = [start + datetime.timedelta(days=int(day)) for day in held["day"]]
    return pa.table(
        {
            "gid": pa.array(gid, pa.int32()),
            "row": pa.array(row + 1, pa.int32()),
            "col": pa.array(col + 1, pa.int32()),
            "xcoord": (col + 0.5) * SIDE - 180,
            "ycoord": (row + 0.5) * SIDE - 90,
            "day": held["day"].to_numpy(),
            "date": pa.array(dates, pa.date32()),
            "actor": pa.array(held["actor"], pa.string()),
            "held": held["km2"].to_numpy() / land.loc[gid].to_numpy(),
            "land_km2": land.loc[gid].to_numpy(),
        }
    )


def _held(day: float, cells: pd.DataFrame, area: pd.Series) -> pd.DataFrame:
    """Return the land that each actor holds of each PRIO-GRID cell on a day [km²]."""
    today, first = cells[cells["day"] == day], cells[cells["day"] == 0]
    whole = pd.concat([first[~np.isin(first["sub_id"], today["sub_id"])], today])
    km2 = whole["probability"].to_numpy() * area.loc[whole["sub_id"]].to_numpy()
    grouped = whole.assign(gid=whole["sub_id"] // 100, km2=km2).groupby(["gid", "actor"])["km2"].sum()
    return grouped.reset_index().assign(day=day)
