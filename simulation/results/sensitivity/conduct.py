"""Conducting a study: which histories are played, in two steps, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.provenance import Failure
from simulation.results.sensitivity.design import (
    REPEATS,
    Points,
    cases_of,
    kept_of,
    radial,
    repeated,
    rows_of,
    two_draws,
)
from simulation.results.sensitivity.indices import (
    chance_table,
    convergence_table,
    first_table,
    overall_table,
    total_table,
    troubles,
)
from simulation.results.sensitivity.morris import Walks, effects, walks
from simulation.results.sensitivity.play import Player
from simulation.results.sensitivity.study import CHANCE, OTHERS, Measured
from simulation.results.sensitivity.total import Rows
from simulation.scenario.inputs import at_quantiles, draw_cases


@dataclass
class Found:
    """What conducting a study leaves: its tables, how many cases and rows they rest on, what failed."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    cases: int = 0
    rows: int = 0
    histories: int = 0
    kept: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()


def by_variance(player: Player, outcomes: Sequence[Measured], inputs: Sequence[str], histories: int) -> Found:
    """Split variances: half of the histories screen all inputs, the other half redraws those that stand out.

    `A` of the second step's rows are further cases played twice, so they join the first step's cases.
    """
    found, declared = Found(), dict(player.world.scenario.inputs)
    columns = [list(declared).index(name) for name in inputs]
    count = cases_of(histories)
    x = draw_cases(declared, range(count), player.seed)
    y = _play(player, repeated(x, 0), found, "first").reshape(count, REPEATS, -1)
    screened = _first(outcomes, inputs, *_whole(x[:, columns], y), player.seed)
    found.kept = _kept(screened, histories - found.histories)
    masks = _masks(list(declared), inputs, found.kept)
    rows = _rows(player, declared, masks, count, histories - found.histories, found)
    if rows is not None:
        x, y = np.concatenate([x, rows[0]]), np.concatenate([y, rows[1].first])
    x, y = _whole(x[:, columns], y)
    said = troubles(y)
    good = None if rows is None else _finite(rows[1])
    found.cases, found.rows = len(x), 0 if good is None else len(good.first)
    first = first_table(outcomes, list(inputs), x, y, said, player.seed)
    found.tables |= {"chance": chance_table(outcomes, y, good, said), "first_order": first}
    found.tables["overall"] = overall_table(list(inputs), x, y, said, player.seed)
    entries = [*found.kept, *([OTHERS] if len(masks) > len(found.kept) else [])]
    if good is not None:
        found.tables["total"] = total_table(outcomes, entries, good, said)
    found.tables["convergence"] = convergence_table(first, list(inputs), x, y, outcomes)
    return found


def _play(player: Player, points: Points, found: Found, step: str) -> np.ndarray:
    values, failed = player.play(points)
    found.histories += len(points)
    found.failed += failed
    rows = pd.DataFrame({"step": step, "luck": points.luck, "point": np.arange(len(points))})
    for k, target in enumerate(player.targets):
        rows[target.text] = values[:, k]
    known = found.tables.get("histories")
    found.tables["histories"] = rows if known is None else pd.concat([known, rows], ignore_index=True)
    return values


def _whole(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cases of which no history failed."""
    good = np.isfinite(y).all(axis=(1, 2))
    return x[good], y[good]


def _first(
    outcomes: Sequence[Measured], inputs: Sequence[str], x: np.ndarray, y: np.ndarray, seed: int
) -> pd.DataFrame:
    return first_table(outcomes, list(inputs), x, y, troubles(y), seed)


def _kept(screened: pd.DataFrame, histories: int) -> tuple[str, ...]:
    """Return inputs that stand out, as many as the histories are enough for: of each outcome in turn the next."""
    clear = screened[screened["group"] > 0]
    if clear.empty:
        return ()
    place = clear.groupby("outcome").cumcount()
    turns = clear.assign(place=place).sort_values("place", kind="stable")
    names = list(dict.fromkeys(str(name) for name in turns["input"]))
    return tuple(names[: kept_of(histories, len(names))])


def _masks(declared: list[str], inputs: Sequence[str], kept: Sequence[str]) -> list[np.ndarray]:
    """Return what each entry takes from B: every kept input, then the others asked about, if there are any."""
    names = np.array(declared)
    masks = [names == name for name in kept]
    others = np.isin(names, list(inputs)) & ~np.isin(names, list(kept))
    return [*masks, others] if others.any() else masks


def _rows(
    player: Player, declared: dict[str, Any], masks: Sequence[np.ndarray], first: int, histories: int, found: Found
) -> tuple[np.ndarray, Rows] | None:  # fmt: skip
    """Play the second step; return A and what its rows gave, None where there is room for too few rows."""
    count = rows_of(histories, len(masks))
    if count < 2:
        return None
    a, b = two_draws(declared, first, count, player.seed)
    values = _play(player, radial(a, b, masks, first), found, "rows")
    cube = values.reshape(count, REPEATS * (1 + len(masks)) + 1, -1)
    mixed = cube[:, REPEATS:-1].reshape(count, len(masks), REPEATS, -1)
    return a, Rows(first=cube[:, :REPEATS], second=cube[:, -1], mixed=mixed)


def _finite(rows: Rows) -> Rows | None:
    """Return the rows of which no history failed, None where fewer than two are left."""
    good = np.isfinite(rows.first).all((1, 2)) & np.isfinite(rows.second).all(1)
    good &= np.isfinite(rows.mixed).all((1, 2, 3))
    if good.sum() < 2:
        return None
    return Rows(first=rows.first[good], second=rows.second[good], mixed=rows.mixed[good])


def by_walks(player: Player, outcomes: Sequence[Measured], inputs: Sequence[str], histories: int) -> Found:
    """Move one input at a time along walks; each starts from a case of its own, with luck of its own."""
    found, declared = Found(), dict(player.world.scenario.inputs)
    number = histories // (len(inputs) + 2)
    columns = [list(declared).index(name) for name in inputs]
    taken = walks(len(inputs), number, player.seed)
    values = _play(player, _walk_points(player, declared, columns, taken), found, "walks")
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
    outcomes: Sequence[Measured], inputs: Sequence[str], taken: Walks, cube: np.ndarray
) -> pd.DataFrame:
    from simulation.results.sensitivity.estimates import Estimate
    from simulation.results.sensitivity.indices import ranked

    every = effects(taken, cube[:, :-1], cube[:, -1])
    parts = []
    for k, each in enumerate(outcomes):
        columns: dict[str, Any] = {"outcome": each.name, "input": [CHANCE, *inputs]}
        for name in ("mean", "size", "spread"):
            known: Estimate = getattr(every, name)
            columns |= {
                name: known.value[:, k],
                f"{name}_low": known.low[:, k],
                f"{name}_high": known.high[:, k],
            }
        size = Estimate(value=every.size.value[:, k], error=every.size.error[:, k])
        parts.append(ranked(pd.DataFrame(columns), size, every.seen[:, k]))
    return pd.concat(parts, ignore_index=True)
