"""Duels fought by the engine, as arrays of what came out of them."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from simulation.engine.ensemble import Ensemble
from simulation.scenario import load_scenario
from simulation.scenario.build import build_world

LARGEST_Z = 4.0
"""A right engine exceeds this, for one number, with one seed in 15,800: 2 · (1 - Phi(4)) = 6.3e-5."""


@dataclass(frozen=True)
class Fought:
    """One value per history."""

    wins: np.ndarray
    duration: np.ndarray
    first_left: np.ndarray
    second_left: np.ndarray


@cache
def fight(m, n, a, b, *, replicates, seed=1, **inputs):
    """Let m fighters with kill rate a (1/day) meet n with kill rate b, as the scenario `duel` does."""
    numbers = {"red_fighters": m, "blue_fighters": n, "red_kill_rate": a, "blue_kill_rate": b} | inputs
    world = build_world(load_scenario("duel", [f"inputs.{name}={float(x)!r}" for name, x in numbers.items()]))
    red, blue = (world.actors.index(side) for side in ("red", "blue"))
    rows = []
    for histories in Ensemble(world, range(replicates), seed, 2):
        assert not any(history.trouble for history in histories)
        for outcome in (history.outcome for history in histories):
            left = outcome.actors.present
            rows.append((left[blue] == 0, outcome.world.end_day, left[red], left[blue]))
    return Fought(*np.array(rows, float).T)


def z_of(values, expected):
    """Return how many standard errors the mean of some values lies from what it should be."""
    return (values.mean() - expected.mean) * math.sqrt(len(values)) / expected.deviation


def assert_agree(fought, exact):
    """Compare all four numbers of a duel."""
    names = ("wins", "duration", "first_left", "second_left")
    found = {name: round(z_of(getattr(fought, name), getattr(exact, name)), 2) for name in names}
    assert max(abs(z) for z in found.values()) <= LARGEST_Z, found
