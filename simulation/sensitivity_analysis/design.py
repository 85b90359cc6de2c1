"""Which histories a study plays: cases played twice, then rows in which one input at a time is redrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.scenario.case_draws import draw_cases
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.scenario.points import BLOCK

REPEATS = 2
FAR = 1 << 24
"""The second luck of a case lies so many replicates beyond the first, which is the case's number."""
MOST_KEPT = 8
"""Inputs of which total indices are sought; each takes two histories a row."""
LEAST_ROWS = 150
"""Rows below which fewer inputs are redrawn instead."""
FEWEST = 400
"""Histories below which intervals of shares mean little."""


@dataclass(frozen=True, kw_only=True)
class Points:
    """Histories to play: `inputs` (points, inputs) and the number of the luck of each, `luck` (points,)."""

    inputs: np.ndarray
    luck: np.ndarray

    def __len__(self) -> int:
        """Return the number of histories."""
        return len(self.luck)


def cases_of(histories: int) -> int:
    """Return the number of cases of the first step, which takes half of the histories."""
    return histories // 2 // REPEATS


def rows_for(histories: int, entries: int) -> int:
    """Return the number of rows that a number of histories is enough for."""
    return histories // (REPEATS * (1 + entries) + 1)


def kept_of(histories: int, inputs: int) -> int:
    """Return how many of some inputs are redrawn one by one: as many as leave enough rows, at least one."""
    enough = [k for k in range(1, MOST_KEPT + 1) if rows_for(histories, k + 1) >= LEAST_ROWS]
    return min(inputs, max(enough, default=1))


def repeated_cases(inputs: np.ndarray, first: int) -> Points:
    """Return cases played twice, ordered (case, repeat); case k is also history k of a run."""
    numbers = first + np.arange(len(inputs))
    return Points(
        inputs=np.repeat(inputs, REPEATS, axis=0), luck=np.stack([numbers, numbers + FAR], 1).ravel()
    )


def radial(a: np.ndarray, b: np.ndarray, entries: Sequence[np.ndarray], first: int) -> Points:
    """Return the points of rows, ordered (row, point): A twice, each entry's mixture twice, B once.

    `a` and `b` are (rows, inputs); an entry is a mask (inputs,) of what it takes from B. The first row of A
    is case `first`.
    """
    mixtures = [np.where(mask, b, a) for mask in entries]
    points = [a, a, *(each for mixed in mixtures for each in (mixed, mixed)), b]
    luck = first + np.arange(len(a))
    lucks = [luck, luck + FAR] * (1 + len(entries)) + [luck + FAR]
    return Points(
        inputs=np.stack(points, axis=1).reshape(-1, a.shape[1]), luck=np.stack(lucks, axis=1).ravel()
    )


def two_draws(
    inputs: Mapping[str, Input],
    first: int,
    rows: int,
    seed: int,
    together: Mapping[str, InputGroup] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return A, the cases from `first` on, and B, as many from a later block, so that they are independent."""
    later = -(-(first + rows) // BLOCK) * BLOCK
    return (
        draw_cases(inputs, range(first, first + rows), seed, together),
        draw_cases(inputs, range(later, later + rows), seed, together),
    )
