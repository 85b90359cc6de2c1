"""Daily series as arrays (histories, days), some whole histories at a time: those of all may not fit in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

Panels = Mapping[str, Mapping[str, np.ndarray]]
"""By series and actor the values, f8 (histories, days)."""


def panels_of(
    table: pq.ParquetFile, series: Collection[str], replicates: np.ndarray, days: np.ndarray
) -> Iterator[tuple[slice, Panels]]:
    """Yield some daily series by the row groups of their table, each with the `replicates` (n,) that it is of.

    A history that ended early keeps its last value to the last of the `days`. Errors: ValueError for a row after it.
    """
    for k in range(table.num_row_groups):
        group = table.read_row_group(k)
        numbers = group["replicate"].to_numpy()
        if len(numbers):
            first, last = np.searchsorted(replicates, numbers[[0, -1]])
            some = slice(int(first), int(last) + 1)
            yield some, _panels(group, numbers, series, replicates[some], days)


def _panels(
    group: pa.Table, numbers: np.ndarray, series: Collection[str], replicates: np.ndarray, days: np.ndarray
) -> Panels:
    of_series, of_actors = (group[name].combine_chunks() for name in ("series", "actor"))
    known, actors = of_series.dictionary.to_pylist(), of_actors.dictionary.to_pylist()
    codes, whose = of_series.indices.to_numpy(), of_actors.indices.to_numpy()
    on, values = group["day"].to_numpy(), group["value"].to_numpy()
    if on.size and not (on <= days[-1]).all():
        raise ValueError("it has a day after the end of all histories")
    wanted = np.isin(known, list(series))
    rows = np.flatnonzero(wanted[codes]) if wanted.any() else np.empty(0, np.int64)
    # The end of a history stands on the first day that is no earlier.
    at = np.searchsorted(replicates, numbers[rows]) * len(days) + np.searchsorted(days, on[rows])
    pairs = (codes[rows] * len(actors) + whose[rows]).astype(np.min_scalar_type(len(known) * len(actors)))
    order = np.argsort(pairs, kind="stable")  # of small numbers: that takes one look at each
    rows, at, pairs = rows[order], at[order], pairs[order]
    _, starts = np.unique(pairs, return_index=True)
    found: dict[str, dict[str, np.ndarray]] = {name: {} for name in series}
    for start, stop in sorted(pairwise([*starts.tolist(), len(rows)]), key=lambda part: rows[part[0]]):
        of, actor = divmod(int(pairs[start]), len(actors))
        panel = np.full(len(replicates) * len(days), np.nan)
        panel[at[start:stop]] = values[rows[start:stop]]
        found[known[of]][actors[actor]] = carry_forward(panel.reshape(len(replicates), len(days)))
    return found


def carry_forward(values: np.ndarray) -> np.ndarray:
    """Return the array with every NaN replaced by the last number before it in its row.

    A row that begins with NaN keeps it: nothing is known before its first number.
    """
    seen = np.where(np.isnan(values), 0, np.arange(values.shape[1]))
    return np.take_along_axis(values, np.maximum.accumulate(seen, axis=1), axis=1)
