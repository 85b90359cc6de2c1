"""Reading a results folder back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import InputError
from simulation.io.text_file import text_of
from simulation.outcomes.tables import SCHEMAS
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import MOST_BYTES, read_manifest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A finished run; the tables are read when first asked for.

    `outcomes` has one row per replicate, `places` one per change of a named place, `daily` one per replicate,
    day, series and actor, `cells` one per day, cell and actor (probability of control).
    """

    folder: Path

    def __post_init__(self) -> None:
        """Refuse a folder that lacks a manifest or a table."""
        for name in (MANIFEST, "outcomes.parquet", "places.parquet", "daily.parquet"):
            if not (self.folder / name).is_file():
                raise InputError(f"not a results folder: it has no {name}", file=self.folder)

    @cached_property
    def manifest(self) -> Manifest:
        """The run's manifest."""
        return read_manifest(self.folder / MANIFEST)

    @cached_property
    def scenario(self) -> str:
        """The text of the resolved scenario."""
        file = self.folder / "scenario.yaml"
        return text_of(file, most_bytes=MOST_BYTES, kind="a resolved scenario")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row per replicate."""
        return self._table("outcomes")

    @cached_property
    def places(self) -> pd.DataFrame:
        """One row per change of a named place."""
        return self._table("places")

    @cached_property
    def daily(self) -> pd.DataFrame:
        """One row per replicate, day, series and actor; large, see `panel` for one series."""
        return self._table("daily")

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row per day, cell and actor; empty when the run kept no map."""
        if not (self.folder / "cells.parquet").is_file():
            import pandas as pd

            return pd.DataFrame({"day": [], "sub_id": [], "actor": [], "probability": []})
        return self._table("cells")

    @cached_property
    def days(self) -> np.ndarray:
        """The days of a `panel`: whole ones from 0 on, and the end of the run, or of its longest history."""
        last = self.outcomes["end_day"].max() if len(self.outcomes) else 0.0
        return np.unique(np.append(np.arange(np.floor(last) + 1), last))

    def panel(self, series: str) -> dict[str, np.ndarray]:
        """Return one daily series as {actor: f8 (replicates, days)} in the order of `outcomes`; see `days`.

        A history that ended early keeps its last value to the last day. An unknown series gives {}. Errors:
        InputError for a row after the end of all histories.
        """
        frame = self._table(
            "daily", filters=[("series", "=", series)], columns=["replicate", "day", "actor", "value"]
        )
        if not (frame["day"] <= self.days[-1]).all():
            raise InputError(
                "it has a day after the end of all histories", file=self.folder / "daily.parquet"
            )
        replicates = self.outcomes["replicate"].to_numpy()
        return {
            str(actor): _grid(part, replicates, self.days)
            for actor, part in frame.groupby("actor", observed=True, sort=False)
        }

    def _table(self, name: str, **which: Any) -> pd.DataFrame:
        """Read a table, or `which` rows and columns of it; InputError for a damaged file."""
        file = self.folder / f"{name}.parquet"
        try:
            _check_columns(pq.read_schema(file), SCHEMAS[name])
            frame: pd.DataFrame = pq.read_table(file, **which).to_pandas()
        except (OSError, pa.ArrowException, ValueError) as error:
            raise InputError(f"cannot be read as a table: {error}", file=file) from error
        return frame


def _check_columns(found: pa.Schema, wanted: pa.Schema) -> None:
    """Refuse a table that lacks a column or has it in another type; more columns are welcome."""
    for field in wanted:
        if field.name not in found.names:
            raise ValueError(f"it lacks the column {field.name!r}")
        if found.field(field.name).type != field.type:
            raise ValueError(f"its column {field.name!r} has the type {found.field(field.name).type}")


def _grid(rows: pd.DataFrame, replicates: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return the values by history and day; the end of a history stands on the first day that is no earlier."""
    values = np.full((len(replicates), len(days)), np.nan)
    at = np.searchsorted(replicates, rows["replicate"].to_numpy())
    values[at, np.searchsorted(days, rows["day"].to_numpy())] = rows["value"].to_numpy()
    return carry_forward(values)


def carry_forward(values: np.ndarray) -> np.ndarray:
    """Return the array with every NaN replaced by the last number before it in its row.

    A row that begins with NaN keeps it: nothing is known before its first number.
    """
    seen = np.where(np.isnan(values), 0, np.arange(values.shape[1]))
    return np.take_along_axis(values, np.maximum.accumulate(seen, axis=1), axis=1)
