"""What a comparison, a study or a hindcast concludes, on disk: its tables as Parquet, and its sentences as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.outcomes.encodings import HOW


def write_conclusions(tables: Mapping[str, pd.DataFrame], sentences: Sequence[str], folder: Path) -> None:
    """Write tables by name, and sentences as paragraphs of `sentences.txt`."""
    write_tables(tables, folder)
    (folder / "sentences.txt").write_text("\n\n".join(sentences) + "\n", encoding="utf-8")


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables by name; what is no number is text."""
    for name, table in tables.items():
        words = table.astype(dict.fromkeys(table.select_dtypes(exclude="number"), "string"))
        rows = pa.Table.from_pandas(words, preserve_index=False)
        pq.write_table(rows, folder / f"{name}.parquet", **HOW)
