"""The section with the map: who most likely holds each cell, by day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from simulation.report.control_map import FRAMES, NOBODY, Frames, map_table, map_widget
from simulation.report.markup import figure
from simulation.report.page_data import Grid
from simulation.report.run.report_input import ReportInput
from simulation.report.run.sources import linked


def map_section(material: ReportInput) -> str:
    """Return the map of the most likely holders."""
    assert material.grid is not None, "a world without a map has no such section"
    if material.results.cells.empty:
        return "<p>This run kept no map.</p>"
    frames = probable_frames(material, material.grid)
    label = (
        "Map of the most likely holder of every square, by day; the table below tells it for named places."
    )
    reading = (
        "How to read it: a square has the colour of the actor that holds it in most histories on that day; "
        "the paler it is, the more histories differ. Move the slider, or use the arrow keys once it is "
        f"selected. {material.note}"
    )
    return figure(
        map_widget(material, material.grid, frames, name="map-control", label=label),
        reading=reading.strip(),
        table=linked(material, map_table(material, material.grid, frames), "places"),
        table_name="The same as a table of places",
    )


def probable_frames(material: ReportInput, grid: Grid) -> Frames:
    """Return the most likely holder of each cell by day, over all histories.

    A day lists only cells in which some history differs from day 0; the others are as on day 0. Runs of very
    many days are drawn on at most 120 of them.
    """
    cells = material.cells
    days = sorted(float(day) for day in cells["day"].unique())
    kept = (
        sorted({days[round(at)] for at in np.linspace(0, len(days) - 1, min(len(days), FRAMES))})
        if days
        else []
    )
    codes = {actor.id: index for index, actor in enumerate(material.actors)}
    by_day = {day: cells[cells["day"] == day] for day in days}
    first = _likeliest(by_day[days[0]], grid, codes, _nobody(grid)) if days else _nobody(grid)
    pictures = [first if day == days[0] else _likeliest(by_day[day], grid, codes, first) for day in kept]
    holders, percent = ([picture[part] for picture in pictures] for part in (0, 1))
    return Frames(days=tuple(kept), holders=np.array(holders, "u1"), percent=np.array(percent, "u1"))


def _nobody(grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    return np.full(len(grid.sub_ids), NOBODY, "u1"), np.zeros(len(grid.sub_ids), "u1")


def _likeliest(
    rows: pd.DataFrame, grid: Grid, codes: Mapping[str, int], base: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return holders and per cent of one day: the base, with the cells that have rows replaced.

    Of equally likely holders the one that stands first among the actors is shown.
    """
    coded = rows.assign(code=[codes.get(str(actor), NOBODY) for actor in rows["actor"]])
    top = coded.sort_values(["probability", "code"], ascending=[False, True]).drop_duplicates("sub_id")
    at = pd.Index(grid.sub_ids).get_indexer(top["sub_id"].to_numpy())
    if np.any(at < 0):
        raise ValueError(f"cell {top['sub_id'].to_numpy()[at < 0][0]} is not on the map")
    holders, percent = base[0].copy(), base[1].copy()
    holders[at] = top["code"].to_numpy()
    percent[at] = np.clip(np.round(100 * top["probability"].to_numpy()), 1, 100)
    return holders, percent
