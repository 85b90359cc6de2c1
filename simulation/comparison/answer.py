"""The answer of a comparison: which scenario matters most for how histories end, how sure that is, and civilians."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.comparison.civilians import civilians_words, killed_row, ratio_size
from simulation.comparison.sentences import (
    CLEAR,
    Told,
    clear_falls,
    clear_outcomes,
    clearest_first,
    ending_words,
    largest_first,
    nothing_words,
)
from simulation.statistics.paired import resampled_sums
from simulation.wording.phrases import listed, under

ENDS, CIVILIANS, ELSE = "How it ends", "Civilians", "What else"
REFERENCE = (
    "The reference, which stands after “instead of”, is the scenario {} as it is, not what really happened."
)


def answer(ranked: Sequence[Told], first_of_hundred: float) -> str:
    """Return the answer as lines, each with a head and a colon; the first says what the reference is.

    `ranked` has the scenario first that moves an ending furthest; `first_of_hundred` says how often it stays
    the first when all histories are played again.
    """
    if all(each.identical for each in ranked):
        return nothing_words(ranked[0])
    lines = [f"{ENDS}: {_ends(ranked, first_of_hundred)}"]
    civilians = civilians_words(ranked)
    if civilians:
        lines.append(f"{CIVILIANS}: {civilians}")
    if not any(_told_above(each) for each in ranked):
        lines.append(f"{ELSE}: {_something_else(ranked)}")
    return "\n".join(lines)


def weight(told: Told) -> tuple[float, float, int]:
    """Return how much differs, to rank by: the largest clear change of an ending, then of the number killed.

    That is as drawn: a difference of shares, and a ratio in doublings; at last counts the number of clear
    outcomes.
    """
    endings, row = largest_first(told.endings), killed_row(told)
    killed = ratio_size(row) if row is not None and row["verdict"] in CLEAR else 0.0
    return (abs(endings[0]["difference"]) if endings else 0.0, killed, len(clearest_first(told.outcomes)))


def stays_first(endings: Sequence[pd.Series], first: int) -> float:
    """Return in how many of 100 bootstrap samples a scenario moves an ending further than all others.

    `endings` gives the ending of every history, the reference's first; `first` counts from 1.
    """
    ended = [pd.get_dummies(each.reset_index(drop=True)).astype(float) for each in endings]
    moved = [other.sub(ended[0], fill_value=0.0).fillna(0.0) for other in ended[1:]]
    furthest = np.column_stack([np.abs(resampled_sums(each.to_numpy())).max(axis=1) for each in moved])
    return float(100 * (furthest.argmax(axis=1) == first - 1).mean())


def _ends(ranked: Sequence[Told], first_of_hundred: float) -> str:
    most, others = ranked[0], ranked[1:]
    reference = REFERENCE.format(most.reference)
    if not largest_first(most.endings):
        return f"{_no_ending(ranked)} {reference}"
    told = f"{under(most.name)} {_first_ending(most)}. {reference}"
    if not others:
        return told
    sure = (
        "No other scenario changes an ending as much; if all were played again, this one would come first in about "
        f"{first_of_hundred:.0f} of 100 repeats."
    )
    return f"{told} {sure} {_next(others)}"


def _no_ending(ranked: Sequence[Told]) -> str:
    most = ranked[0]
    who = f"{most.name} cannot" if len(ranked) == 1 else "None of these scenarios can"
    return f"{who} be told from {most.reference} by its endings, at {most.replicates:,} histories of each."


def _first_ending(told: Told) -> str:
    return ending_words(told, largest_first(told.endings)[0])


def _next(others: Sequence[Told]) -> str:
    second, silent = others[0], [each.name for each in others if not largest_first(each.endings)]
    parts = []
    if largest_first(second.endings):
        parts = [f"Next comes {second.name}: {_first_ending(second)}."]
    if silent:
        parts.append(f"{under(listed(silent))} the endings cannot be told from {second.reference}.")
    return " ".join(parts)


def _told_above(told: Told) -> bool:
    row = killed_row(told)
    return bool(largest_first(told.endings)) or (row is not None and row["verdict"] in CLEAR)


def _something_else(ranked: Sequence[Told]) -> str:
    for each in ranked:
        for part in (*clear_outcomes(each), *clear_falls(each)):
            return f"{under(each.name)} {part}."
    return "Nothing can be told apart either."
