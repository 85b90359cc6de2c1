"""How tables are written: Parquet with the encodings, column by column, by which they take least."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

HOW: dict[str, Any] = {"compression": "zstd", "version": "2.6", "write_page_checksum": True}
"""How every table is written; the checksum of a page is found wrong by any reader that looks."""
REPEATED = {"daily": ("replicate", "day"), "places": ("replicate",), "cells": ("day", "probability")}
"""Numbers of which few differ, so that a list of them and small numbers into it take less; words are so anyway."""
SPLIT = "outcomes"
"""The table whose numbers hardly repeat."""
LEVELS = {"value": 1, "series": 6, "actor": 6}
"""Of zstd by column, 3 for others: more finds nothing more in daily values, but takes longer."""


def how(table: str, schema: pa.Schema) -> dict[str, Any]:
    """Return how a table of a run is written; the figures behind it are in docs/results.md.

    Numbers that hardly repeat are written by byte, the first of all of them before the second (BYTE_STREAM_SPLIT), for
    their first bytes are alike; daily values as they stand (PLAIN), so that a day is found again as the bytes of the
    day before. Ranges are noted of the replicates alone, by which a reader skips row groups.
    """
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    split = [field.name for field in schema if table == SPLIT and pa.types.is_floating(field.type)]
    return HOW | {
        "use_dictionary": [*words, *REPEATED.get(table, ())],
        "column_encoding": dict.fromkeys(split, "BYTE_STREAM_SPLIT"),
        "compression_level": {name: LEVELS.get(name, 3) for name in schema.names},
        "write_statistics": [name for name in ("replicate",) if name in schema.names],
    }
