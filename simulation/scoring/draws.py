"""The draws of all forecasts of a hindcast, and the table in which they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from simulation.errors import InputError
from simulation.results.conclusions import write_tables
from simulation.scoring.observables import Observable

Draws = np.ndarray | None
"""Equally likely values of an observable; None where a forecast does not speak of it."""
Forecasts = Mapping[str, Sequence[Draws]]
"""The draws of each forecast by its name, for every observable in their order."""
TABLE = "draws"


def write_draws(forecasts: Forecasts, observables: Sequence[Observable], folder: Path) -> None:
    """Write `draws.parquet`: forecast, measure (its place in the list), label, draw, value."""
    frames = [
        pd.DataFrame(
            {"forecast": name, "measure": k, "label": observables[k].label, "draw": range(len(draws)), "value": draws}
        )
        for name, found in forecasts.items()
        for k, draws in enumerate(found)
        if draws is not None
    ]  # fmt: skip
    write_tables({TABLE: pd.concat(frames, ignore_index=True)}, folder)


def read_draws(observables: Sequence[Observable], names: Sequence[str], folder: Path) -> Forecasts:
    """Return the draws of forecasts of these names as they were stored.

    Errors: InputError where they are of other forecasts, or of other measures.
    """
    file = folder / f"{TABLE}.parquet"
    if not file.is_file():
        raise InputError("has no draws of its forecasts; make the hindcast again", file=folder)
    table = pq.read_table(file, page_checksum_verification=True).to_pandas()
    labels = dict(zip(table["measure"], table["label"], strict=True))
    if [*table["forecast"].unique()] != [*names] or labels != dict(
        enumerate(each.label for each in observables)
    ):
        message = "is of other forecasts or other measures than are read now; make the hindcast again"
        raise InputError(message, file=file)
    found: dict[str, list[Draws]] = {name: [None] * len(observables) for name in names}
    for (name, k), rows in table.groupby(["forecast", "measure"], sort=False):
        found[str(name)][int(k)] = rows["value"].to_numpy()
    return found
