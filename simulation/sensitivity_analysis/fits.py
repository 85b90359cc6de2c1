"""What knowing an entry says of each case: the means of bins of an input, or of several inputs added up."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

MOST_BINS = 32
"""Bins of each input of a group at most; more add nothing but numbers to fit."""
CASES_A_NUMBER = 8
"""Cases for each number that is fitted to a group, at least."""
_INDEPENDENT = 1e-9
"""Share of the largest eigenvalue below which a direction is none."""


class Fit(Protocol):
    """A projection of outcomes on what an entry can explain."""

    @property
    def count(self) -> int:
        """The numbers that are fitted, the mean among them."""

    def fitted(self, known: np.ndarray) -> np.ndarray:
        """Return what the entry makes of outcomes, (cases, outcomes) as `known`."""


@dataclass(frozen=True, kw_only=True)
class Bins:
    """The mean of each bin; `number` (cases,) is the bin of each case."""

    number: np.ndarray

    @property
    def count(self) -> int:
        """The number of bins."""
        return int(self.number.max()) + 1

    def fitted(self, known: np.ndarray) -> np.ndarray:
        """Return for each case the mean of its bin."""
        means = (
            _sums(self.number, self.count, known) / np.bincount(self.number, minlength=self.count)[:, None]
        )
        found: np.ndarray = means[self.number]
        return found


@dataclass(frozen=True, kw_only=True)
class AddedBins:
    """The sum of one number for each input's bin, by least squares; `basis` (cases, count) is orthonormal."""

    basis: np.ndarray

    @property
    def count(self) -> int:
        """The number of independent numbers."""
        return int(self.basis.shape[1])

    def fitted(self, known: np.ndarray) -> np.ndarray:
        """Return for each case the sum of the numbers of its bins."""
        found: np.ndarray = self.basis @ (self.basis.T @ known)
        return found


def bins_for(cases: int) -> int:
    """Return the number of bins: twice the cube root of the number of cases, so that neither error rules."""
    return max(2, min(cases // 4, round(2 * math.cbrt(cases))))


def bin_of(x: np.ndarray, bins: int) -> np.ndarray:
    """Return the bin, 0 to bins - 1, of each case along each input; x is (cases, inputs), so is the result."""
    ranks = x.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    found: np.ndarray = ranks * bins // len(x)
    return found


def has_few_values(column: np.ndarray, bins: int) -> bool:
    """Say whether an input takes no more values than there are bins, such as a switch; then each is a bin."""
    return len(np.unique(column)) <= bins


def fit_of(x: np.ndarray) -> Fit:
    """Return the fit of an entry; x (cases, inputs of the entry) has more than one column for a group."""
    bins = bins_for(len(x))
    if x.shape[1] == 1:
        return Bins(number=_bin(x[:, 0], bins))
    each = max(2, min(bins, MOST_BINS, len(x) // (CASES_A_NUMBER * x.shape[1])))
    return AddedBins(basis=_basis([_bin(column, each) for column in x.T]))


def _bin(column: np.ndarray, bins: int) -> np.ndarray:
    if has_few_values(column, bins):
        return np.unique(column, return_inverse=True)[1]
    return bin_of(column[:, None], bins)[:, 0]


def _basis(numbers: Sequence[np.ndarray]) -> np.ndarray:
    """Return an orthonormal basis of what a number for each bin of each input can make, (cases, dimensions)."""
    marks = (
        np.concatenate([number[:, None] == np.arange(number.max() + 1) for number in numbers], axis=1) * 1.0
    )
    size, directions = np.linalg.eigh(marks.T @ marks)
    kept = size > _INDEPENDENT * size[-1]
    found: np.ndarray = marks @ (directions[:, kept] / np.sqrt(size[kept]))
    return found


def _sums(bins: np.ndarray, count: int, values: np.ndarray) -> np.ndarray:
    return np.stack([np.bincount(bins, column, count) for column in values.T], axis=1)
