"""First-order shares from histories that are given: drawn once, weighted by reports, some of one ancestor.

As `first_order`, by the variance between the means of bins along an input, less what chance alone would show
(Plischke 2010, doi:10.1016/j.ress.2009.10.004; Plischke et al. 2013, doi:10.1016/j.ejor.2012.11.047), with weights:
bins have equal weight, and what counts as independent are the ancestors, each as often as all that go on from it.
Where all weights are equal and no two histories have an ancestor in common it is the same estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from simulation.sensitivity_analysis.estimates import IndexEstimate
from simulation.sensitivity_analysis.first_order import FALSE_ALARM, SHUFFLES
from simulation.sensitivity_analysis.fits import bins_for, has_few_values


@dataclass(frozen=True, kw_only=True, eq=False)
class Conditioned:
    """Ancestors that count: `inputs` (n, inputs), `weights` (n,) with sum 1, `known` and `squares` (n, outcomes).

    `known` is the mean outcome of the histories that go on from one, less the mean of all, and `squares` the mean
    square of that difference. `worth` is what one counts of an independent one where they are related (0 to 1).
    """

    inputs: np.ndarray
    weights: np.ndarray
    known: np.ndarray
    squares: np.ndarray
    worth: float = 1.0

    @classmethod
    def of(
        cls, x: np.ndarray, y: np.ndarray, weights: np.ndarray, ancestors: np.ndarray, worth: float = 1.0
    ) -> Conditioned:
        """Return those of histories: `x` (n, inputs), `y` (n, outcomes), weights and ancestors (n,)."""
        held = weights > 0
        x, y, weights = x[held], y[held], weights[held] / weights[held].sum()
        _, first, group = np.unique(ancestors[held], return_index=True, return_inverse=True)
        total = np.bincount(group, weights)
        away = y - weights @ y

        def means(values: np.ndarray) -> np.ndarray:
            sums = np.stack([np.bincount(group, weights * column) for column in values.T], axis=1)
            found: np.ndarray = sums / total[:, None]
            return found

        return cls(inputs=x[first], weights=total, known=means(away), squares=means(away * away), worth=worth)

    @property
    def effective(self) -> float:
        """The effective sample size."""
        return self.worth / self.concentration

    @property
    def concentration(self) -> float:
        """The sum of the squared weights: one over the effective sample size of ancestors that are not related."""
        return float((self.weights**2).sum())

    def only(self, outcomes: Sequence[int]) -> Conditioned:
        """Return some of the outcomes."""
        return replace(self, known=self.known[:, outcomes], squares=self.squares[:, outcomes])

    def standardised(self) -> Conditioned:
        """Return the outcomes that vary, in their standard deviations, so that each counts the same."""
        whole = self.weights @ self.squares
        varies = whole > 0
        known, square = self.known[:, varies], self.squares[:, varies]
        return replace(self, known=known / np.sqrt(whole[varies]), squares=square / whole[varies])


@dataclass(frozen=True, eq=False)
class _Bins:
    """The bins along one input: the number of each ancestor's bin, (n,)."""

    number: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray, weights: np.ndarray, bins: int) -> _Bins:
        """Return bins of equal weight; an input of few values, such as a switch, has one for each."""
        if has_few_values(column, bins):
            return cls(np.unique(column, return_inverse=True)[1], weights)
        order = np.argsort(column, kind="stable")
        before = np.cumsum(weights[order]) - weights[order]
        found = np.empty(len(column), np.int64)
        # What ends a bin but for rounding begins the next.
        found[order] = np.minimum(np.floor(before * bins + 1e-9).astype(np.int64), bins - 1)
        return cls(np.unique(found, return_inverse=True)[1], weights)

    @cached_property
    def sizes(self) -> np.ndarray:
        """The weight of each bin."""
        return np.bincount(self.number, self.weights)

    @cached_property
    def used(self) -> float:
        """What fitting their means takes of the degrees of freedom, as a part of all: bins over ancestors if equal."""
        return float((np.bincount(self.number, self.weights**2) / self.sizes).sum())

    @cached_property
    def place(self) -> sparse.csr_array:
        """The matrix (bins, n) that takes values to the means of bins."""
        rows = self.weights / self.sizes[self.number]
        return sparse.csr_array((rows, (self.number, np.arange(len(self.number)))))


def shares(given: Conditioned, *, as_one: bool = False) -> IndexEstimate:
    """Return the first-order share of each input in each outcome, (inputs, outcomes); `as_one` in all, (inputs, 1)."""
    found = [_one(given, bins, as_one) for bins in _all_bins(given)]
    return IndexEstimate(
        value=np.array([value for value, _ in found]),
        error=np.array([error for _, error in found]) / np.sqrt(given.worth),
    )


def nothing(given: Conditioned, seed: int, *, as_one: bool = False) -> np.ndarray:
    """Return for each outcome the share that the largest of all inputs exceeds in 5 of 100 sets of nothing.

    As `first_order.reference`: outcomes are shuffled over the ancestors, and weights stay where they are.
    """
    every, w = _all_bins(given), given.weights
    draw = np.random.default_rng([seed, *given.inputs.shape])
    whole = _over(w @ given.squares, as_one)
    largest = []
    for _ in range(SHUFFLES):
        known = given.known[draw.permutation(len(w))]
        known = known - w @ known
        largest.append(np.max([_over(_between(each, known, given)[1], as_one) for each in every], axis=0))
    with np.errstate(invalid="ignore", divide="ignore"):
        mark: np.ndarray = np.quantile(largest, 1 - FALSE_ALARM, axis=0, method="higher") / whole
    return np.where(whole > 0, mark / given.worth, np.nan)


def _all_bins(given: Conditioned) -> Sequence[_Bins]:
    bins = bins_for(int(given.effective + 1e-9))
    return [_Bins.of(column, given.weights, bins) for column in given.inputs.T]


def _over(parts: np.ndarray, as_one: bool) -> np.ndarray:
    found: np.ndarray = parts.sum(axis=-1, keepdims=True) if as_one else parts
    return found


def _between(bins: _Bins, known: np.ndarray, given: Conditioned) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what bins make of each ancestor, the variance they explain less their chance, and that of the rest."""
    w = bins.weights
    fitted = (bins.place @ known)[bins.number]
    with np.errstate(invalid="ignore", divide="ignore"):
        noise = w @ (known - fitted) ** 2 / (1 - bins.used)
    return fitted, w @ fitted**2 - noise * (bins.used - given.concentration), noise


def _one(given: Conditioned, bins: _Bins, as_one: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of one input and its standard error, (outcomes,) each, or (1,) `as_one`."""
    w, known = given.weights, given.known
    fitted, explained, noise = _between(bins, known, given)
    squares = _over(given.squares, as_one)
    whole = w @ squares
    with np.errstate(invalid="ignore", divide="ignore"):
        value = _over(explained, as_one) / whole
        influence = (_over(2 * fitted * known - fitted * fitted, as_one) - value * squares) / whole
        spread = influence - w @ influence
        # As in `first_order`: the errors of the bins' means enter the influence twice over.
        blind = 2 * (len(bins.sizes) - 1) * _over((noise / whole * given.concentration) ** 2, as_one)
        scatter = (w * w) @ spread**2 / (1 - given.concentration)
        error = np.sqrt(np.maximum(scatter - blind, blind))
    empty = ~(whole > 0)
    return np.where(empty, np.nan, value), np.where(empty, np.nan, error)
