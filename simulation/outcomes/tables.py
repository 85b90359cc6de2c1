"""The four tables of a results folder: their columns, and how rows become Parquet row groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.outcomes.encodings import how

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


MOST_ROWS = 250_000
"""Of a row group, but for its last replicate: so many wait in memory until they are written."""
MOST_PIECES = 64
"""That wait side by side: many small ones take more memory for what they are than for what they hold."""


def at_once(work: Callable[[], object]) -> None:
    """Do something that might also be done later."""
    work()


class BlockedTable:
    """One Parquet file with one row group per `block` replicates, or fewer where these have `most` rows already.

    Rows arrive in replicate order in pieces of any size; the bytes do not depend on the pieces, because a row
    group is only written once its last replicate has passed, and its word lists follow its own rows.
    """

    def __init__(
        self,
        path: Path,
        schema: pa.Schema,
        block: int,
        most: int = MOST_ROWS,
        do: Callable[[Callable[[], object]], None] = at_once,
    ) -> None:
        """Open the file; `block` is the number of replicates in a row group, at least 1.

        `do` has a row group written, now or later, one after the other.
        """
        self._schema, self._block, self._most, self._do = schema, block, most, do
        self._waiting: list[pa.Table] = []
        self._current = self._last = self._rows = 0
        self._writer = pq.ParquetWriter(path, schema, **how(path.stem, schema))

    def add(self, columns: Columns) -> pa.Table:
        """Take rows of replicates at or after the last ones given; return them as a table."""
        table = to_arrow(columns, self._schema)
        self.add_table(table)
        return table

    def add_table(self, table: pa.Table) -> None:
        """Take rows as `add` does, of a table with these very columns."""
        numbers = table["replicate"].to_numpy()
        if np.any(np.diff(numbers) < 0) or (len(numbers) and numbers[0] < self._last):
            raise ValueError("replicates must arrive in order")
        begin, starts = 0, np.flatnonzero(np.diff(numbers, prepend=-1))
        for start, stop in pairwise([*starts.tolist(), len(numbers)]):
            replicate = int(numbers[start])
            if self._is_full(replicate):
                self._hold(table.slice(begin, start - begin))
                self._flush()
                begin = start
            self._current, self._last = replicate // self._block, replicate
            self._rows += stop - start
        self._hold(table.slice(begin))

    def close(self) -> None:
        """Write what waits and the file's footer."""
        self._flush()
        self._do(self._writer.close)

    def abandon(self) -> None:
        """Let go of the file without caring for what it holds; nothing may be about to be written."""
        self._waiting.clear()
        try:
            self._writer.close()
        except OSError:
            return  # the file is about to be deleted; the error that led here is the one to report

    def _is_full(self, replicate: int) -> bool:
        """Return whether rows of a replicate begin another row group."""
        if replicate // self._block != self._current:
            return True
        return replicate != self._last and self._rows >= self._most

    def _hold(self, piece: pa.Table) -> None:
        if piece.num_rows:
            self._waiting.append(piece)
        if len(self._waiting) >= MOST_PIECES:
            self._waiting = [_joined(self._waiting)]

    def _flush(self) -> None:
        pieces, self._waiting, self._rows = self._waiting, [], 0
        if pieces:
            self._do(lambda: self._write(pieces))

    def _write(self, pieces: list[pa.Table]) -> None:
        table = _same_bytes(pieces, self._schema)
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))


def write_table(path: Path, columns: Columns, schema: pa.Schema) -> None:
    """Write a whole table in one row group."""
    table = _same_bytes([to_arrow(columns, schema)], schema)
    pq.write_table(table, path, row_group_size=max(1, table.num_rows), **how(path.stem, schema))


def to_columns(table: pa.Table) -> Columns:
    """Return the columns of a table that was written here."""
    return {name: _column(table[name].combine_chunks()) for name in table.column_names}


def _column(values: pa.Array) -> Column:
    if values.type != WORD:
        return np.asarray(values.to_numpy(zero_copy_only=False))
    return Words(codes=values.indices.to_numpy(), names=tuple(values.dictionary.to_pylist()))


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
    joined = _joined(pieces)
    columns = [
        _as_they_appear(joined[field.name]) if field.type == WORD else joined[field.name] for field in schema
    ]
    return pa.table(columns, schema=schema)


def _joined(pieces: list[pa.Table]) -> pa.Table:
    """Return some tables as one, each column in one piece."""
    return pa.concat_tables(pieces).unify_dictionaries().combine_chunks()


def _as_they_appear(words: pa.ChunkedArray) -> pa.DictionaryArray:
    """Return words, all chunks with the same list, as one array whose list has those that appear, in that order."""
    if not len(words):
        return pa.array([], pa.string()).dictionary_encode()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in words.chunks])
    known = len(words.chunk(0).dictionary)
    first = np.full(known, len(codes))
    first[codes[::-1]] = np.arange(
        len(codes) - 1, -1, -1
    )  # of a word that is there twice the last one given stays
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(codes))]
    renumbered = np.zeros(known, np.int32)
    renumbered[order] = np.arange(len(order))
    return pa.DictionaryArray.from_arrays(
        pa.array(renumbered[codes]), words.chunk(0).dictionary.take(pa.array(order))
    )
