"""A cheap first look: one input at a time is moved along many walks, and luck stays the same along a walk.

Elementary effects (Morris 1991, doi:10.1080/00401706.1991.10484804; the mean of their sizes, Campolongo et al.
2007, doi:10.1016/j.envsoft.2006.10.004). Inputs stand at the 12.5, 37.5, 62.5 or 87.5 % point of their
distribution, and a step goes two points up or down: an effect is what half of the distribution makes, in the
unit of the outcome, always from the lower point to the higher. Each walk ends with one history more, in which
luck alone is drawn again: the step of chance, against which the others are seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from simulation.sensitivity_analysis.estimates import IndexEstimate

LEVELS = 4
JUMP = LEVELS // 2
FALSE_ALARM = 0.05


@dataclass(frozen=True, kw_only=True)
class Walks:
    """Where the walks go.

    `levels` (walks, inputs + 1, inputs) are the points in order; `moved` and `sign` (walks, inputs) the input
    that each step moves, and +1 for up or -1 for down.
    """

    levels: np.ndarray
    moved: np.ndarray
    sign: np.ndarray

    @property
    def quantiles(self) -> np.ndarray:
        """The points as quantiles, strictly between 0 and 1."""
        return (self.levels + 0.5) / LEVELS


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Mean effect, mean size of the effects and their spread, in the unit of the outcome.

    `mean` and `size` are of shape (inputs + 1, outcomes) with chance first, `spread` likewise without error;
    `seen` says which are told from nothing and from luck.
    """

    mean: IndexEstimate
    size: IndexEstimate
    spread: IndexEstimate
    seen: np.ndarray


def walks(inputs: int, number: int, seed: int) -> Walks:
    """Return some walks through the levels of the inputs, each moving every input once."""
    draw = np.random.default_rng([seed, inputs, LEVELS])
    base = draw.integers(LEVELS, size=(number, inputs))
    moved = np.argsort(draw.random((number, inputs)), axis=1)
    up = np.where(base < JUMP, 1, -1)
    turned = np.argsort(moved, axis=1)[:, None, :] < np.arange(inputs + 1)[None, :, None]
    levels = base[:, None, :] + np.where(turned, up[:, None, :] * JUMP, 0)
    return Walks(levels=levels, moved=moved, sign=np.take_along_axis(up, moved, axis=1))


def effects(taken: Walks, y: np.ndarray, again: np.ndarray) -> Effects:
    """Return the effects; `y` (walks, inputs + 1, outcomes), `again` (walks, outcomes) with luck drawn again.

    An input is seen where its mean effect is not 0, or its effects are larger than those of luck alone, by
    tests that together find something where there is nothing in at most 5 of 100 studies.
    """
    number, inputs = taken.moved.shape
    steps = np.diff(y, axis=1) * taken.sign[:, :, None]
    single = np.empty((number, inputs + 1, y.shape[2]))
    np.put_along_axis(single, 1 + taken.moved[:, :, None], steps, axis=1)
    single[:, 0] = again - y[:, -1]
    mean, size = _mean(single), _mean(np.abs(single))
    with np.errstate(invalid="ignore", divide="ignore"):
        far = stats.t.ppf(1 - FALSE_ALARM / (4 * inputs), number - 1)
        above = _mean(np.abs(single) - np.abs(single[:, :1]))
        seen = (np.abs(mean.value) > far * mean.error) | (above.value > far * above.error)
    seen[0] = False
    return Effects(mean=mean, size=size, spread=_spread(single), seen=seen)


def _mean(values: np.ndarray) -> IndexEstimate:
    """Return the mean over walks and its standard error."""
    number = len(values)
    error = values.std(axis=0, ddof=1) / np.sqrt(number)
    return IndexEstimate(value=values.mean(axis=0), error=error)


def _spread(values: np.ndarray) -> IndexEstimate:
    """Return the standard deviation over walks, its error by the delta method."""
    number, spread = len(values), values.std(axis=0, ddof=1)
    fourth = ((values - values.mean(axis=0)) ** 4).mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt(np.maximum(fourth - spread**4, 0) / number) / (2 * spread)
    return IndexEstimate(value=spread, error=np.where(spread > 0, error, 0.0))
