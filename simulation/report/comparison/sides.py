"""The side that gains ground, and how probable it is that it holds each square, day by day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from simulation.report.page_data import Grid


def held_by(cells: pd.DataFrame, grid: Grid, members: Collection[str]) -> dict[float, np.ndarray]:
    """Return by day the probability, 0 to 1, that one of the members holds each cell, f8 (cells,).

    A day lists only the cells in which some history differs from day 0; the others are as on day 0.
    """
    days = sorted(float(day) for day in cells["day"].unique())
    found: dict[float, np.ndarray] = {}
    for day in days:
        rows = cells[cells["day"] == day]
        at = pd.Index(grid.sub_ids).get_indexer(rows["sub_id"].to_numpy())
        if np.any(at < 0):
            raise ValueError(f"cell {rows['sub_id'].to_numpy()[at < 0][0]} is not on the map")
        ours = rows["actor"].isin(list(members)).to_numpy()
        field = found[days[0]].copy() if found else np.zeros(len(grid.sub_ids))
        field[at] = 0.0
        np.add.at(field, at[ours], rows["probability"].to_numpy()[ours])
        found[day] = field
    return found


def gaining_side(tables: Collection[pd.DataFrame], grid: Grid, blocs: Mapping[str, str]) -> tuple[str, ...]:
    """Return the actors of the side that gains most squares from the first to the last day; () if none does."""
    sides: dict[str, list[str]] = {}
    for actor, bloc in blocs.items():
        sides.setdefault(bloc, []).append(actor)
    gains = {bloc: max(_gain(cells, grid, members) for cells in tables) for bloc, members in sides.items()}
    best = max(gains, key=lambda bloc: gains[bloc], default="")
    return tuple(sides[best]) if gains.get(best, 0.0) > 0 else ()


def _gain(cells: pd.DataFrame, grid: Grid, members: Collection[str]) -> float:
    fields = list(held_by(cells[cells["day"].isin(_ends(cells))], grid, members).values())
    return float(fields[-1].sum() - fields[0].sum()) if fields else 0.0


def _ends(cells: pd.DataFrame) -> tuple[float, ...]:
    return (float(cells["day"].min()), float(cells["day"].max())) if len(cells) else ()
