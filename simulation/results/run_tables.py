"""The tables of a run, written as its rows come."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from simulation.outcomes.tables import (
    CELLS,
    DAILY,
    PLACES,
    BlockedTable,
    Columns,
    outcomes_schema,
    to_arrow,
    write_table,
)
from simulation.results.folder import BEFORE
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.part_tables import read_pieces
from simulation.results.writing_thread import WritingThread

BLOCK = 2000


def keep_before(manifest: Manifest, folder: Path) -> None:
    """Move the tables of plain histories in a folder of a run to `BEFORE`, as a run of their own."""
    (folder / BEFORE).mkdir()
    for name in ("outcomes", "places", "daily", "cells"):
        (folder / f"{name}.parquet").rename(folder / BEFORE / f"{name}.parquet")
    manifest.recording(folder / BEFORE).write(folder / BEFORE / MANIFEST)


def tables_of(rows: Mapping[str, Columns]) -> dict[str, pa.Table]:
    """Return the rows of some histories as tables, in their order."""
    schemas = {"outcomes": outcomes_schema(rows["outcomes"]), "places": PLACES, "daily": DAILY}
    return {name: to_arrow(rows[name], schema) for name, schema in schemas.items()}


class RunTables:
    """Takes a run's rows in the order of the replicates and writes them to a folder.

    Used as a context manager: on any exception the files are closed as they are, for whoever made the folder
    to remove. The bytes depend on the rows alone, not on how many are given at a time. They are written by a thread of
    its own, so that what goes wrong with some rows may be raised when later ones are added.
    """

    def __init__(self, folder: Path, *, block: int = BLOCK) -> None:
        """Prepare to write to a folder that is there; a row group has `block` replicates."""
        self.folder, self._block, self._thread = folder, block, WritingThread()
        self._tables: dict[str, BlockedTable] = {}
        self._last = -1

    def __enter__(self) -> Self:
        """Nothing is opened before the first rows."""
        return self

    def add(self, *, outcomes: Columns, places: Columns, daily: Columns) -> dict[str, pa.Table]:
        """Take the rows of some replicates, all later than those given before; return them as tables.

        Columns as in `simulation.outcomes.tables`; every table of a chunk covers the same replicates.
        """
        replicates = [int(number) for number in outcomes["replicate"]]  # type: ignore[union-attr]
        if any(b <= a for a, b in zip([self._last, *replicates], replicates, strict=False)):
            raise ValueError("replicates must arrive in order, each once")
        if not self._tables:
            self._open(outcomes_schema(outcomes))
        self._last = replicates[-1] if replicates else self._last
        given = {"outcomes": outcomes, "places": places, "daily": daily}
        return {name: self._tables[name].add(columns) for name, columns in given.items()}

    def append(self, folder: Path, most: int) -> None:
        """Take all rows of the three tables in another folder, of replicates later than those before, to `most`."""
        for name in ("outcomes", "places", "daily"):
            for table in read_pieces(folder, name):
                if not self._tables:
                    self._open(table.schema)
                self._tables[name].add_table(table)
        self._last = most

    def add_cells(self, cells: Columns) -> None:
        """Write the probability of control by day, cell and actor, over all replicates."""
        write_table(self.folder / "cells.parquet", cells, CELLS)

    def close(self) -> None:
        """Write what is left; from now on the tables can be read."""
        for table in self._tables.values():
            table.close()
        self._thread.settle()
        self._tables.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of files that are still open."""
        self._thread.stop()
        for table in self._tables.values():
            table.abandon()

    def _open(self, outcomes: pa.Schema) -> None:
        for name, schema in (("outcomes", outcomes), ("places", PLACES), ("daily", DAILY)):
            path = self.folder / f"{name}.parquet"
            self._tables[name] = BlockedTable(path, schema, self._block, do=self._thread.do)
