"""The four tables of a results folder: their columns, and how rows become Parquet row groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

WORD = pa.dictionary(pa.int32(), pa.string())
PLACES = pa.schema(
    [
        ("replicate", pa.int32()),
        ("place", WORD),
        ("day", pa.float64()),
        ("from_actor", WORD),
        ("to_actor", WORD),
    ]
)
DAILY = pa.schema(
    [
        ("replicate", pa.int32()),
        ("day", pa.float64()),
        ("series", WORD),
        ("actor", WORD),
        ("value", pa.float64()),
    ]
)
CELLS = pa.schema(
    [("day", pa.float64()), ("sub_id", pa.int64()), ("actor", WORD), ("probability", pa.float64())]
)
OUTCOMES_HEAD = {
    "case": pa.int32(),
    "replicate": pa.int32(),
    "ending": WORD,
    "end_day": pa.float64(),
    "events": pa.int64(),
}
SCHEMAS = {
    "outcomes": pa.schema(list(OUTCOMES_HEAD.items())),
    "places": PLACES,
    "daily": DAILY,
    "cells": CELLS,
}
"""The columns that a table has at least."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text column as whole numbers `codes` into `names`, so that no row carries a Python string."""

    codes: np.ndarray
    names: tuple[str, ...]


Column = np.ndarray | Sequence[Any] | Words
Columns = Mapping[str, Column]


def outcomes_schema(columns: Columns) -> pa.Schema:
    """Return the schema of the outcomes table: the fixed head, then whole numbers as i8 and others as f8."""
    missing = [name for name in OUTCOMES_HEAD if name not in columns]
    if missing:
        raise ValueError(f"the outcomes table lacks the column {missing[0]!r}")
    rest = [(name, _number_type(values)) for name, values in columns.items() if name not in OUTCOMES_HEAD]
    return pa.schema(list(OUTCOMES_HEAD.items()) + rest)


def to_arrow(columns: Columns, schema: pa.Schema) -> pa.Table:
    """Return the columns as an Arrow table; a missing or an unknown column is a ValueError."""
    if set(columns) != set(schema.names):
        wrong = sorted(set(columns) ^ set(schema.names))
        raise ValueError(f"missing or unknown columns: {', '.join(wrong)}")
    return pa.table([_array(columns[field.name], field.type) for field in schema], schema=schema)


class BlockedTable:
    """One Parquet file with one row group per `block` replicates.

    Rows arrive in replicate order in pieces of any size; the bytes do not depend on the pieces, because a row
    group is only written once its last replicate has passed, and its word lists follow its own rows.
    """

    def __init__(self, path: Path, schema: pa.Schema, block: int) -> None:
        """Open the file; `block` is the number of replicates in a row group, at least 1."""
        self._schema, self._block = schema, block
        self._waiting: list[pa.Table] = []
        self._current = 0
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", version="2.6")

    def add(self, columns: Columns) -> None:
        """Take rows of replicates at or after the last ones given."""
        table = to_arrow(columns, self._schema)
        blocks = table["replicate"].to_numpy() // self._block
        if np.any(np.diff(blocks) < 0) or (len(blocks) and blocks[0] < self._current):
            raise ValueError("replicates must arrive in order")
        starts = np.flatnonzero(np.diff(blocks, prepend=-1))
        for start, stop in pairwise([*starts, len(blocks)]):
            self._take(int(blocks[start]), table.slice(start, stop - start))

    def close(self) -> None:
        """Write what waits and the file's footer."""
        self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of the file without caring for what it holds."""
        self._waiting.clear()
        try:
            self._writer.close()
        except OSError:
            return  # the file is about to be deleted; the error that led here is the one to report

    def _take(self, block: int, piece: pa.Table) -> None:
        if block != self._current:
            self._flush()
            self._current = block
        self._waiting.append(piece)

    def _flush(self) -> None:
        if self._waiting:
            table = _same_bytes(self._waiting, self._schema)
            self._waiting = []
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))


def write_table(path: Path, columns: Columns, schema: pa.Schema) -> None:
    """Write a whole table in one row group."""
    table = _same_bytes([to_arrow(columns, schema)], schema)
    pq.write_table(table, path, compression="zstd", version="2.6", row_group_size=max(1, table.num_rows))


def _number_type(values: Column) -> pa.DataType:
    if isinstance(values, Words):
        return WORD
    return pa.int64() if np.asarray(values).dtype.kind in "iub" else pa.float64()


def _array(values: Column, kind: pa.DataType) -> pa.Array:
    if isinstance(values, Words):
        return pa.DictionaryArray.from_arrays(
            pa.array(values.codes, pa.int32()), pa.array(values.names, pa.string())
        )
    if kind == WORD:
        return pa.array([str(word) for word in values], pa.string()).dictionary_encode()
    return pa.array(np.asarray(values), kind)


def _same_bytes(pieces: list[pa.Table], schema: pa.Schema) -> pa.Table:
    """Return one table whose word lists are in order of first appearance, however the rows were cut."""
    joined = pa.concat_tables([piece.cast(_plain(schema)) for piece in pieces]).combine_chunks()
    columns = [
        joined[field.name].combine_chunks().dictionary_encode() if field.type == WORD else joined[field.name]
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(field.name, pa.string() if field.type == WORD else field.type) for field in schema])
