"""When a difference is called clear: a rule that allows for many looks and many contrasts.

Replicates come in order, and a run of 1,000 holds the run of 500. Evidence is measured by betting against "no
difference" along that order; under no difference, the highest stake ever reached is above 1/p with a chance
of at most p, however often one looks (Ville's inequality). So more replicates can only add to it, and what
was called clear stays clear.
"""

from __future__ import annotations

import numpy as np
from scipy import special

WRONG = 0.05
"""The chance that a scenario which changes nothing is given any verdict at all."""
FEWEST = 30
"""Pairs before which no difference of means is called clear: their spread is not known well enough."""
WIDTH = 25.0
"""A typical effect that the bets on means look for, as 1 / its square in standard deviations of a pair."""


def evidence_of_shares(reference: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the logarithms of the highest stakes against equal shares; entries 0 or 1, (pairs, columns).

    If shares are equal, each pair that differs is a fair coin. The bet spreads evenly over all biased coins.
    """
    more = np.cumsum(other.astype(np.int64) > reference, axis=0)
    less = np.cumsum(other.astype(np.int64) < reference, axis=0)
    return np.asarray(_mixed_coins(more, less).max(axis=0))


def evidence_of_means(differences: np.ndarray) -> np.ndarray:
    """Return the logarithms of the highest stakes against a mean of zero; f8 (pairs, columns).

    The t-test that may be looked at any time, with a normal mixture over the effect in standard deviations:
    exact for normal differences of unknown spread, on the safe side for symmetric ones with long tails.
    Source: Wang and Ramdas 2024, arXiv:2310.03722.
    """
    pairs = np.arange(1, len(differences) + 1)[:, None]
    scaled = differences / np.maximum(np.abs(differences).max(axis=0), np.finfo(float).tiny)
    squares = np.cumsum(scaled**2, axis=0)
    explained = np.cumsum(scaled, axis=0) ** 2 / (pairs + WIDTH)
    share = np.divide(explained, squares, out=np.zeros_like(squares), where=squares > 0)
    stakes = np.log(WIDTH / (pairs + WIDTH)) / 2 - pairs / 2 * np.log1p(-share)
    return np.asarray(stakes[FEWEST - 1 :].max(axis=0, initial=0.0))


def clear(evidence: np.ndarray, wrong: float) -> np.ndarray:
    """Return which contrasts are clear; bool (contrasts,).

    If nothing differs, the chance that any of them is called clear is at most `wrong` (Holm 1979).
    """
    order = np.argsort(-evidence, kind="stable")
    needed = np.log(np.arange(len(evidence), 0, -1) / wrong)
    found = np.empty(len(evidence), bool)
    found[order] = np.cumprod(evidence[order] >= needed)
    return found


def _mixed_coins(more: np.ndarray, less: np.ndarray) -> np.ndarray:
    return np.asarray((more + less) * np.log(2) + special.betaln(more + 1, less + 1))
