"""Histories that have finished, on their way to the disk: blocks of them in memory, then parts in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.io.file_system import sync
from simulation.outcomes.cell_counts import CellCounts
from simulation.results.file_record import files_below, record_of
from simulation.results.journal import PARTS, Part
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.results.part_tables import ARROW, read_whole, write_pieces
from simulation.world.world import World

TABLES = ("outcomes", "places", "daily", "cells")
CHANGED, CHANGES = "changes", ("day", "cell", "before", "after", "number")
"""In place of the table of cells: what it is made from, with the columns of `CellCounts.changes`."""


@dataclass
class Block:
    """Histories from `first` to before `stop`: their rows in the order in which they came, and their cells."""

    first: int
    stop: int
    counts: CellCounts
    rows: list[dict[str, pa.Table]] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    def take(self, stop: int, failed: Sequence[Failure], rows: dict[str, pa.Table] | None) -> None:
        """Take the histories that follow, before number `stop`, and the rows of those that did not fail."""
        self.stop = stop
        self.failed += failed
        if rows is not None:
            self.rows.append(rows)

    @property
    def size(self) -> int:
        """The number of rows that wait in memory."""
        return sum(rows["daily"].num_rows for rows in self.rows)

    def write(self, folder: Path, name: str) -> Part:
        """Write the tables as a part of a name, which is on the disk when this returns; it has to be entered."""
        new = begin_part(folder, name)
        if self.rows:
            for table in TABLES[:-1]:
                write_pieces([rows[table] for rows in self.rows], new, table)
            columns = dict(zip(CHANGES, self.counts.changes.T, strict=True))
            write_pieces([pa.table(columns)], new, CHANGED)
        return end_part(folder, name, self.first, self.stop, self.failed)


def copy_as_part(source: Path, folder: Path, name: str, manifest: Manifest) -> Part:
    """Copy the tables of a finished run as a part; it has to be entered."""
    new = begin_part(folder, name)
    for table in TABLES:
        shutil.copyfile(source / f"{table}.parquet", new / f"{table}.parquet")
    return end_part(folder, name, manifest.first_replicate, manifest.stop, manifest.failed)


def counts_in(folder: Path, world: World, histories: int) -> CellCounts:
    """Return the counts of cells of a part, or of a finished run."""
    if (folder / f"{CHANGED}{ARROW}").exists():
        counts, changes = CellCounts(world), read_whole(folder, CHANGED)
        counts.add_changes(histories, np.column_stack([changes[name].to_numpy() for name in CHANGES]))
        return counts
    return CellCounts.of_table(world, pq.read_table(folder / "cells.parquet"), histories)


def begin_part(folder: Path, name: str) -> Path:
    """Return a new folder to write the files of a part into."""
    new = folder / PARTS / f"{name}.new"
    new.mkdir(parents=True)
    return new


def end_part(folder: Path, name: str, first: int, stop: int, failed: Sequence[Failure]) -> Part:
    """Give a part its name when all of it is on the disk; return it as it is to be entered."""
    new, place = folder / PARTS / f"{name}.new", folder / PARTS / name
    sync(new)
    new.rename(place)
    sync(place.parent, inside=False)
    files = {each: record_of(place / each) for each in files_below(place)}
    return Part(name=name, first=first, stop=stop, failed=tuple(failed), files=files)
