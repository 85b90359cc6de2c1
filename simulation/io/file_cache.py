"""Files as they were read: each once, whoever asks, so that everybody sees the same bytes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from simulation.errors import InputError
from simulation.io import csv_rows
from simulation.io.csv_rows import CsvRows, CsvTable, table_of
from simulation.io.text_file import bytes_of, decoded
from simulation.io.yaml_file import MOST_BYTES, YamlSource, read_text

MOST_BYTES_OF_ANY = csv_rows.MOST_BYTES
"""Of a file whose bytes are wanted, whatever it holds."""


class FileCache:
    """What was read from disk, by file.

    It never looks at a file again: whoever is handed the same cache reads what was written there at first. An
    edited file is seen through a new cache.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._bytes: dict[str, bytes] = {}
        self._yaml: dict[Path, YamlSource] = {}
        self._tables: dict[Path, CsvTable] = {}

    def content(self, path: Path) -> bytes:
        """Return the bytes of a file; InputError where it cannot be read or is over 20 MB."""
        key = os.path.abspath(path)
        if key not in self._bytes:
            content = bytes_of(path, MOST_BYTES_OF_ANY + 1, "a file")
            if len(content) > MOST_BYTES_OF_ANY:
                message = f"the file is over {MOST_BYTES_OF_ANY // 1000:,} kB; no file here needs so much"
                raise InputError(message, file=path)
            self._bytes[key] = content
        return self._bytes[key]

    def text(self, path: Path, *, most_bytes: int, kind: str) -> str:
        """Return the text of a file; InputError as in `text_of`."""
        key = os.path.abspath(path)
        content = self._bytes.get(key)
        if content is None:
            content = bytes_of(path, most_bytes + 1, kind)
            if len(content) <= most_bytes:
                self._bytes[key] = content
        return decoded(content, path, most_bytes=most_bytes, kind=kind)

    def yaml(self, path: Path) -> YamlSource:
        """Return the content of a YAML file; InputError as in `read_yaml`."""
        if path not in self._yaml:
            text = self.text(path, most_bytes=MOST_BYTES, kind="a YAML file")
            self._yaml[path] = read_text(text, path)
        return self._yaml[path]

    def rows(self, path: Path, columns: Sequence[str]) -> CsvRows:
        """Return the named columns of a CSV file; InputError as in `CsvTable.rows` and for what is no CSV."""
        return self.table(path).rows(columns)

    def table(self, path: Path) -> CsvTable:
        """Return the whole of a CSV file."""
        if path not in self._tables:
            text = self.text(path, most_bytes=csv_rows.MOST_BYTES, kind="a CSV file")
            self._tables[path] = table_of(text, path)
        return self._tables[path]
