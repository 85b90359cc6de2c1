"""From the values of played histories to the tables of a study by variance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from simulation.sensitivity_analysis.estimates import IndexEstimate, chance_share
from simulation.sensitivity_analysis.finding import Trouble, TroubleKind
from simulation.sensitivity_analysis.first_order import (
    Parts,
    first_order,
    reference,
    reference_together,
    together,
)
from simulation.sensitivity_analysis.groups import groups, rank_ranges
from simulation.sensitivity_analysis.sentences import trouble_words
from simulation.sensitivity_analysis.study import CHANCE, OTHERS, StudiedOutcome
from simulation.sensitivity_analysis.total import DesignRows, chance_alone, total_of_expected, total_with_luck

FEW = 30
"""Cases that must differ from the commonest value of an outcome before its variance is split."""
FOLLOWED = 5
SMALLEST = 64
_ENDS = ("share", "low", "high")
_RANKS = ("group", "best_rank", "worst_rank")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "first_order": (
        "outcome", "input", *_ENDS, "explainable", "explainable_low", "explainable_high", "reference", *_RANKS,
    ),
    "overall": ("input", *_ENDS, "reference", *_RANKS),
    "total": ("outcome", "input", *_ENDS, "with_luck", "with_luck_low", "with_luck_high", *_RANKS),
    "convergence": ("outcome", "input", "cases", *_ENDS),
}  # fmt: skip
"""The columns of the tables that can be empty, which they have then too."""
_WORDS, _WHOLE = ("outcome", "input"), ("cases", *_RANKS)


def troubles(y: np.ndarray) -> list[Trouble | None]:
    """Return for each outcome why nothing is said of it, or None; y is (cases, replicates, outcomes)."""
    return [_trouble(column) for column in np.moveaxis(y, 2, 0)]


def _trouble(values: np.ndarray) -> Trouble | None:
    found, counts = np.unique(values, return_counts=True)
    if len(found) < 2:
        return Trouble(kind=TroubleKind.SAME)
    common = found[np.argmax(counts)]
    other = int((values != common).any(axis=1).sum())
    if other >= FEW:
        return None
    numbers = {"usual": float(common), "other": other, "cases": len(values)}
    return Trouble(kind=TroubleKind.RARE, numbers=numbers)


def chance_table(
    outcomes: Sequence[StudiedOutcome], y: np.ndarray, rows: DesignRows | None, said: Sequence[Trouble | None]
) -> pd.DataFrame:
    """Return the table `chance`, one row for each outcome."""
    share = chance_share(y)
    blank = IndexEstimate(value=np.full(len(outcomes), np.nan), error=np.full(len(outcomes), np.nan))
    alone = blank if rows is None else chance_alone(rows)
    table = pd.DataFrame(
        {
            "outcome": [each.name for each in outcomes],
            "mean": y.mean(axis=(0, 1)),
            "deviation": y.std(axis=(0, 1)),
            **_columns("share", share, shares=True),
            **_columns("alone", alone, shares=True),
            "trouble": [trouble_words(trouble) if trouble else "" for trouble in said],
        }
    )
    table.loc[[trouble is not None for trouble in said], ["share", "low", "high"]] = np.nan
    table.loc[silent(rows, said), ["alone", "alone_low", "alone_high"]] = np.nan
    return table


def silent(rows: DesignRows | None, said: Sequence[Trouble | None]) -> np.ndarray:
    """Return for each outcome whether the rows say too little of it, as its cases may do."""
    if rows is None:
        return np.ones(len(said), bool)
    in_rows = troubles(np.stack([rows.first[:, 1], rows.second], axis=1))
    return np.array([one is not None or other is not None for one, other in zip(in_rows, said, strict=True)])


def first_table(
    outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], x: np.ndarray, y: np.ndarray,
    said: Sequence[Trouble | None], seed: int, parts: Parts | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the table `first_order`, strongest first within each outcome; nothing where trouble is said.

    `inputs` names the entries, `parts` has the columns of `x` of each; without it each column is one.
    """
    share = first_order(x, y, parts=parts)
    explained = first_order(x, y, explainable=y.shape[1] > 1, parts=parts)
    marks = reference(x, y, seed, parts=parts)
    tables = [
        _first(each.name, inputs, _only(share, k), _only(explained, k), float(marks[k]))
        for k, each in enumerate(outcomes)
        if said[k] is None
    ]
    return _together("first_order", tables)


