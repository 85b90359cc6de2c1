"""What JSON can hold: a number that is not finite becomes null."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def plain(value: Any) -> Any:
    """Return a value; None for a NaN or an infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column."""
    return [{str(name): plain(value) for name, value in row.items()} for row in table.to_dict("records")]


Row = Mapping[str, Any]
"""A row of a table by column."""


def rows_of(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
