"""The tables of a results folder for other programs: an archive of CSV files, or one workbook.

Rows are read a group at a time, so that no table need fit in memory. Words stand as text, and what is unknown as an
empty cell. The archive depends on the tables alone, to the byte.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from simulation.errors import InputError
from simulation.io.characters import escaped

MARK = "Tables of a results folder, written by simulate export"
"""In every file that is written, so that it may be replaced by the next one."""
ABOUT = "about.txt"
WORKBOOK_HEAD = "docProps/core.xml"
PARQUET, MARK_KEY = ".parquet", b"simulate"
"""Ends the name of a Parquet file; where the mark stands in the metadata of one."""
SHEET_ROWS = 1_048_575
"""Of a sheet, below its heading."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in an archive: the earliest that the format has."""


def write_csv(folder: Path, tables: Sequence[str], about: str, path: Path) -> None:
    """Write tables as CSV files in a ZIP archive, with a line on where they come from."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(ABOUT, _DATE), f"{MARK}\n{about}\n")
        for name in tables:
            info = zipfile.ZipInfo(f"{name}.csv", _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            with _opened(folder, name) as table, archive.open(info, "w", force_zip64=True) as file:
                _write_rows(table, file)


def write_workbook(folder: Path, tables: Sequence[str], about: str, path: Path) -> None:
    """Write tables as the sheets of a workbook (xlsx).

    Errors: InputError where a table has more rows than a sheet, or openpyxl is not installed.
    """
    book = _new_book()
    for name in tables:
        with _opened(folder, name) as table:
            if table.metadata.num_rows > SHEET_ROWS:
                message = (
                    f"has {table.metadata.num_rows:,} rows and a sheet at most {SHEET_ROWS:,}; name the tables "
                    "that you want (--table outcomes), or take --csv"
                )
                raise InputError(message, file=folder / f"{name}.parquet")
            sheet = book.create_sheet(name)
            sheet.append([_cell(sheet, text) for text in table.schema_arrow.names])
            for rows in _groups(table):
                for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    sheet.append([_cell(sheet, value) for value in row])
    book.properties.creator, book.properties.description = "simulate", f"{MARK}: {about}"
    book.save(path)


def is_export(path: Path) -> bool:
    """Return whether a file is one that was written here."""
    if path.suffix == PARQUET:
        return _is_marked(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [each for each in (ABOUT, WORKBOOK_HEAD) if each in archive.namelist()]
            return any(MARK.encode() in archive.read(name)[:4096] for name in names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table as one Parquet file, with the mark in the metadata of its schema."""
    marked = (table.schema.metadata or {}) | {MARK_KEY: MARK.encode()}
    pq.write_table(table.replace_schema_metadata(marked), path)


def _is_marked(path: Path) -> bool:
    try:
        return MARK_KEY in (pq.read_schema(path).metadata or {})
    except (pa.ArrowException, OSError):
        return False


@contextlib.contextmanager
def _opened(folder: Path, name: str) -> Iterator[pq.ParquetFile]:
    """Open a table; InputError where it cannot be read."""
    file = folder / f"{name}.parquet"
    try:
        with pq.ParquetFile(file, page_checksum_verification=True) as table:
            yield table
    except pa.ArrowException as error:
        raise InputError(f"cannot be read as a table: {error}", file=file) from error


def _groups(table: pq.ParquetFile) -> Iterator[pa.Table]:
    """Yield the rows of a table by groups, words as text and what is no number as nothing."""
    for k in range(table.num_row_groups):
        group = table.read_row_group(k)
        yield pa.table({name: _plain(group[name]) for name in group.column_names})


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    if pa.types.is_floating(column.type):
        return pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    return column


def _write_rows(table: pq.ParquetFile, file: Any) -> None:
    """Write the rows of a table as CSV; numbers in as many digits as they have."""
    fields = [
        pa.field(each.name, pa.string() if pa.types.is_dictionary(each.type) else each.type)
        for each in table.schema_arrow
    ]
    with pa_csv.CSVWriter(file, pa.schema(fields)) as writer:
        for rows in _groups(table):
            writer.write_table(rows)


def _new_book() -> Any:
    try:
        from openpyxl import Workbook
    except ImportError:
        message = "a workbook needs openpyxl: pip install 'simulate-conflict[export]', or take --csv"
        raise InputError(message) from None
    return Workbook(write_only=True)


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value for a sheet: a text as a text, even where it looks like a formula."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=escaped(value))
    cell.data_type = "s"
    return cell
