"""Inputs as normal scores: numbers that are independent and standard normal before anything is reported."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.scenario import Scenario
from simulation.scenario.copula import mixed
from simulation.scenario.inputs import at_quantiles
from simulation.scenario.points import TINY


class NormalScores:
    """The uncertain inputs of a scenario by their normal scores, (histories, width); its constants are as they are.

    Inputs that are drawn together have their Gaussian copula, so that standard normal scores give the law from which a
    plain run draws.
    """

    def __init__(self, scenario: Scenario) -> None:
        """Look up which inputs are uncertain, and which of them go together."""
        self._inputs = tuple(scenario.inputs.values())
        self._columns = [k for k, each in enumerate(self._inputs) if each.dist is not None]
        place = {self._inputs[k].name: row for row, k in enumerate(self._columns)}
        self._groups = []
        for group in (scenario.together or {}).values():
            members = [name for name in sorted(group.signs) if name in place]
            if members and group.correlation > 0:
                signs = np.array([[group.signs[name]] for name in members], float)
                self._groups.append(([place[name] for name in members], signs, group.correlation))

    @property
    def width(self) -> int:
        """The number of uncertain inputs."""
        return len(self._columns)

    def columns_of(self, names: Sequence[str]) -> np.ndarray:
        """Return the scores of those of some inputs that are uncertain and drawn with no other, i8 (some,)."""
        together = {row for members, _, _ in self._groups for row in members}
        rows = {self._inputs[column].name: row for row, column in enumerate(self._columns)}
        return np.array(
            [rows[each] for each in names if each in rows and rows[each] not in together], np.int64
        )

    def inputs(self, scores: np.ndarray) -> np.ndarray:
        """Return the inputs, f8 (histories, inputs) in the order of the scenario, of scores (histories, width)."""
        from scipy.special import ndtr

        together = scores.copy()
        for members, signs, correlation in self._groups:
            together[:, members] = mixed(scores[:, members].T, signs, correlation).T
        points = np.clip(ndtr(together), TINY, 1 - TINY)
        found = np.tile([each.value for each in self._inputs], (len(scores), 1)).astype(float)
        for row, column in enumerate(self._columns):
            found[:, column] = at_quantiles(self._inputs[column], points[:, row])
        return found
