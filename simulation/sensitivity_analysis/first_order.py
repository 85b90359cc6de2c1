"""First-order indices of any number of inputs from one set of cases, and what would come out of nothing.

The cases are cut into bins of equal number along an input; the variance between the bins' means, less what
as many random bins would show, is that input's part (the correlation ratio, Pearson 1905; for sensitivity
Plischke et al. 2013, doi:10.1016/j.ejor.2012.11.047). Bins blur an effect that turns within them, so an index
of a wavy effect comes out a few per cent too small.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import sparse

from simulation.sensitivity_analysis.estimates import IndexEstimate, squares, within

SHUFFLES = 199
FALSE_ALARM = 0.05


def bins_for(cases: int) -> int:
    """Return the number of bins: twice the cube root of the number of cases, so that neither error rules."""
    return max(2, min(cases // 4, round(2 * math.cbrt(cases))))


def bin_of(x: np.ndarray, bins: int) -> np.ndarray:
    """Return the bin, 0 to bins - 1, of each case along each input; x is (cases, inputs), so is the result."""
    ranks = x.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    found: np.ndarray = ranks * bins // len(x)
    return found


def first_order(x: np.ndarray, y: np.ndarray, *, explainable: bool = False) -> IndexEstimate:
    """Return the first-order index of each input for each outcome, (inputs, outcomes).

    `x` is (cases, inputs), `y` (cases, replicates, outcomes); cases are independent. The index is the share of
    a single history's variance that knowing the input would take away on average; `explainable` takes the
    share of what is not chance instead, and needs two replicates. Values may be a little below 0.
    """
    known = y.mean(axis=1) - y.mean(axis=(0, 1))
    wholes = squares(y) - (within(y) if explainable else 0)
    found = [_one(column, known, wholes) for column in bin_of(x, bins_for(len(x))).T]
    return IndexEstimate(
        value=np.array([value for value, _ in found]), error=np.array([error for _, error in found])
    )


def together(x: np.ndarray, y: np.ndarray) -> IndexEstimate:
    """Return the first-order index of each input for all outcomes together, (inputs, 1).

    Each outcome counts the same: the index is the mean of its indices for the single outcomes (the
    generalised index of outcomes measured in their standard deviations: Lamboni et al. 2011,
    doi:10.1016/j.ress.2010.12.002). The interval takes in how errors of the outcomes go together.
    """
    z = standardised(y)
    known, wholes = z.mean(axis=1), squares(z)
    found = [_one(column, known, wholes, _sum) for column in bin_of(x, bins_for(len(x))).T]
    return IndexEstimate(
        value=np.array([value for value, _ in found]), error=np.array([error for _, error in found])
    )


def standardised(y: np.ndarray) -> np.ndarray:
    """Return the outcomes that vary, y being (cases, replicates, outcomes), with mean 0 and deviation 1."""
    deviation = y.std(axis=(0, 1))
    varies = deviation > 0
    found: np.ndarray = (y[:, :, varies] - y[:, :, varies].mean(axis=(0, 1))) / deviation[varies]
    return found


def _each(parts: np.ndarray) -> np.ndarray:
    return parts


def _sum(parts: np.ndarray) -> np.ndarray:
    """Return the sum over the outcomes, which are on the last axis, as one."""
    found: np.ndarray = parts.sum(axis=-1, keepdims=True)
    return found


Over = Callable[[np.ndarray], np.ndarray]


def _one(
    bins: np.ndarray, known: np.ndarray, wholes: np.ndarray, over: Over = _each
) -> tuple[np.ndarray, np.ndarray]:
    """Return the index of one input and its standard error, (outcomes,) each, or (1,) over all of them."""
    cases, count = len(known), int(bins.max()) + 1
    means = _sums(bins, count, known) / np.bincount(bins, minlength=count)[:, None]
    fitted, whole = means[bins], over(wholes).mean(axis=0)
    noise = ((known - fitted) ** 2).sum(axis=0) / (cases - count)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = over((fitted * fitted).mean(axis=0) - (count - 1) * noise / cases) / whole
        influence = (over(2 * fitted * known - fitted * fitted) - value * over(wholes)) / whole
        # The errors of the bins' means enter the influence twice over; alone, they are this large:
        blind = 2 * (count - 1) * over((noise / whole / cases) ** 2)
        error = np.sqrt(np.maximum(influence.var(axis=0, ddof=1) / cases - blind, blind))
    empty = ~(whole > 0)
    return np.where(empty, np.nan, value), np.where(empty, np.nan, error)


def _sums(bins: np.ndarray, count: int, values: np.ndarray) -> np.ndarray:
    return np.stack([np.bincount(bins, column, count) for column in values.T], axis=1)


def reference(x: np.ndarray, y: np.ndarray, seed: int, over: Over = _each) -> np.ndarray:
    """Return for each outcome the index that the largest of all inputs exceeds in 5 of 100 sets of nothing.

    Shuffling the outcomes over the cases takes every effect away; the largest index of all inputs is noted
    each time (Westfall and Young 1993), `over` all outcomes if so asked. An input without effect exceeds it in
    at most 5 of 100 studies.
    """
    cases, bins = len(x), bins_for(len(x))
    place, draw = _places(bin_of(x, bins), bins), np.random.default_rng([seed, cases, x.shape[1]])
    known, whole = y.mean(axis=1) - y.mean(axis=(0, 1)), over(squares(y)).mean(axis=0)
    largest = [_largest(place, known[draw.permutation(cases)], x.shape[1], over) for _ in range(SHUFFLES)]
    with np.errstate(invalid="ignore", divide="ignore"):
        found: np.ndarray = np.quantile(largest, 1 - FALSE_ALARM, axis=0, method="higher") / whole
    return np.where(whole > 0, found, np.nan)


def _places(bins: np.ndarray, count: int) -> sparse.csr_array:
    """Return the matrix (inputs * bins, cases) that takes values to the bins' means."""
    cases, inputs = bins.shape
    rows = (bins + count * np.arange(inputs)).T.ravel()
    ones = sparse.csr_array((np.ones(rows.size), (rows, np.tile(np.arange(cases), inputs))))
    sizes = np.maximum(1, np.asarray(ones.sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / sizes) @ ones)


def reference_together(x: np.ndarray, y: np.ndarray, seed: int) -> float:
    """Return the same for the index of all outcomes together."""
    return float(reference(x, standardised(y), seed, _sum)[0])


def _largest(place: sparse.csr_array, known: np.ndarray, inputs: int, over: Over) -> np.ndarray:
    """Return the largest variance between bins, bias taken off, over the inputs, (outcomes,) or (1,)."""
    cases, count = len(known), place.shape[0] // inputs
    means = (place @ known).reshape(inputs, count, -1)
    between, total = (means * means).mean(axis=1), (known * known).mean(axis=0)
    noise = (total - between) * cases / (cases - count)
    found: np.ndarray = over(between - (count - 1) * noise / cases).max(axis=0)
    return found
