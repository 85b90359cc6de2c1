"""Conducting a study: which histories are played, in two steps, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.scenario.case_draws import draw_cases
from simulation.sensitivity_analysis.design import (
    REPEATS,
    cases_of,
    kept_of,
    radial,
    repeated_cases,
    rows_for,
    two_draws,
)
from simulation.sensitivity_analysis.entries import columns_of, study_entries
from simulation.sensitivity_analysis.evaluator import Player, evaluate
from simulation.sensitivity_analysis.first_order import Parts
from simulation.sensitivity_analysis.indices import (
    chance_table,
    convergence_table,
    first_table,
    overall_table,
    total_table,
    troubles,
)
from simulation.sensitivity_analysis.study import OTHERS, StudiedOutcome, StudyResult
from simulation.sensitivity_analysis.total import DesignRows


def by_variance(
    player: Player, outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], histories: int
) -> StudyResult:
    """Split variances: half of the histories screen all inputs, the other half redraws those that stand out.

    `inputs` names entries: inputs, and groups of them that are drawn and redrawn together. `A` of the second step's
    rows are further cases played twice, so they join the first step's cases.
    """
    found, scenario = StudyResult(), player.world.scenario
    declared, entries = list(scenario.inputs), study_entries(scenario.inputs, scenario.together)
    parts = columns_of([entries[name] for name in inputs], declared)
    count = cases_of(histories)
    x = draw_cases(scenario.inputs, range(count), player.seed, scenario.together)
    y = evaluate(player, repeated_cases(x, 0), found, "first").reshape(count, REPEATS, -1)
    screened = _first(outcomes, inputs, *_whole(x, y), player.seed, parts)
    found.kept = _kept(screened, histories - found.histories)
    masks = _masks(len(declared), parts, [list(inputs).index(name) for name in found.kept])
    rows = _rows(player, masks, count, histories - found.histories, found)
    if rows is not None:
        x, y = np.concatenate([x, rows[0]]), np.concatenate([y, rows[1].first])
    x, y = _whole(x, y)
    said = troubles(y)
    found.troubles = {each.name: why for each, why in zip(outcomes, said, strict=True) if why is not None}
    good = None if rows is None else _finite(rows[1])
    found.cases, found.rows = len(x), 0 if good is None else len(good.first)
    first = first_table(outcomes, list(inputs), x, y, said, player.seed, parts)
    found.tables |= {"chance": chance_table(outcomes, y, good, said), "first_order": first}
    found.tables["overall"] = overall_table(list(inputs), x, y, said, player.seed, parts)
    names = [*found.kept, *([OTHERS] if len(masks) > len(found.kept) else [])]
    found.tables["total"] = total_table(outcomes, names, good, said)
    found.tables["convergence"] = convergence_table(first, list(inputs), x, y, outcomes, parts)
    return found


def _whole(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cases of which no history failed."""
    good = np.isfinite(y).all(axis=(1, 2))
    return x[good], y[good]


def _first(
    outcomes: Sequence[StudiedOutcome], inputs: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int,
    parts: Parts,
) -> pd.DataFrame:  # fmt: skip
    return first_table(outcomes, list(inputs), x, y, troubles(y), seed, parts)


def _kept(screened: pd.DataFrame, histories: int) -> tuple[str, ...]:
    """Return inputs that stand out, as many as the histories are enough for: of each outcome in turn the next."""
    clear = screened[screened["group"] > 0]
    if clear.empty:
        return ()
    place = clear.groupby("outcome").cumcount()
    turns = clear.assign(place=place).sort_values("place", kind="stable")
    names = list(dict.fromkeys(str(name) for name in turns["input"]))
    return tuple(names[: kept_of(histories, len(names))])


def _masks(inputs: int, parts: Parts, kept: Sequence[int]) -> list[np.ndarray]:
    """Return what each entry takes from B: every one kept, then all others asked about, if there are any.

    A mask is (inputs,) bool; `parts` has the inputs of each entry asked about, `kept` their places in it.
    """
    masks = [np.isin(np.arange(inputs), parts[k]) for k in kept]
    left = [column for k, part in enumerate(parts) if k not in kept for column in part]
    return [*masks, np.isin(np.arange(inputs), left)] if left else masks


def _rows(
    player: Player,
    masks: Sequence[np.ndarray],
    first: int,
    histories: int,
    found: StudyResult,
) -> tuple[np.ndarray, DesignRows] | None:
    """Play the second step; return A and what its rows gave, None where there is room for too few rows."""
    count = rows_for(histories, len(masks))
    if count < 2:
        return None
    scenario = player.world.scenario
    a, b = two_draws(scenario.inputs, first, count, player.seed, scenario.together)
    values = evaluate(player, radial(a, b, masks, first), found, "rows")
    cube = values.reshape(count, REPEATS * (1 + len(masks)) + 1, -1)
    mixed = cube[:, REPEATS:-1].reshape(count, len(masks), REPEATS, -1)
    return a, DesignRows(first=cube[:, :REPEATS], second=cube[:, -1], mixed=mixed)


def _finite(rows: DesignRows) -> DesignRows | None:
    """Return the rows of which no history failed, None where fewer than two are left."""
    good = np.isfinite(rows.first).all((1, 2)) & np.isfinite(rows.second).all(1)
    good &= np.isfinite(rows.mixed).all((1, 2, 3))
    if good.sum() < 2:
        return None
    return DesignRows(first=rows.first[good], second=rows.second[good], mixed=rows.mixed[good])
