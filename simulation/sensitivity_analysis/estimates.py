"""Shares of variance with 95 % intervals, and the share that is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

Z = float(ndtri(0.975))


@dataclass(frozen=True, kw_only=True)
class IndexEstimate:
    """Values with their standard errors, arrays of one shape; NaN where nothing varies."""

    value: np.ndarray
    error: np.ndarray

    @property
    def low(self) -> np.ndarray:
        """The lower ends of the 95 % intervals."""
        return self.value - Z * self.error

    @property
    def high(self) -> np.ndarray:
        """The upper ends of the 95 % intervals."""
        return self.value + Z * self.error


def ratio(parts: np.ndarray, wholes: np.ndarray) -> IndexEstimate:
    """Return sum(parts) / sum(wholes) over the first axis, with its standard error by the delta method.

    The rows must be independent. Where the wholes are all zero, value and error are NaN.
    """
    count = len(parts)
    whole = wholes.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = parts.mean(axis=0) / whole
        influence = (parts - value * wholes) / whole
        error = influence.std(axis=0, ddof=1) / np.sqrt(count) if count > 1 else np.full_like(value, np.nan)
    empty = ~(whole > 0)
    return IndexEstimate(value=np.where(empty, np.nan, value), error=np.where(empty, np.nan, error))


def squares(y: np.ndarray) -> np.ndarray:
    """Return each case's part of the variance of a single history, (cases, …), from y (cases, replicates, …)."""
    deviations = y - y.mean(axis=(0, 1))
    found: np.ndarray = (deviations * deviations).mean(axis=1)
    return found


def within(y: np.ndarray) -> np.ndarray:
    """Return each case's own estimate of the variance by chance, (cases, …), from at least two replicates."""
    found: np.ndarray = y.var(axis=1, ddof=1)
    return found


def chance_share(y: np.ndarray) -> IndexEstimate:
    """Return the share of the variance that chance alone makes: what is left when every input is known.

    `y` is (cases, replicates >= 2, …). It is E[Var(y | inputs)] / Var(y), the total index of chance, by the
    analysis of variance within cases.
    """
    return ratio(within(y), squares(y))
