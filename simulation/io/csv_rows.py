"""The rows of a CSV file with their lines, read in one place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError

MOST_BYTES = 20_000_000
_MOST_LETTERS = 2_000
"""Of one line."""


@dataclass(frozen=True, kw_only=True)
class CsvRows:
    """Columns of text by name, and the line (from 1) that each row stands on."""

    columns: dict[str, list[str]]
    lines: list[int]


@dataclass(frozen=True, kw_only=True)
class CsvTable:
    """A CSV file as it is written: its header and rows of text, and the line (from 1) of each."""

    file: Path
    header: list[str]
    body: list[list[str]]
    lines: list[int]

    def rows(self, columns: Sequence[str]) -> CsvRows:
        """Return the named columns, others stay unread; InputError for a column or for rows that are not there."""
        missing = [name for name in columns if name not in self.header]
        first = self.lines[0] if self.lines else 1
        if missing:
            raise InputError(f"missing column {', '.join(missing)}", file=self.file, line=first)
        if not self.body:
            raise InputError("no rows below the header", file=self.file, line=first)
        places = {name: self.header.index(name) for name in columns}
        return CsvRows(
            columns={name: [row[at] for row in self.body] for name, at in places.items()},
            lines=self.lines[1:],
        )


def table_of(text: str, file: Path) -> CsvTable:
    """Return the table in the text of a file; lines that begin with # are comments.

    Errors: InputError for a row of another length than the header or that is no CSV.
    """
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
    return CsvTable(file=file, header=rows[0] if rows else [], body=rows[1:], lines=lines)


def _row(file: Path, line: str, number: int) -> list[str]:
    if len(line) > _MOST_LETTERS:
        raise InputError(f"a row of {len(line):,} letters is too long", file=file, line=number)
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error as error:
        raise InputError(f"not a row of a CSV file: {error}", file=file, line=number) from None
