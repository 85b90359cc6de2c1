"""The patient rule induction method (PRIM): from all histories slice after slice is peeled off.

The peeling itself is that of the EMA workbench. Sources: Friedman and Fisher 1999, Statistics and Computing 9 123-143;
Bryant and Lempert 2010, doi:10.1016/j.techfore.2009.08.002.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.errors import InputError
from simulation.scenario_discovery.condition import Condition, Tally, limit_within, tally

MOST_CONDITIONS = 4
"""More of them nobody keeps in mind."""
BY_CHANCE = 0.05
"""A condition is kept where it adds more than chance would in 1 of 20 searches through all inputs."""
SMALLEST_BOX = 0.05
"""Of all histories, the least that the peeling leaves."""
MISSING = "discover needs the EMA workbench: pip install 'simulate-conflict[discover]'"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of the peeling: the conditions by then, as far as they add something, and what they tell."""

    conditions: tuple[Condition, ...]
    found: Tally


def peeled(
    inputs: pd.DataFrame, happened: np.ndarray, words: Mapping[str, tuple[str, str]], worth: float = 1.0
) -> tuple[Step, ...]:
    """Return the steps from all histories on; `happened` is bool (rows,), `words` are label and unit by input.

    `worth` is what a history counts of an independent one, as in `Tally`.
    Errors: InputError where the EMA workbench is not installed.
    """
    steps = [Step(conditions=(), found=tally((), inputs, happened, worth))]
    for limits in _boxes(inputs, happened):
        conditions = _kept(_conditions(limits, inputs, words), inputs, happened, worth)
        if conditions and len(conditions) <= MOST_CONDITIONS and conditions != steps[-1].conditions:
            steps.append(Step(conditions=conditions, found=tally(conditions, inputs, happened, worth)))
    return tuple(steps)


def best(steps: Sequence[Step]) -> Step:
    """Return the step that best tells histories in which it happened from others; ties go to fewer conditions."""
    return max(steps, key=lambda step: (round(step.found.apart, 9), -len(step.conditions)))


def _boxes(inputs: pd.DataFrame, happened: np.ndarray) -> Iterator[pd.DataFrame]:
    """Yield the limits after each step of the peeling, two rows (lower, upper) with a column for each input."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # As decimals, for whole numbers cannot be peeled with pandas 3.
        rows = inputs.astype(float).reset_index(drop=True)
        prim = _prim()(rows, happened.astype(float), mass_min=SMALLEST_BOX)
        box = prim.find_box()
    yield from box.box_lims


def _prim() -> Any:
    try:
        from ema_workbench.analysis.prim import Prim
    except ImportError:
        raise InputError(MISSING) from None
    return Prim


def _conditions(
    limits: pd.DataFrame, inputs: pd.DataFrame, words: Mapping[str, tuple[str, str]]
) -> tuple[Condition, ...]:
    """Return the limits that leave out any history as conditions, their numbers rounded."""
    found = []
    for name in map(str, inputs.columns):
        values, (low, high) = inputs[name].to_numpy(dtype=float), map(float, limits[name])
        bounds = {
            "low": limit_within(values, low, up=True) if low > values.min() else None,
            "high": limit_within(values, high, up=False) if high < values.max() else None,
        }
        if set(bounds.values()) != {None}:
            label, unit = words.get(name, (name, ""))
            found.append(Condition(name=name, label=label, unit=unit, **bounds))
    return tuple(found)


def _kept(
    conditions: Sequence[Condition], inputs: pd.DataFrame, happened: np.ndarray, worth: float
) -> tuple[Condition, ...]:
    """Return conditions without those that add no more than chance, the weakest left out first.

    Source: the quasi-p-value of Bryant and Lempert, a one-sided binomial test, here with Bonferroni's correction.
    """
    kept = list(conditions)
    while kept:
        chances = [_chance(each, kept, inputs, happened, worth) for each in kept]
        weakest = int(np.argmax(chances))
        if chances[weakest] * len(inputs.columns) <= BY_CHANCE:
            break
        kept.pop(weakest)
    return tuple(kept)


def _chance(
    condition: Condition,
    conditions: Sequence[Condition],
    inputs: pd.DataFrame,
    happened: np.ndarray,
    worth: float,
) -> float:
    """Return the chance of as dense a box if a condition were one on something else."""
    from scipy import stats

    there = tally(conditions, inputs, happened)
    without = tally([each for each in conditions if each is not condition], inputs, happened)
    both, met = (round(worth * count) for count in (there.both, there.met))
    if not met:
        return 1.0
    with contextlib.suppress(ValueError):
        share = without.both / without.met
        return float(stats.binomtest(both, met, share, alternative="greater").pvalue)
    return 1.0
