"""A second way of looking: a small decision tree, whose leaves part all histories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulation.errors import InputError
from simulation.scenario_discovery.condition import Condition, limit_within
from simulation.scenario_discovery.peeling import MISSING, SMALLEST_BOX

DEPTH = 3
"""Questions on the way to a leaf."""
FEWEST = 15
"""Histories in a leaf."""
Limits = Mapping[str, tuple[float, float]]


def leaves(
    inputs: pd.DataFrame, happened: np.ndarray, words: Mapping[str, tuple[str, str]]
) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions of each leaf of a tree of at most three questions; a tree without any has one leaf.

    Errors: InputError where scikit-learn is not installed.
    """
    try:
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        raise InputError(MISSING) from None
    least = max(FEWEST, round(SMALLEST_BOX * len(inputs)))
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=least, random_state=0)
    tree.fit(inputs.to_numpy(dtype=float), happened)
    return tuple(_conditions(limits, words) for limits in _limits(tree.tree_, inputs, 0, {}))


def _limits(tree: Any, inputs: pd.DataFrame, node: int, limits: Limits) -> Iterator[Limits]:
    """Yield the limits of each leaf below a node, by input: lower and upper, infinite where there is none."""
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        yield limits
        return
    name, at = str(inputs.columns[int(tree.feature[node])]), float(tree.threshold[node])
    values, (low, high) = inputs[name].to_numpy(dtype=float), limits.get(name, (-np.inf, np.inf))
    below, above = (limit_within(values, at, up=up) for up in (False, True))
    yield from _limits(tree, inputs, left, {**limits, name: (low, min(high, below))})
    yield from _limits(tree, inputs, right, {**limits, name: (max(low, above), high)})


def _conditions(limits: Limits, words: Mapping[str, tuple[str, str]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            name=name,
            label=words.get(name, (name, ""))[0],
            unit=words.get(name, (name, ""))[1],
            low=low if np.isfinite(low) else None,
            high=high if np.isfinite(high) else None,
        )
        for name, (low, high) in limits.items()
    )
