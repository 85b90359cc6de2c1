"""The one answer of a comparison: which scenario matters most for how histories end, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.results.paired import resampled_sums
from simulation.results.telling import (
    Told,
    clear_falls,
    clear_outcomes,
    ending_words,
    largest_first,
    nothing_words,
)
from simulation.results.words import listed


def answer(ranked: Sequence[Told], first_of_hundred: float) -> str:
    """Return the answer in a few sentences; `ranked` has the weightiest scenario first.

    `first_of_hundred` says how often it stays the first when the histories are drawn again.
    """
    most, others = ranked[0], ranked[1:]
    if all(each.identical for each in ranked):
        return nothing_words(most)
    if not largest_first(most.endings):
        return f"{_no_ending(ranked)} {_something_else(ranked)}"
    what = ending_words(most, largest_first(most.endings)[0])
    if not others:
        return f"{most.name} changes how histories end: {what}."
    sure = (
        f"Were the histories drawn again, it would come first in about {first_of_hundred:.0f} of 100 draws."
    )
    return f"{most.name} changes most how histories end: {what}. {sure} {_next(others)}"


def stays_first(endings: Sequence[pd.Series], first: int) -> float:
    """Return in how many of 100 bootstrap samples a scenario moves an ending further than all others.

    `endings` gives the ending of every history, the reference's first; `first` counts from 1.
    """
    ended = [pd.get_dummies(each.reset_index(drop=True)).astype(float) for each in endings]
    moved = [other.sub(ended[0], fill_value=0.0).fillna(0.0) for other in ended[1:]]
    furthest = np.column_stack([np.abs(resampled_sums(each.to_numpy())).max(axis=1) for each in moved])
    return float(100 * (furthest.argmax(axis=1) == first - 1).mean())


def _next(others: Sequence[Told]) -> str:
    second, silent = others[0], [each.name for each in others if not largest_first(each.endings)]
    parts = []
    if largest_first(second.endings):
        parts = [f"Next comes {second.name}: {ending_words(second, largest_first(second.endings)[0])}."]
    if silent:
        parts.append(f"How histories end under {listed(silent)} cannot be told from {second.reference}.")
    return " ".join(parts)


def _no_ending(ranked: Sequence[Told]) -> str:
    who = f"{ranked[0].name} does not change" if len(ranked) == 1 else "None of these scenarios changes"
    return f"{who} clearly how histories end, at {ranked[0].replicates:,} runs."


def _something_else(ranked: Sequence[Told]) -> str:
    for each in ranked:
        for part in (*clear_outcomes(each), *clear_falls(each)):
            where = f". Most differs under {each.name};" if len(ranked) > 1 else ":"
            return f"What can be told apart is something else{where} {part}."
    return "Nothing else can be told apart either."
