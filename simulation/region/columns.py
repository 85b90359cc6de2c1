"""A CSV table held as text columns that remember their lines, and typed columns taken from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulation.errors import InputError
from simulation.io.characters import unseen
from simulation.io.file_cache import FileCache
from simulation.io.numeral import number_of, plain_numbers, remark, unclear, whole
from simulation.io.pydantic_messages import describe, suggestion


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Columns of text from one file, and the line each row began on."""

    file: Path
    columns: dict[str, list[str]]
    lines: list[int]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def error(self, row: int, column: str, message: str) -> InputError:
        """Return the error that names a row's line and column."""
        return InputError(message, file=self.file, line=self.lines[row], path=column)

    def numbers(self, column: str, low: float, high: float) -> np.ndarray:
        """Return a column as f8; raises InputError for text, NaN or a number outside low to high."""
        return self._typed(column, "a number", low, high, np.float64)

    def integers(self, column: str, low: int, high: int) -> np.ndarray:
        """Return a column as i8; raises InputError for anything but whole numbers from low to high."""
        return self._typed(column, "a whole number", low, high, np.int64)

    def indices(self, column: str, words: Sequence[str], nothing: str | None = None) -> np.ndarray:
        """Return each word's index in `words` as i2, -1 for `nothing`; any other word is an InputError."""
        index = {word: position for position, word in enumerate(words)} | (
            {} if nothing is None else {nothing: -1}
        )
        for row, word in enumerate(self.columns[column]):
            if word not in index:
                raise self.error(row, column, f"unknown '{word}'{suggestion(word, words)}")
        return np.array([index[word] for word in self.columns[column]], dtype=np.int16)

    def require_unique(self, column: str) -> None:
        """Raise InputError for a value that stands in the column twice."""
        seen: set[str] = set()
        for row, value in enumerate(self.columns[column]):
            if value in seen:
                raise self.error(row, column, f"'{value}' stands here twice")
            seen.add(value)

    def require_visible(self, column: str) -> None:
        """Raise InputError for a name with a character that cannot be seen."""
        for row, name in enumerate(self.columns[column]):
            if wrong := unseen(name):
                raise self.error(row, column, wrong)

    def _typed(self, column: str, kind: str, low: float, high: float, dtype: type) -> np.ndarray:
        wants_whole, values = np.issubdtype(dtype, np.integer), []
        plain = plain_numbers(self.columns[column], whole=wants_whole)
        if plain and low <= min(plain) and max(plain) <= high:
            return np.array(plain, dtype=dtype)
        for row, text in enumerate(self.columns[column]):
            value = whole(number_of(text))
            if wants_whole and (written := unclear(text)):
                raise self.error(row, column, f"must be {kind}, and {describe(text)} may be two{written}")
            if value is None or (wants_whole and math.isfinite(value) and value != int(value)):
                raise self.error(row, column, f"must be {kind}, not {describe(text)}{remark(text)}")
            if not low <= value <= high:
                raise self.error(row, column, f"must be {kind} from {low} to {high}, not {describe(value)}")
            values.append(value)
        return np.array(values, dtype=dtype)


def read_table(file: Path, columns: Sequence[str], files: FileCache) -> Columns:
    """Return the named columns of a CSV file; InputError as in `FileCache.rows`."""
    rows = files.rows(file, columns)
    return Columns(file=file, columns=rows.columns, lines=rows.lines)
