"""Reading a results folder back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from simulation.results.daily_panels import Panels, panels_of
from simulation.results.file_record import AGAIN, check_file
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import MOST_BYTES, read_manifest
from simulation.statistics.intervals import ORIGIN, WEIGHT

if TYPE_CHECKING:
    import pandas as pd

BEFORE = "before"
"""The folder, within that of a run that was updated sequentially, of its plain histories."""


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
    def before(self) -> Results:
        """The run of plain histories, before any report: itself unless it was updated sequentially."""
        return self if self.manifest.sequential is None else Results(self.folder / BEFORE)

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
        last = self.columns("end_day")["end_day"].max() if len(self.replicates) else 0.0
        return np.unique(np.append(np.arange(np.floor(last) + 1), last))

    @cached_property
    def replicates(self) -> np.ndarray:
        """The numbers of the histories that finished, (n,), in order: those of the rows of `outcomes`."""
        numbers: np.ndarray = self._table("outcomes", ["replicate"])["replicate"].to_numpy()
        check_replicates(numbers, self.manifest, self.folder / "outcomes.parquet")
        return numbers

    def columns(self, *names: str) -> pd.DataFrame:
        """Return some columns of `outcomes`, and what histories count where they have weights; only these are read.

        Where histories are related (`origin`), what one counts hangs on all outcomes, and all columns are returned.
        InputError for histories other than the manifest's.
        """
        if ORIGIN in self.outcome_names:
            return self.outcomes
        weights = [each for each in self.outcome_names if each == WEIGHT and each not in names]
        if "outcomes" in self.__dict__:
            return self.outcomes[[*names, *weights]]
        frame = self._table("outcomes", [*names, *weights])
        assert len(frame) == len(self.replicates)
        return frame

    @cached_property
    def outcome_names(self) -> tuple[str, ...]:
        """The names of all columns of `outcomes`."""
        if "outcomes" in self.__dict__:
            return tuple(map(str, self.outcomes))
        with self._opened("outcomes") as table:
            return tuple(table.schema_arrow.names)

    def changes(self) -> Iterator[tuple[slice, pd.DataFrame]]:
        """Yield `places` by groups of whole histories, with the rows of `outcomes` that these are; all come once."""
        replicates, start = self.replicates, 0
        with self._opened("places") as table:
            for k in range(table.num_row_groups):
                rows = table.read_row_group(k).to_pandas()
                stop = int(np.searchsorted(replicates, rows["replicate"].iloc[-1], side="right"))
                yield from _by_histories(rows, replicates, start, stop)
                start = stop
            rows = table.schema_arrow.empty_table().to_pandas()
        yield from _by_histories(rows, replicates, start, len(replicates))

    def panel(self, series: str) -> dict[str, np.ndarray]:
        """Return one daily series as {actor: f8 (replicates, days)} in the order of `outcomes`; see `days`.

        A history that ended early keeps its last value to the last day. An unknown series gives {}. Errors:
        InputError for a row after the end of all histories.
        """
        whole: dict[str, np.ndarray] = {}
        for some, panels in self.panels(series):
            for actor, values in panels[series].items():
                if actor not in whole:
                    whole[actor] = np.full((len(self.replicates), len(self.days)), np.nan)
                whole[actor][some] = values
        return whole

    def panels(self, *series: str) -> Iterator[tuple[slice, Panels]]:
        """Yield daily series as `panel` has them, {series: {actor: f8 (histories, days)}}, by groups of histories.

        Each comes with the rows of `outcomes` that they are of. Errors as of `panel`.
        """
        with self._opened("daily") as table:
            yield from panels_of(table, series, self.replicates, self.days)

    def once[T](self, who: object, work: Callable[[], T]) -> T:
        """Return what is worked out of the tables for somebody; the first time it is, and then it is kept."""
        if who not in self._found:
            self._found[who] = work()
        found: T = self._found[who]
        return found

    @cached_property
    def _found(self) -> dict[object, Any]:
        return {}

    def moved(self, folder: Path) -> Results:
        """Return these results in the folder to which they were moved, with what has been worked out of them."""
        moved = Results(folder)
        moved._found.update(self._found)
        return moved

    @contextmanager
    def _opened(self, name: str) -> Iterator[pq.ParquetFile]:
        """Open a table to read some of it at a time; InputError for a damaged file."""
        file = self.folder / f"{name}.parquet"
        self._check(file.name)
        try:
            with pq.ParquetFile(file, page_checksum_verification=True) as table:
                _check_columns(table.schema_arrow, SCHEMAS[name])
                yield table
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

    def _table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read a table, or some columns; InputError for a damaged file."""
        with self._opened(name) as table:
            frame: pd.DataFrame = table.read(columns).to_pandas()
        return frame


AT_A_TIME = 1000
"""Histories whose changes of places are looked at together."""


def _by_histories(
    rows: pd.DataFrame, replicates: np.ndarray, start: int, stop: int
) -> Iterator[tuple[slice, pd.DataFrame]]:
    """Yield rows in order by some of the histories from `start` to before `stop`, those without a row too."""
    numbers = rows["replicate"].to_numpy()
    for first in range(start, stop, AT_A_TIME):
        some = slice(first, min(first + AT_A_TIME, stop))
        at = np.searchsorted(numbers, [replicates[some.start], replicates[some.stop - 1] + 1])
        yield some, rows.iloc[at[0] : at[1]]


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
