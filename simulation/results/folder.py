"""Reading a results folder back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulation.errors import InputError
from simulation.io.text_file import text_of
from simulation.outcomes.tables import DAILY, SCHEMAS
from simulation.results.file_record import AGAIN, check_file
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import MOST_BYTES, read_manifest

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A finished run; the tables are read when first asked for.

    Before a file is read for the first time it is compared with the manifest's record of it, and the histories
    in `outcomes` with those that the manifest says have finished; InputError where either is another.

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
        self._check("scenario.yaml")
        file = self.folder / "scenario.yaml"
        return text_of(file, most_bytes=MOST_BYTES, kind="a resolved scenario")

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row per replicate."""
        frame = self._table("outcomes")
        check_replicates(frame["replicate"].to_numpy(), self.manifest, self.folder / "outcomes.parquet")
        return frame

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
        kept = "cells.parquet" in self.manifest.files or (self.folder / "cells.parquet").exists()
        if not kept:
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
        replicates = self.outcomes["replicate"].to_numpy()
        panels: dict[str, np.ndarray] = {}
        for rows in self._series(series):
            if not (rows["day"] <= self.days[-1]).all():
                raise InputError(
                    "it has a day after the end of all histories", file=self.folder / "daily.parquet"
                )
            for actor, part in rows.groupby("actor", observed=True, sort=False):
                if actor not in panels:
                    panels[str(actor)] = np.full((len(replicates), len(self.days)), np.nan)
                some = np.unique(part["replicate"].to_numpy())
                panels[str(actor)][np.searchsorted(replicates, some)] = _grid(part, some, self.days)
        return panels

    def _series(self, series: str) -> Iterator[pd.DataFrame]:
        """Read the rows of one daily series by groups of whole histories: all may not fit in memory."""
        file = self.folder / "daily.parquet"
        self._check(file.name)
        try:
            with pq.ParquetFile(file, page_checksum_verification=True) as table:
                _check_columns(table.schema_arrow, DAILY)
                for k in range(table.num_row_groups):
                    group = table.read_row_group(k).filter(pc.field("series") == series)
                    yield group.drop_columns("series").to_pandas()
        except (OSError, pa.ArrowException, ValueError) as error:
            raise InputError(f"cannot be read as a table: {error}", file=file) from error

    @cached_property
    def _checked(self) -> set[str]:
        """The files that were found to be as they were written."""
        return set()

    def _check(self, name: str) -> None:
        if name not in self._checked:
            check_file(self.folder, name, self.manifest.files)
            self._checked.add(name)

    def _table(self, name: str) -> pd.DataFrame:
        """Read a table; InputError for a damaged file."""
        file = self.folder / f"{name}.parquet"
        self._check(file.name)
        try:
            _check_columns(pq.read_schema(file), SCHEMAS[name])
            frame: pd.DataFrame = pq.read_table(file, page_checksum_verification=True).to_pandas()
        except (OSError, pa.ArrowException, ValueError) as error:
            raise InputError(f"cannot be read as a table: {error}", file=file) from error
        return frame


def check_replicates(found: np.ndarray, manifest: Manifest, file: Path) -> None:
    """Refuse histories (n,) other than all those of the manifest that did not fail, in order."""
    failed = [each.replicate for each in manifest.failed]
    wanted = np.setdiff1d(np.arange(manifest.first_replicate, manifest.stop), failed)
    if not np.array_equal(found, wanted):
        what = f"holds {len(found):,} histories" if len(found) != len(wanted) else "holds other histories"
        raise InputError(
            f"{what}, the manifest says {len(wanted):,}: it may be another run's; {AGAIN}", file=file
        )


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
