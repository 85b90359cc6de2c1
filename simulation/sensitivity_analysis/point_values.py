"""The values of a study's points as they lie on the disk: in the parts of a checkpoint, and in the finished study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.checkpoint import Checkpoint
from simulation.results.journal import Part
from simulation.results.manifest_head import Failure
from simulation.results.parts import begin_part, end_part

FILE = "values.parquet"
"""Of a part: a column for each target, a row for each point; NaN in those that failed."""


@dataclass
class PointBlock:
    """Points from `first` on that have been played, in the order of the study: their values and those that failed."""

    first: int
    names: tuple[str, ...]
    rows: list[np.ndarray] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The number of rows that wait in memory."""
        return sum(map(len, self.rows))

    @property
    def stop(self) -> int:
        """The number of the point that follows."""
        return self.first + self.size

    def take(self, values: np.ndarray, failed: Sequence[Failure]) -> None:
        """Take the values of points that follow (points, targets), and those that failed."""
        self.rows.append(values)
        self.failed += failed

    def write(self, folder: Path, name: str) -> Part:
        """Write the values as a part of a name, which is on the disk when this returns; it has to be entered."""
        new = begin_part(folder, name)
        values = np.concatenate(self.rows)
        pq.write_table(
            pa.table(dict(zip(self.names, values.T, strict=True))), new / FILE, write_page_checksum=True
        )
        return end_part(folder, name, self.first, self.stop, self.failed)


@dataclass(frozen=True, kw_only=True)
class KnownPoints:
    """The first points of a study, which need not be played: `values` (points, targets), and those that failed."""

    values: np.ndarray
    failed: tuple[Failure, ...] = ()

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.values)


def kept_points(kept: Checkpoint, names: Sequence[str]) -> KnownPoints:
    """Return the points that lie in the parts of a checkpoint."""
    tables = [_values(kept.folder_of(part) / FILE, names) for part in kept.parts]
    failed = tuple(each for part in kept.parts for each in part.failed)
    return KnownPoints(values=np.concatenate([np.empty((0, len(names))), *tables]), failed=failed)


def stored_points(table: Path, names: Sequence[str], failed: Sequence[Failure]) -> KnownPoints:
    """Return the points of a finished study, whose table of histories has a column for each target."""
    return KnownPoints(values=_values(table, names), failed=tuple(failed))


def _values(table: Path, names: Sequence[str]) -> np.ndarray:
    """Return some columns of a table, f8 (rows, columns)."""
    columns = pq.read_table(table, columns=list(dict.fromkeys(names)), page_checksum_verification=True)
    return np.column_stack([columns[name].to_numpy() for name in names])
