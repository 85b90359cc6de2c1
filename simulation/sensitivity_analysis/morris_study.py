"""Screening by elementary effects: conduct walks through the inputs until the histories are used up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from simulation.scenario.case_draws import draw_cases
from simulation.scenario.inputs import at_quantiles
from simulation.sensitivity_analysis.design import Points
from simulation.sensitivity_analysis.entries import StudyEntry, study_entries
from simulation.sensitivity_analysis.evaluator import Player, evaluate
from simulation.sensitivity_analysis.morris import Walks, effects, walks
from simulation.sensitivity_analysis.study import CHANCE, StudiedOutcome, StudyResult


def by_walks(
    player: Player, outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], histories: int
) -> StudyResult:
    """Move one entry at a time along walks; each starts from a case of its own, with luck of its own.

    The inputs of a group move together, each by half of its own distribution, those turned round the other way.
    """
    found, scenario = StudyResult(), player.world.scenario
    number = histories // (len(inputs) + 2)
    entries = study_entries(scenario.inputs, scenario.together)
    taken = walks(len(inputs), number, player.seed)
    points = _walk_points(player, [entries[name] for name in inputs], taken)
    values = evaluate(player, points, found, "walks")
    cube = values.reshape(number, len(inputs) + 2, -1)
    good = np.isfinite(cube).all((1, 2))
    cube = cube[good]
    kept = Walks(levels=taken.levels[good], moved=taken.moved[good], sign=taken.sign[good])
    found.rows = len(cube)
    found.tables["effects"] = _effects(outcomes, inputs, kept, cube)
    return found


def _walk_points(player: Player, entries: Sequence[StudyEntry], taken: Walks) -> Points:
    """Return the points of the walks, ordered (walk, point); the last stays in its place with other luck."""
    number, length = taken.levels.shape[:2]
    scenario = player.world.scenario
    base = draw_cases(scenario.inputs, range(number), player.seed, scenario.together)
    points = np.repeat(base[:, None, :], length + 1, axis=1)
    names = list(scenario.inputs)
    for k, entry in enumerate(entries):
        heights = taken.quantiles[:, :, k].ravel()
        for name, sign in entry.signs.items():
            moved = at_quantiles(scenario.inputs[name], heights if sign > 0 else 1 - heights)
            points[:, :-1, names.index(name)] = moved.reshape(number, length)
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
