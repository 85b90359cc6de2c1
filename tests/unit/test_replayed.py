"""Inputs of a history in another scenario: the same where both have them alike, else at the same place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulation.comparison.replayed import replayed
from simulation.conditioning.scores import NormalScores
from simulation.engine.branch import Descent, Luck
from simulation.engine.branched import BranchedHistories
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.case_draws import case_points

GROUPS = Path(__file__).parents[1] / "scenarios" / "valid" / "groups.yaml"
N, SEED = 4000, 3
CONFIDENCE, COHESION = "river_council_confidence", "river_council_cohesion"


def groups(*settings: str) -> Scenario:
    return load_scenario(GROUPS, settings)


def drawn(scenario: Scenario) -> tuple[BranchedHistories, np.ndarray]:
    """Return histories of a scenario with some luck each, and the scores of their inputs."""
    scores = NormalScores(scenario)
    normal = np.random.default_rng(1).standard_normal((N, scores.width)) + 0.3
    descents = tuple(Descent(SEED, (Luck(0.0, k, 1), Luck(2.0, k, 7)), k) for k in range(N))
    return BranchedHistories(inputs=scores.inputs(normal), descents=descents, seed=SEED), normal


def column(histories: BranchedHistories, scenario: Scenario, name: str) -> np.ndarray:
    return np.asarray(histories.inputs[:, list(scenario.inputs).index(name)])


def test_the_same_scenario_has_the_same_inputs_and_luck_to_the_last_bit() -> None:
    rows, scores = drawn(groups())
    again = replayed(rows, scores, groups(), groups())
    assert np.array_equal(again.inputs, rows.inputs) and again.descents == rows.descents


def test_an_input_of_another_distribution_has_the_same_quantile_and_moves_no_other() -> None:
    wider = groups(f"inputs.{CONFIDENCE}={{dist: uniform, loc: 0.1, scale: 0.5, source: made up}}")
    rows, scores = drawn(groups())
    there = replayed(rows, scores, groups(), wider)
    one, other = (column(each, groups(), CONFIDENCE) for each in (rows, there))
    assert (np.argsort(one) == np.argsort(other)).all() and other.min() < 0.12 and other.max() > 0.58
    others = [k for k, name in enumerate(wider.inputs) if name != CONFIDENCE]
    assert np.array_equal(there.inputs[:, others], rows.inputs[:, others])


def test_an_input_that_becomes_a_constant_leaves_the_others_of_its_group_as_they_were() -> None:
    fixed = groups(f"inputs.{CONFIDENCE}=0.4")
    rows, scores = drawn(groups())
    there = replayed(rows, scores, groups(), fixed)
    assert (column(there, fixed, CONFIDENCE) == 0.4).all()
    assert np.array_equal(column(there, fixed, COHESION), column(rows, fixed, COHESION))


@pytest.mark.parametrize("name", [CONFIDENCE, "army_shock"])
def test_what_only_the_other_is_uncertain_of_goes_with_its_group(name: str) -> None:
    """Spearman's coefficient of two members is 6 / pi asin(r / 2), turned for one that is turned round."""
    mean = float(np.mean(groups().inputs[name].support()))
    certain = groups(f"inputs.{name}={mean}")
    rows, scores = drawn(certain)
    there = replayed(rows, scores - 0.3, certain, groups())
    group = groups().together["nerve"]
    plain = np.asarray(there.inputs)
    assert np.array_equal(column(there, certain, COHESION), column(rows, certain, COHESION))
    pair = [plain[:, list(certain.inputs).index(each)].argsort().argsort() for each in (COHESION, name)]
    if groups().inputs[name].chances():
        assert np.sign(np.corrcoef(*pair)[0, 1]) == group.signs[name]
        return
    wanted = 6 / np.pi * np.arcsin(group.correlation / 2) * group.signs[name] * group.signs[COHESION]
    assert np.corrcoef(*pair)[0, 1] == pytest.approx(wanted, abs=0.05)


def test_by_itself_it_has_the_point_of_the_plain_history_of_its_number() -> None:
    apart = "together.nerve.correlation=0"
    certain, other = groups(apart, f"inputs.{CONFIDENCE}=0.4"), groups(apart)
    rows, scores = drawn(certain)
    found = column(replayed(rows, scores, certain, other), other, CONFIDENCE)
    points = case_points(CONFIDENCE, range(N), SEED)
    assert (np.argsort(found, kind="stable") == np.argsort(points, kind="stable")).all()


def test_a_group_of_another_correlation_mixes_the_same_scores() -> None:
    rows, scores = drawn(groups())
    apart = groups("together.nerve.correlation=0")
    there = column(replayed(rows, scores, groups(), apart), apart, COHESION)
    names = [name for name, each in groups().inputs.items() if each.dist is not None]
    own = scores[:, names.index(COHESION)]
    assert (np.argsort(there, kind="stable") == np.argsort(own, kind="stable")).all()
