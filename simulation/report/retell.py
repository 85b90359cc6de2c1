"""The stories a report tells: a typical and an extreme history, run again and followed day by day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from simulation.engine.batch import Outcome, close, start
from simulation.engine.replicate import run_on
from simulation.report.material import Story
from simulation.results.events import day_sentences
from simulation.results.folder import Results
from simulation.scenario.build import World
from simulation.state import EVENT, OF_CELL, copy_state

LOG = 65_536


def stories(world: World, results: Results, seed: int) -> tuple[Story, ...]:
    """Return the most typical history and the one farthest from it."""
    typical, extreme = typical_and_extreme(results.outcomes)
    first = _story(
        world,
        seed,
        typical,
        "A typical history",
        "Of all histories it lies nearest to the middle in its outcomes.",
    )
    if extreme == typical:
        return (first,)
    last = _story(
        world,
        seed,
        extreme,
        "An extreme history",
        "Of all histories its outcomes lie farthest from the middle.",
    )
    return first, last


def typical_and_extreme(outcomes: pd.DataFrame) -> tuple[int, int]:
    """Return the replicates nearest to and farthest from the middle, by ranks of all outcomes that vary.

    Ties go to the lower replicate.
    """
    numbers = outcomes.drop(columns=["case", "replicate", "ending"])
    measured = numbers[[name for name in numbers if not str(name).startswith("input.")]].to_numpy(float)
    varying = measured[:, measured.std(axis=0) > 0]
    ranks = rankdata(varying, axis=0) / len(varying) - 0.5 if varying.size else np.zeros((len(measured), 1))
    away = (ranks**2).sum(axis=1)
    return int(outcomes.replicate.iloc[away.argmin()]), int(outcomes.replicate.iloc[away.argmax()])


def _story(world: World, seed: int, replicate: int, title: str, why: str) -> Story:
    records, outcome = relive(world, seed, replicate)
    days = tuple((day, tuple(lines)) for day, lines in day_sentences(world, records))
    return Story(title=title, why=why, replicate=replicate, days=days, frames=frames(world, outcome))


def relive(world: World, seed: int, replicate: int) -> tuple[np.recarray, Outcome]:
    """Run one history again and return its events in order and its outcome."""
    _, params, quantities = world.cases(range(replicate, replicate + 1), seed)
    state = copy_state(world.template)
    start(state, world.template, params[0], quantities[0], seed, replicate)
    log = np.zeros(LOG, EVENT).view(np.recarray)
    parts: list[np.ndarray] = []
    while (count := run_on(state, log)) == LOG:
        parts.append(log.copy())
    parts.append(log[:count].copy())
    return np.concatenate(parts).view(np.recarray), close(state)


def frames(world: World, outcome: Outcome) -> dict[int, np.ndarray]:
    """Return the holder of every cell on each day of a history, i1 (cells,)."""
    control = world.template.cells.control.astype(np.int8)
    rows = outcome.changes[outcome.changes.kind == OF_CELL]
    found = {0: control.copy()}
    for day in range(1, len(outcome.daily)):
        today = rows[(rows.day > day - 1) & (rows.day <= day)]
        for row in today:
            control[row["index"]] = row.after
        found[day] = control.copy()
    return found
