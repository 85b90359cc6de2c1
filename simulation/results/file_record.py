"""What a manifest says of each file of its folder: how long it is and its SHA-256, and whether it is still so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, Field

from simulation.errors import InputError

AGAIN = "run its command again"


class FileRecord(BaseModel):
    """A file as it was written."""

    model_config = ConfigDict(frozen=True, strict=True, use_attribute_docstrings=True)

    bytes: int = Field(ge=0)
    """Its length [bytes]."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """The SHA-256 of its bytes, 64 hexadecimal digits."""
    rows: int | None = None
    """The number of rows of a table; null for any other file."""


FileRecords = Mapping[str, FileRecord]
"""Records by path within the folder, with slashes."""


def files_below(folder: Path) -> Iterator[str]:
    """Yield the path of every file in a folder and below, in alphabetical order."""
    yield from sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def record_of(file: Path) -> FileRecord:
    """Return the record of a file as it is now; OSError where it cannot be read."""
    rows = pq.read_metadata(file).num_rows if file.suffix == ".parquet" else None
    return FileRecord(bytes=file.stat().st_size, sha256=sha256_of(file), rows=rows)


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_file(folder: Path, name: str, records: FileRecords) -> None:
    """Refuse a file that is not as it was written.

    Errors: InputError, which names the file, for one that is missing, has changed or is in no record.
    """
    fault = fault_of(folder / name, records.get(name))
    if fault:
        raise InputError(fault, file=folder / name)


def fault_of(file: Path, record: FileRecord | None) -> str:
    """Return in words what is wrong with a file, or nothing."""
    if record is None:
        return f"the manifest has no checksum of it, so it may be another run's; {AGAIN}"
    try:
        found = file.stat()
        if not S_ISREG(found.st_mode):
            return f"not an ordinary file; {AGAIN}"
        length = found.st_size
        changed = length == record.bytes and sha256_of(file) != record.sha256
    except FileNotFoundError:
        return f"missing, though the manifest lists it; {AGAIN}"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if length != record.bytes:
        return f"has changed since it was written: it has {length:,} bytes, not {record.bytes:,}; {AGAIN}"
    return f"has changed since it was written: its checksum is another; {AGAIN}" if changed else ""


def rows_fault(file: Path, record: FileRecord) -> str:
    """Return in words what is wrong with the number of rows of a table, or nothing."""
    if record.rows is None:
        return ""
    try:
        rows = pq.read_metadata(file).num_rows
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read as a table: {error}"
    return "" if rows == record.rows else f"has {rows:,} rows, not {record.rows:,}; {AGAIN}"
