"""The rows of a CSV file with their lines, read in one place."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from simulation.errors import InputError
from simulation.io.characters import composed

MOST_BYTES = 20_000_000
_MOST_LETTERS = 2_000
"""Of one line."""
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_QUOTED = re.compile(r"[\"\0]")
_SAVE = "save it with commas, and decimals with a point"
_NO_COMMAS = "a comma stands between fields only: write decimals with a point and digits without groups"


@dataclass(frozen=True, kw_only=True)
class CsvRows:
    """Columns of text by name, and the line (from 1) that each row stands on."""

    columns: dict[str, list[str]]
    lines: list[int]


@dataclass(frozen=True, kw_only=True)
class CsvTable:
    """A CSV file as it is written: its header and rows of text, and the line (from 1) of each.

    Texts stand without the spaces around them. `comments` are those above the header, by line.
    """

    file: Path
    header: list[str]
    body: list[list[str]]
    lines: list[int]
    comments: dict[int, str] = field(default_factory=dict)

    def rows(self, columns: Sequence[str]) -> CsvRows:
        """Return the named columns, others stay unread.

        Errors: InputError for a column that is missing or there twice, and where there are no rows.
        """
        self._check_header(columns)
        if not self.body:
            raise self._error("no rows below the header")
        places = {name: self.header.index(name) for name in columns}
        return CsvRows(
            columns={name: [row[at] for row in self.body] for name, at in places.items()},
            lines=self.lines[1:],
        )

    def _check_header(self, columns: Sequence[str]) -> None:
        missing = [name for name in columns if name not in self.header]
        if len(missing) == len(columns):
            self._refuse_hidden_header(columns)
        if missing:
            raise self._error(f"missing column {', '.join(missing)}")
        if twice := [name for name in columns if self.header.count(name) > 1]:
            raise self._error(f"two columns are called '{twice[0]}'")

    def _refuse_hidden_header(self, columns: Sequence[str]) -> None:
        """Refuse a comment that holds the names of the columns, as in `#name,lat,lon`."""
        for line, comment in self.comments.items():
            names = {name.strip() for name in comment.removeprefix("#").split(",")}
            if len(names) > 1 and names & set(columns) and not any(" " in name for name in names):
                message = (
                    "a line that begins with '#' is a comment; the names of the columns stand without it"
                )
                raise InputError(message, file=self.file, line=line)

    def _error(self, message: str) -> InputError:
        return InputError(message, file=self.file, line=self.lines[0] if self.lines else 1)


def table_of(text: str, file: Path) -> CsvTable:
    """Return the table in the text of a file; lines that begin with # are comments.

    Errors: InputError for a row of another length than the header or that is no CSV, and for fields that
    something else than commas separates.
    """
    rows: list[list[str]] = []
    lines: list[int] = []
    comments: dict[int, str] = {}
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.startswith("#") and not rows:
            comments[number] = line
        if not line.strip() or line.startswith("#"):
            continue
        row = _row(file, line, number)
        if not rows:
            _check_separator(row, file, number)
        elif len(row) != len(rows[0]):
            raise _wrong_length(row, rows[0], file, number)
        rows.append(row)
        lines.append(number)
    return CsvTable(file=file, header=rows[0] if rows else [], body=rows[1:], lines=lines, comments=comments)


def _row(file: Path, line: str, number: int) -> list[str]:
    if len(line) > _MOST_LETTERS:
        raise InputError(f"a row of {len(line):,} letters is too long", file=file, line=number)
    if line.isascii() and not _QUOTED.search(line):  # most lines, in a quarter of the time
        return [text.strip() for text in line.split(",")]
    try:
        row = next(csv.reader([line], strict=True))
    except csv.Error as error:
        words = "a quote is not closed" if "unexpected end" in str(error) else str(error)
        raise InputError(f"not a row of a CSV file: {words}", file=file, line=number) from None
    return [composed(text.strip()) for text in row]


def _check_separator(header: list[str], file: Path, number: int) -> None:
    """Refuse a header that is one field to us and several to whoever wrote it."""
    text = ",".join(header)
    if text.lower().startswith("sep="):
        raise InputError(
            f"leave out the line '{text}', which is for spreadsheets only", file=file, line=number
        )
    for mark, called in _SEPARATORS.items():
        if len(header) == 1 and mark in text:
            raise InputError(
                f"{called} stand between the fields of this file; {_SAVE}", file=file, line=number
            )
    if len(header) == 1 and "," in text:
        raise InputError("the whole line is in quotes; save the file without them", file=file, line=number)


def _wrong_length(row: list[str], header: list[str], file: Path, number: int) -> InputError:
    is_cut = len(row) > len(header) and any(_is_cut_number(*pair) for pair in pairwise(row))
    why = f"; {_NO_COMMAS}" if is_cut else ""
    return InputError(f"expected {len(header)} fields, got {len(row)}{why}", file=file, line=number)


def _is_cut_number(left: str, right: str) -> bool:
    """Say whether two fields may be one number with a comma in it."""
    return left.removeprefix("-").isdecimal() and right.isdecimal()
