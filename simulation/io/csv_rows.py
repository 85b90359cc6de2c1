"""The rows of a CSV file with their lines, read in one place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.io.text_file import text_of

MOST_BYTES = 20_000_000
_MOST_LETTERS = 2_000
"""Of one line."""


@dataclass(frozen=True, kw_only=True)
class CsvRows:
    """Columns of text by name, and the line (from 1) that each row stands on."""

    columns: dict[str, list[str]]
    lines: list[int]


def read_rows(file: Path, columns: Sequence[str]) -> CsvRows:
    """Return the named columns of a CSV file, others stay unread; lines that begin with # are comments.

    Errors: InputError for a file that cannot be read as text, has no row or lacks a column, and for a row of
    another length than the header or that is no CSV.
    """
    rows, lines = _rows(file, text_of(file, most_bytes=MOST_BYTES, kind="a CSV file"))
    header = rows[0] if rows else []
    missing = [name for name in columns if name not in header]
    if missing:
        raise InputError(f"missing column {', '.join(missing)}", file=file, line=lines[0] if lines else 1)
    if len(rows) < 2:
        raise InputError("no rows below the header", file=file, line=lines[0])
    places = {name: header.index(name) for name in columns}
    return CsvRows(
        columns={name: [row[at] for row in rows[1:]] for name, at in places.items()}, lines=lines[1:]
    )


def _rows(file: Path, text: str) -> tuple[list[list[str]], list[int]]:
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = _row(file, line.removesuffix("\r"), number)
        if rows and len(row) != len(rows[0]):
            raise InputError(f"expected {len(rows[0])} fields, got {len(row)}", file=file, line=number)
        rows.append(row)
        lines.append(number)
    return rows, lines


def _row(file: Path, line: str, number: int) -> list[str]:
    if len(line) > _MOST_LETTERS:
        raise InputError(f"a row of {len(line):,} letters is too long", file=file, line=number)
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise InputError(f"not a row of a CSV file: {error}", file=file, line=number) from None
