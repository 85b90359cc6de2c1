"""The rows of a large CSV file one after the other, as data banks publish them: quoted fields may hold line breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulation.errors import InputError
from simulation.io.characters import composed

Row = tuple[int, dict[str, str]]
"""The line (from 1) on which a row ends, and its texts by column."""


def rows_of(path: Path, needed: Sequence[str], welcome: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the rows of a CSV file with the columns that are needed, and those that are welcome if they are there.

    Other columns are passed over. Errors: InputError for a file that cannot be read, is not UTF-8, lacks a needed
    column or has one twice, and for a row of another length than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [name.strip() for name in next(reader, [])]
            places = _places(header, needed, welcome, path)
            for row in reader:
                if row and len(row) != len(header):
                    message = f"expected {len(header)} fields, got {len(row)}"
                    raise InputError(message, file=path, line=reader.line_num)
                if row:
                    yield reader.line_num, {name: composed(row[at].strip()) for name, at in places.items()}
    except FileNotFoundError:
        raise InputError("there is no such file", file=path) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8 text; save the file as UTF-8", file=path) from None
    except csv.Error as error:
        raise InputError(f"not a CSV file: {error}", file=path) from None
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", file=path) from None


def _places(header: list[str], needed: Sequence[str], welcome: Sequence[str], path: Path) -> dict[str, int]:
    if missing := [name for name in needed if name not in header]:
        raise InputError(f"missing column {', '.join(missing)}", file=path, line=1)
    wanted = [name for name in (*needed, *welcome) if name in header]
    if twice := [name for name in wanted if header.count(name) > 1]:
        raise InputError(f"two columns are called '{twice[0]}'", file=path, line=1)
    return {name: header.index(name) for name in wanted}
