"""Screening by elementary effects: conduct walks through the inputs until the histories are used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from simulation.scenario.case_draws import draw_cases
from simulation.scenario.inputs import at_quantiles
from simulation.sensitivity_analysis.design import Points
from simulation.sensitivity_analysis.evaluator import Player, evaluate
from simulation.sensitivity_analysis.morris import Walks, effects, walks
from simulation.sensitivity_analysis.study import CHANCE, StudiedOutcome, StudyResult


def by_walks(
    player: Player, outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], histories: int
) -> StudyResult:
    """Move one input at a time along walks; each starts from a case of its own, with luck of its own."""
    found, declared = StudyResult(), dict(player.world.scenario.inputs)
    number = histories // (len(inputs) + 2)
    columns = [list(declared).index(name) for name in inputs]
    taken = walks(len(inputs), number, player.seed)
    values = evaluate(player, _walk_points(player, declared, columns, taken), found, "walks")
    cube = values.reshape(number, len(inputs) + 2, -1)
    good = np.isfinite(cube).all((1, 2))
    cube = cube[good]
    kept = Walks(levels=taken.levels[good], moved=taken.moved[good], sign=taken.sign[good])
    found.rows = len(cube)
    found.tables["effects"] = _effects(outcomes, inputs, kept, cube)
    return found


def _walk_points(player: Player, declared: dict[str, Any], columns: Sequence[int], taken: Walks) -> Points:
    """Return the points of the walks, ordered (walk, point); the last stays in its place with other luck."""
    number, length = taken.levels.shape[:2]
    base = draw_cases(declared, range(number), player.seed)
    points = np.repeat(base[:, None, :], length + 1, axis=1)
    names = list(declared)
    for k, column in enumerate(columns):
        moved = at_quantiles(declared[names[column]], taken.quantiles[:, :, k].ravel())
        points[:, :-1, column] = moved.reshape(number, length)
    points[:, -1] = points[:, -2]
    luck = np.repeat(np.arange(number)[:, None], length + 1, axis=1)
    luck[:, -1] += 1 << 24
    return Points(inputs=points.reshape(-1, len(names)), luck=luck.ravel())


def _effects(
    outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], taken: Walks, cube: np.ndarray
) -> pd.DataFrame:
    from simulation.sensitivity_analysis.estimates import IndexEstimate
    from simulation.sensitivity_analysis.indices import ranked

    every = effects(taken, cube[:, :-1], cube[:, -1])
    parts = []
    for k, each in enumerate(outcomes):
        columns: dict[str, Any] = {"outcome": each.name, "input": [CHANCE, *inputs]}
        for name in ("mean", "size", "spread"):
            known: IndexEstimate = getattr(every, name)
            low = known.low[:, k] if name == "mean" else np.maximum(known.low[:, k], 0)
            columns |= {name: known.value[:, k], f"{name}_low": low, f"{name}_high": known.high[:, k]}
        size = IndexEstimate(value=every.size.value[:, k], error=every.size.error[:, k])
        parts.append(ranked(pd.DataFrame(columns), size, every.seen[:, k]))
    return pd.concat(parts, ignore_index=True)
