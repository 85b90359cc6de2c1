"""Total indices from rows in which one input at a time is redrawn, with chance as one more input.

A row has two draws of all inputs, A and B, and two lucks. Every point of the row is played with both lucks:
A; A with input i from B, for each i; and B with the second luck. Redrawing input i with the luck kept gives its
total index in the wider sense (Jansen 1999, doi:10.1016/S0010-4655(98)00154-4), which counts what it does
together with chance: in a history of many events almost any change deals the later luck again. The product of
the two differences, one for each luck, has none of that: it gives the total index of the expected result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.sensitivity_analysis.estimates import IndexEstimate, ratio

INFORMATIVE = 30
"""Rows in which a redraw must change the outcome under both lucks, before anything is said of it."""


@dataclass(frozen=True, kw_only=True)
class DesignRows:
    """What the points of the rows gave.

    `first` (rows, 2, outcomes) is A with either luck, `second` (rows, outcomes) is B with the second luck,
    `mixed` (rows, entries, 2, outcomes) is A with an entry of B.
    """

    first: np.ndarray
    second: np.ndarray
    mixed: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        """Each row's part of the variance of a single history, (rows, outcomes)."""
        every = np.concatenate([self.first, self.second[:, None]], axis=1)
        found: np.ndarray = ((every - every.mean(axis=(0, 1))) ** 2).mean(axis=1)
        return found

    @property
    def steps(self) -> np.ndarray:
        """What redrawing an entry changes, (rows, entries, 2, outcomes), for either luck."""
        found: np.ndarray = self.mixed - self.first[:, None]
        return found


def total_with_luck(rows: DesignRows) -> IndexEstimate:
    """Return the share of variance left when all but the entry, luck included, are known: (entries, outcomes)."""
    return ratio((rows.steps**2).mean(axis=2) / 2, rows.whole[:, None])


def total_of_expected(rows: DesignRows) -> IndexEstimate:
    """Return the entry's total share in what can be expected, averaged over luck: (entries, outcomes).

    It is E[Var(E[y | inputs] | all other inputs)] / Var(y), at most the share of the variance that is not
    chance; NaN where fewer than 30 rows speak of it.
    """
    products = rows.steps[:, :, 0] * rows.steps[:, :, 1]
    found, silent = ratio(products / 2, rows.whole[:, None]), (products != 0).sum(axis=0) < INFORMATIVE
    return IndexEstimate(
        value=np.where(silent, np.nan, found.value), error=np.where(silent, np.nan, found.error)
    )


def chance_alone(rows: DesignRows) -> IndexEstimate:
    """Return the first-order index of chance, (outcomes,): what luck does alike whatever the inputs are."""
    shared = rows.first[:, 1] - rows.first[:, 1].mean(axis=0)
    return ratio(shared * (rows.second - rows.second.mean(axis=0)), rows.whole)
