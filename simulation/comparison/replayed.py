"""The histories of one scenario in another: the same luck, and inputs at the same places of their distributions.

So plain histories are compared as well: an input of a name has the same point in every scenario that is uncertain of
it, and what only one of them is uncertain of has a point of its own.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from simulation.engine.branched import BranchedHistories
from simulation.scenario import Scenario
from simulation.scenario.case_draws import case_points
from simulation.scenario.copula import mixed
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input, at_quantiles
from simulation.scenario.points import TINY


def replayed(
    rows: BranchedHistories, scores: np.ndarray, reference: Scenario, other: Scenario
) -> BranchedHistories:
    """Return the histories of the reference as another scenario has them, one for one.

    `scores` (histories, uncertain inputs) are the normal scores of the reference's inputs, independent before anything
    is reported. An input that both have alike keeps its value to the last bit. One that is distributed otherwise has
    the quantile of the same score. One that the reference is not uncertain of has that of the plain history of the
    same number, or, in a group that both have, what the other members make of it.
    """
    from scipy.special import ndtr

    drawn, at = _Scores(reference, scores, rows.seed), {name: k for k, name in enumerate(reference.inputs)}
    inputs = np.empty((len(rows), len(other.inputs)))
    for column, each in enumerate(other.inputs.values()):
        if each.dist is None:
            inputs[:, column] = float(each.value or 0.0)
        elif drawn.has_alike(each, other):
            inputs[:, column] = rows.inputs[:, at[each.name]]
        else:
            points = np.clip(ndtr(drawn.of(each.name, other)), TINY, 1 - TINY)
            inputs[:, column] = at_quantiles(each, points)
    return dataclasses.replace(rows, inputs=inputs)


class _Scores:
    """The normal scores of the histories of a reference, and what follows from them for other scenarios."""

    def __init__(self, reference: Scenario, scores: np.ndarray, seed: int) -> None:
        names = [each.name for each in reference.inputs.values() if each.dist is not None]
        self._reference, self._number, self._seed = reference, len(scores), seed
        self._given = dict(zip(names, scores.T, strict=True))

    def has_alike(self, each: Input, other: Scenario) -> bool:
        """Return whether the reference draws an input as another scenario does."""
        there = self._reference.inputs.get(each.name)
        return (
            there is not None
            and _drawn_by(there) == _drawn_by(each)
            and self._has_group(each.name, _group_of(each.name, other))
        )

    def of(self, name: str, other: Scenario) -> np.ndarray:
        """Return the normal scores of an uncertain input of another scenario, f8 (histories,)."""
        group = _group_of(name, other)
        if group is None:
            return self._own(name)
        if self._has_group(name, group):
            return self._in_group(name, group)
        members = sorted(group.signs)
        return np.asarray(self._mixed(members, group)[members.index(name)])

    def _has_group(self, name: str, group: InputGroup | None) -> bool:
        there = _group_of(name, self._reference)
        return _law(there) == _law(group)

    def _own(self, name: str) -> np.ndarray:
        """Return the score of an input by itself: the reference's, or that of the plain histories."""
        from scipy.special import ndtri

        if name in self._given:
            return np.asarray(self._given[name])
        return np.asarray(ndtri(case_points(name, range(self._number), self._seed)))

    def _mixed(self, members: Sequence[str], group: InputGroup) -> np.ndarray:
        """Return the scores of members that are drawn together, (members, histories)."""
        signs = np.array([[group.signs[name]] for name in members], float)
        return mixed(np.stack([self._own(name) for name in members]), signs, group.correlation)

    def _in_group(self, name: str, group: InputGroup) -> np.ndarray:
        """Return the score of a member of a group of the reference.

        One that is a constant there is drawn given those that are not: for a common correlation r and k of them the
        mean is r (their sum) / (1 + (k - 1) r), the variance 1 - k r² / (1 + (k - 1) r).
        """
        there = [each for each in sorted(group.signs) if each in self._given]
        found = dict(zip(there, self._mixed(there, group), strict=True)) if there else {}
        r = group.correlation
        for each in sorted(group.signs):
            if each not in found:
                k, total = len(found), sum(group.signs[known] * found[known] for known in found)
                whole = 1 + (k - 1) * r
                apart = math.sqrt(1 - k * r * r / whole) * self._own(each)
                found[each] = group.signs[each] * (r * total / whole) + apart
        return np.asarray(found[name])


def _group_of(name: str, scenario: Scenario) -> InputGroup | None:
    """Return the group with which an input is drawn, None where it is drawn by itself."""
    groups = (scenario.together or {}).values()
    return next((each for each in groups if each.correlation > 0 and name in each.signs), None)


def _law(group: InputGroup | None) -> object:
    """Return what decides how a group is drawn."""
    return None if group is None else (sorted(group.signs.items()), group.correlation)


def _drawn_by(each: Input) -> tuple[object, ...]:
    """Return what decides the values of an input at its quantiles."""
    return each.dist, dict(each.parameters), each.low, each.high
