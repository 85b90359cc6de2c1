"""Tables of some histories within a part: as they lie in memory, since they are soon read again and removed.

A finished run that is part of another lies there as it was written, as Parquet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.outcomes.tables import MOST_ROWS

ARROW = ".arrow"
COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)


def write_pieces(pieces: Sequence[pa.Table], folder: Path, name: str) -> None:
    """Write some tables with the same columns as one."""
    whole = pa.concat_tables(pieces).unify_dictionaries().combine_chunks()
    with (
        pa.OSFile(str(folder / f"{name}{ARROW}"), "wb") as file,
        pa.ipc.new_file(file, whole.schema, options=COMPRESSED) as writer,
    ):
        writer.write_table(whole, max_chunksize=MOST_ROWS)


def read_pieces(folder: Path, name: str) -> Iterator[pa.Table]:
    """Yield the rows of a table, some at a time."""
    file = folder / f"{name}{ARROW}"
    if file.exists():
        with pa.OSFile(str(file)) as stream, pa.ipc.open_file(stream) as reader:
            for k in range(reader.num_record_batches):
                yield pa.Table.from_batches([reader.get_batch(k)])
            if not reader.num_record_batches:
                yield reader.schema.empty_table()
        return
    with pq.ParquetFile(folder / f"{name}.parquet", page_checksum_verification=True) as table:
        schema = pa.schema([(field.name, field.type) for field in table.schema_arrow])
        for k in range(table.num_row_groups):
            yield pa.table(table.read_row_group(k).columns, schema=schema)
        if not table.num_row_groups:
            yield schema.empty_table()


def read_whole(folder: Path, name: str) -> pa.Table:
    """Return a table."""
    return pa.concat_tables(read_pieces(folder, name)).unify_dictionaries()
