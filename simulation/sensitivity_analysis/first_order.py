"""First-order indices of any number of inputs from one set of cases, and what would come out of nothing.

The cases are cut into bins of equal number along an input; the variance between the bins' means, less what
as many random bins would show, is that input's part (the correlation ratio, Pearson 1905; for sensitivity
Plischke et al. 2013, doi:10.1016/j.ejor.2012.11.047). Bins blur an effect that turns within them, so an index
of a wavy effect comes out a few per cent too small. An input of few values, such as a switch, has a bin for each.

Inputs that are drawn together are one entry, whose index is what their bins say when added up; what they do only in
combination is left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from simulation.sensitivity_analysis.estimates import IndexEstimate, squares, within
from simulation.sensitivity_analysis.fits import Fit, bin_of, bins_for, fit_of, has_few_values

SHUFFLES = 199
FALSE_ALARM = 0.05


Parts = Sequence[Sequence[int]]
"""For each entry the columns of its inputs: one, or those of a group."""


def first_order(
    x: np.ndarray, y: np.ndarray, *, explainable: bool = False, parts: Parts | None = None
) -> IndexEstimate:
    """Return the first-order index of each entry for each outcome, (entries, outcomes).

    `x` is (cases, inputs), `y` (cases, replicates, outcomes); cases are independent. The index is the share of
    a single history's variance that knowing the input would take away on average; `explainable` takes the
    share of what is not chance instead, and needs two replicates. Values may be a little below 0. Without `parts`
    every input is an entry.
    """
    known = y.mean(axis=1) - y.mean(axis=(0, 1))
    wholes = squares(y) - (within(y) if explainable else 0)
    found = [_one(fit_of(x[:, part]), known, wholes) for part in _each_or(parts, x)]
    return IndexEstimate(
        value=np.array([value for value, _ in found]), error=np.array([error for _, error in found])
    )


def together(x: np.ndarray, y: np.ndarray, parts: Parts | None = None) -> IndexEstimate:
    """Return the first-order index of each entry for all outcomes together, (entries, 1).

    Each outcome counts the same: the index is the mean of its indices for the single outcomes (the
    generalised index of outcomes measured in their standard deviations: Lamboni et al. 2011,
    doi:10.1016/j.ress.2010.12.002). The interval takes in how errors of the outcomes go together.
    """
    z = standardised(y)
    known, wholes = z.mean(axis=1), squares(z)
    found = [_one(fit_of(x[:, part]), known, wholes, _sum) for part in _each_or(parts, x)]
    return IndexEstimate(
        value=np.array([value for value, _ in found]), error=np.array([error for _, error in found])
    )


def _each_or(parts: Parts | None, x: np.ndarray) -> list[list[int]]:
    """Return the parts as lists; without any, every column alone."""
    return [[k] for k in range(x.shape[1])] if parts is None else [list(part) for part in parts]


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
    fit: Fit, known: np.ndarray, wholes: np.ndarray, over: Over = _each
) -> tuple[np.ndarray, np.ndarray]:
    """Return the index of one entry and its standard error, (outcomes,) each, or (1,) over all of them."""
    cases, count = len(known), fit.count
    fitted, whole = fit.fitted(known), over(wholes).mean(axis=0)
    noise = ((known - fitted) ** 2).sum(axis=0) / (cases - count)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = over((fitted * fitted).mean(axis=0) - (count - 1) * noise / cases) / whole
        influence = (over(2 * fitted * known - fitted * fitted) - value * over(wholes)) / whole
        # The errors of the bins' means enter the influence twice over; alone, they are this large:
        blind = 2 * (count - 1) * over((noise / whole / cases) ** 2)
        error = np.sqrt(np.maximum(influence.var(axis=0, ddof=1) / cases - blind, blind))
    empty = ~(whole > 0)
    return np.where(empty, np.nan, value), np.where(empty, np.nan, error)


def reference(
    x: np.ndarray, y: np.ndarray, seed: int, over: Over = _each, parts: Parts | None = None
) -> np.ndarray:
    """Return for each outcome the index that the largest of all entries exceeds in 5 of 100 sets of nothing.

    Shuffling the outcomes over the cases takes every effect away; the largest index of all entries is noted
    each time (Westfall and Young 1993), `over` all outcomes if so asked. An entry without effect exceeds it in
    at most 5 of 100 studies.
    """
    cases, bins, entries = len(x), bins_for(len(x)), _each_or(parts, x)
    plain = [part[0] for part in entries if len(part) == 1 and not has_few_values(x[:, part[0]], bins)]
    others = [fit_of(x[:, part]) for part in entries if len(part) > 1 or part[0] not in plain]
    place = _places(bin_of(x[:, plain], bins), bins) if plain else None
    draw = np.random.default_rng([seed, cases, len(entries)])
    known, whole = y.mean(axis=1) - y.mean(axis=(0, 1)), over(squares(y)).mean(axis=0)
    shuffles = (known[draw.permutation(cases)] for _ in range(SHUFFLES))
    largest = [_largest(place, others, shuffled, len(plain), over) for shuffled in shuffles]
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


def reference_together(x: np.ndarray, y: np.ndarray, seed: int, parts: Parts | None = None) -> float:
    """Return the same for the index of all outcomes together."""
    return float(reference(x, standardised(y), seed, _sum, parts)[0])


def _largest(
    place: sparse.csr_array | None, others: Sequence[Fit], known: np.ndarray, inputs: int, over: Over
) -> np.ndarray:
    """Return the largest variance that an entry explains, bias taken off, (outcomes,) or (1,).

    `place` leads to the means of bins of some `inputs`, `others` are the fits of all other entries.
    """
    found = [_explained(fit, known, over) for fit in others]
    if place is not None:
        found.append(_largest_of_bins(place, known, inputs, over))
    largest: np.ndarray = np.max(found, axis=0)
    return largest


def _explained(fit: Fit, known: np.ndarray, over: Over) -> np.ndarray:
    fitted, cases = fit.fitted(known), len(known)
    noise = ((known - fitted) ** 2).sum(axis=0) / (cases - fit.count)
    return over((fitted * fitted).mean(axis=0) - (fit.count - 1) * noise / cases)


def _largest_of_bins(place: sparse.csr_array, known: np.ndarray, inputs: int, over: Over) -> np.ndarray:
    """Return the largest variance between bins, bias taken off, over the inputs, (outcomes,) or (1,)."""
    cases, count = len(known), place.shape[0] // inputs
    means = (place @ known).reshape(inputs, count, -1)
    between, total = (means * means).mean(axis=1), (known * known).mean(axis=0)
    noise = (total - between) * cases / (cases - count)
    found: np.ndarray = over(between - (count - 1) * noise / cases).max(axis=0)
    return found