def _together(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return a table of the parts; without any it has no rows, but the columns and types that it always has."""
    if parts:
        return pd.concat(parts, ignore_index=True)[list(COLUMNS[name])]
    return pd.DataFrame({column: pd.Series([], dtype=_type_of(column)) for column in COLUMNS[name]})


def _type_of(column: str) -> str:
    if column in _WORDS:
        return "str"
    return "int64" if column in _WHOLE else "float64"


def _first(
    outcome: str, inputs: Sequence[str], share: IndexEstimate, explained: IndexEstimate, mark: float
) -> pd.DataFrame:
    return ranked(
        pd.DataFrame(
            {
                "outcome": outcome,
                "input": list(inputs),
                **_columns("share", share, shares=True),
                **_columns("explainable", explained, shares=True),
                "reference": mark,
            }
        ),
        share,
        share.value > mark,
    )


def overall_table(
    inputs: Sequence[str], x: np.ndarray, y: np.ndarray, said: Sequence[Trouble | None], seed: int,
    parts: Parts | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return the table `overall`, strongest first: shares of all outcomes of which something is said."""
    good = [k for k, trouble in enumerate(said) if trouble is None]
    if not good:
        return _together("overall", ())
    known = _only(together(x, y[:, :, good], parts), 0)
    mark = reference_together(x, y[:, :, good], seed, parts)
    rows = pd.DataFrame({"input": list(inputs), **_columns("share", known, shares=True), "reference": mark})
    return _together("overall", [ranked(rows, known, known.value > mark)])


def total_table(
    outcomes: Sequence[StudiedOutcome],
    entries: Sequence[str],
    rows: DesignRows | None,
    said: Sequence[Trouble | None],
) -> pd.DataFrame:
    """Return the table `total`, the entries being the inputs kept and, last, all the others; empty without rows."""
    if rows is None:
        return _together("total", ())
    expected, lucky, unsaid = total_of_expected(rows), total_with_luck(rows), silent(rows, said)
    parts = [
        _total(each.name, entries, _only(expected, k), _only(lucky, k))
        for k, each in enumerate(outcomes)
        if not unsaid[k]
    ]
    return _together("total", parts)


def _total(
    outcome: str, entries: Sequence[str], expected: IndexEstimate, lucky: IndexEstimate
) -> pd.DataFrame:
    single = np.array([name != OTHERS for name in entries])
    table = pd.DataFrame(
        {
            "outcome": outcome,
            "input": list(entries),
            **_columns("share", expected, shares=True),
            **_columns("with_luck", lucky, shares=True),
        }
    )
    return ranked(table, expected, single & (expected.low > 0))


def ranked(table: pd.DataFrame, estimate: IndexEstimate, kept: np.ndarray) -> pd.DataFrame:
    """Return the table with columns group, best_rank and worst_rank, 0 where not kept; largest first."""
    group, best, worst = (np.zeros(len(table), np.int64) for _ in range(3))
    for number, members in enumerate(groups(estimate, kept), start=1):
        group[members] = number
    for entry, (high, low) in rank_ranges(estimate, kept).items():
        best[entry], worst[entry] = high, low
    table = table.assign(group=group, best_rank=best, worst_rank=worst)
    order = np.lexsort((-np.nan_to_num(estimate.value, nan=-np.inf), np.where(kept, 0, 1)))
    return table.iloc[order].reset_index(drop=True)


def convergence_table(
    first: pd.DataFrame,
    inputs: Sequence[str],
    x: np.ndarray,
    y: np.ndarray,
    outcomes: Sequence[StudiedOutcome],
    parts: Parts | None = None,
) -> pd.DataFrame:
    """Return the table `convergence`: chance and each outcome's strongest inputs after 64, 128 … cases."""
    sizes = [SMALLEST << k for k in range(32) if SMALLEST << k < len(x)] + [len(x)]
    columns, found_rows = parts or [[k] for k in range(len(inputs))], []
    for k, each in enumerate(outcomes):
        rows = first[(first["outcome"] == each.name)]
        if rows.empty:
            continue
        names = list(rows["input"][rows["group"] > 0][:FOLLOWED])
        entries = [columns[inputs.index(name)] for name in names]
        for size in sizes:
            some = y[:size, :, k : k + 1]
            found = [(CHANCE, _only(chance_share(some), 0))] if y.shape[1] > 1 else []
            if entries:
                share = _only(first_order(x[:size], some, parts=entries), 0)
                found += [
                    (name, IndexEstimate(value=v, error=e))
                    for name, v, e in zip(names, share.value, share.error, strict=True)
                ]
            found_rows += [
                {"outcome": each.name, "input": name, "cases": size, **_ends(e)} for name, e in found
            ]
    return _together("convergence", [pd.DataFrame(found_rows)] if found_rows else ())


def _only(estimate: IndexEstimate, outcome: int) -> IndexEstimate:
    """Return an estimate of one outcome, the last axis taken away."""
    return IndexEstimate(value=estimate.value[..., outcome], error=estimate.error[..., outcome])


def _columns(name: str, estimate: IndexEstimate, *, shares: bool = False) -> dict[str, np.ndarray]:
    """Return columns for a value and its interval; `share` itself has no prefix.

    A share and the ends of its interval are cut to 0 to 1 alike, so that it lies within both. Estimates of small
    shares fall below 0 by chance; ranks and groups are made from them as they are.
    """
    prefix = "" if name == "share" else f"{name}_"
    found = {name: estimate.value, f"{prefix}low": estimate.low, f"{prefix}high": estimate.high}
    return {key: np.clip(value, 0, 1) for key, value in found.items()} if shares else found


def share_columns(estimate: IndexEstimate) -> dict[str, np.ndarray]:
    """Return the columns share, low and high of an estimate, cut to 0 to 1."""
    return _columns("share", estimate, shares=True)


def _ends(estimate: IndexEstimate) -> dict[str, float]:
    return {name: float(value) for name, value in _columns("share", estimate, shares=True).items()}
