"""A duel under a switch between rules: the mixture of two exact answers, and its variance split exactly.

Every number lies within 4 standard errors of the exact answer, which a right engine misses with one seed in about
1,500 for all of this file together; the seed is fixed.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from simulation import sensitivity
from simulation.scenario.points import BLOCK
from simulation.selftest.check import LARGEST_Z
from simulation.selftest.duel_runs import duel, histories
from simulation.selftest.exact_duels import Duel, linear_law, solve, square_law

M, N = 12, 10
CASES = 16 * BLOCK
"""Whole blocks, of which an input takes each of its values in exactly its share."""
LAWS = 'inputs.front_width={dist: choice, values: [1, 1.0e+12], weights: [0.5, 0.5], source: "assumption: either law"}'
KINDS = 'inputs.red_kill_rate={dist: choice, values: [0.5, 1, 2], weights: [0.25, 0.5, 0.25], source: "assumption: x"}'
SWITCH = 'inputs.blue_fighters={dist: bernoulli, p: 0.25, loc: 10, source: "assumption: one more with luck"}'
RULES: dict[str, tuple[str, list[float], list[Duel]]] = {
    "front_width": (LAWS, [0.5, 0.5], [solve(M, N, law(1.0, 1.0)) for law in (linear_law, square_law)]),
    "red_kill_rate": (KINDS, [0.25, 0.5, 0.25], [solve(M, N, square_law(a, 1.0)) for a in (0.5, 1.0, 2.0)]),
    "blue_fighters": (SWITCH, [0.75, 0.25], [solve(M, n, square_law(1.0, 1.0)) for n in (10, 11)]),
}


def mixture(weights: list[float], parts: list[Duel]) -> tuple[float, float, float]:
    """Return the mean of Red's survivors, the variance within rules and that between them."""
    means = np.array([part.first_left.mean for part in parts])
    within = sum(w * part.first_left.deviation**2 for w, part in zip(weights, parts, strict=True))
    mean = float(np.dot(weights, means))
    return mean, float(within), float(np.dot(weights, (means - mean) ** 2))


@pytest.mark.parametrize("name", RULES)
def test_mean_and_variance_are_those_of_the_mixture(name: str) -> None:
    setting, weights, parts = RULES[name]
    world = duel(M, N, 1, 1, setting)
    column = list(world.scenario.inputs).index(name)
    found = histories(world, CASES)
    left = np.array([history.outcome.actors.present[0] for history in found], float)
    taken = np.array([history.inputs[column] for history in found])
    values, counts = np.unique(taken, return_counts=True)
    assert counts.tolist() == [weight * CASES for weight in weights]

    mean, within, between = mixture(weights, parts)
    # As many of each rule as its weight, so that only what is within rules makes the mean miss.
    assert abs(left.mean() - mean) <= LARGEST_Z * math.sqrt(within / CASES)
    squares = (left - mean) ** 2
    assert abs(squares.mean() - (within + between)) <= LARGEST_Z * squares.std() / math.sqrt(CASES)

    by_rule = [left[taken == value] for value in values]
    means = np.array([each.mean() for each in by_rule])
    own_within = np.dot(weights, [each.var() for each in by_rule])
    own_between = np.dot(weights, (means - left.mean()) ** 2)
    assert left.var() == pytest.approx(own_within + own_between, rel=1e-12)
    for each, part in zip(by_rule, parts, strict=True):
        assert abs(each.mean() - part.first_left.mean) <= LARGEST_Z * part.first_left.deviation / math.sqrt(
            len(each)
        )


@pytest.mark.parametrize("name", RULES)
def test_a_study_gives_the_switch_and_chance_their_exact_shares(name: str, tmp_path: Path) -> None:
    setting, weights, parts = RULES[name]
    numbers = [f"inputs.red_fighters={M}", f"inputs.blue_fighters={N}", "inputs.blue_kill_rate=1", setting]
    study = sensitivity(
        "duel",
        histories=8000,
        outcomes="fighters_left_red",
        overrides=numbers,
        out=tmp_path / "s",
        report=False,
    ).study
    _, within, between = mixture(weights, parts)
    share = between / (within + between)
    first = study.tables["first_order"].iloc[0]
    assert first["input"] == name
    assert abs(first["share"] - share) <= (first["high"] - first["low"]) * LARGEST_Z / (2 * 1.96) + 1e-9
    assert (first["share"] > first["reference"]) == (first["group"] == 1)
    chance = study.tables["chance"].iloc[0]
    assert abs(chance["share"] - (1 - share)) <= (chance["high"] - chance["low"]) * LARGEST_Z / (2 * 1.96)
    total = study.tables["total"]
    if len(total):
        row = total.iloc[0]
        assert abs(row["share"] - share) <= (row["high"] - row["low"]) * LARGEST_Z / (2 * 1.96)


def test_walks_move_a_switch_from_one_rule_to_the_other(tmp_path: Path) -> None:
    numbers = [f"inputs.red_fighters={M}", f"inputs.blue_fighters={N}", "inputs.blue_kill_rate=1", LAWS]
    study = sensitivity(
        "duel",
        method="morris",
        histories=3000,
        outcomes="fighters_left_red",
        overrides=numbers,
        out=tmp_path / "s",
        report=False,
    ).study
    parts = RULES["front_width"][2]
    rows = study.tables["effects"].set_index("input")
    row = rows.loc["front_width"]
    expected = parts[1].first_left.mean - parts[0].first_left.mean
    assert abs(row["mean"] - expected) <= (row["mean_high"] - row["mean_low"]) * LARGEST_Z / (2 * 1.96)
    assert row["group"] == 1
