"""Duels fought by the engine, as arrays of what came out of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from simulation.engine.ensemble import Ensemble, History
from simulation.errors import RunError
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world


@dataclass(frozen=True)
class DuelEnds:
    """One value per history."""

    wins: np.ndarray
    duration: np.ndarray
    first_left: np.ndarray
    second_left: np.ndarray


@cache
def fight(
    m: int, n: int, a: float, b: float, *, replicates: int, seed: int = 1, front_width: float = 1e12
) -> DuelEnds:
    """Let m fighters with kill rate a (1/day) meet n with kill rate b, as the scenario `duel` does."""
    world = duel(m, n, a, b, f"inputs.front_width={front_width!r}")
    rows = []
    for history in histories(world, replicates, seed, workers=1):
        red, blue = history.outcome.actors.present
        rows.append((blue == 0, history.outcome.world.end_day, red, blue))
    return DuelEnds(*np.array(rows, float).T)


def duel(m: int, n: int, a: float, b: float, *settings: str) -> World:
    """Return the world of a duel of Red with m fighters against Blue with n."""
    numbers = {"red_fighters": m, "blue_fighters": n, "red_kill_rate": a, "blue_kill_rate": b}
    inputs = [f"inputs.{name}={float(value)!r}" for name, value in numbers.items()]
    return build_world(load_scenario("duel", [*inputs, *settings]))


def histories(world: World, replicates: int, seed: int = 1, *, workers: int = 2) -> list[History]:
    """Return histories of a world; RunError if one cannot be used. Short ones are quicker on one thread."""
    found = [history for chunk in Ensemble(world, range(replicates), seed, workers) for history in chunk]
    for history in found:
        if history.trouble:
            raise RunError(history.trouble)
    return found
