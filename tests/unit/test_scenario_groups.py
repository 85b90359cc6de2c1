"""Inputs that are drawn together: known answers of the Gaussian copula, and what of the draws stays as it was."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy import stats

from simulation.scenario.case_draws import draw_cases
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.scenario.points import BLOCK, nested_points

BLOCKS = 100
CASES = BLOCKS * BLOCK
RHO = 0.6
SPEARMAN = 6 / math.pi * math.asin(RHO / 2)
BOTH_LOW = 0.0992
"""Probability that both of two inputs that go together lie in their lowest fifth."""
FAR = 4.5
"""Standard errors by which an answer may be off; one of ten is in about 1 of 15,000 sets of cases."""


def make(name: str, dist: str | None = "uniform", **fields: object) -> Input:
    known = {"unit": "1", "source": "test", "low": -100.0, "high": 100.0}
    return Input(name=name, dist=dist, **(known | fields))  # type: ignore[arg-type]


INPUTS = {each.name: each for each in map(make, ("a", "b", "c", "d"))}


def group(*members: str, correlation: float = RHO) -> dict[str, InputGroup]:
    return {"one": InputGroup(correlation=correlation, of=members, source="test")}


def draws(
    together: Mapping[str, InputGroup] | None,
    cases: range = range(2 * BLOCK),
    inputs: Mapping[str, Input] = INPUTS,
) -> np.ndarray:
    return draw_cases(inputs, cases, 7, together)


@pytest.fixture(scope="module")
def joined() -> np.ndarray:
    """Many cases of a, b and -c together, d apart."""
    return draws(group("a", "b", "-c"), range(CASES))


def test_the_known_answers_are_those_of_the_normal_law() -> None:
    low = stats.norm.ppf(0.2)
    both = stats.multivariate_normal.cdf([low, low], cov=[[1, RHO], [RHO, 1]])
    assert both == pytest.approx(BOTH_LOW, abs=5e-5)
    assert pytest.approx(0.5819, abs=5e-5) == SPEARMAN


@pytest.mark.parametrize(("pair", "sign"), [((0, 1), 1), ((0, 2), -1), ((1, 2), -1)])
def test_spearman_is_known_from_the_correlation(joined: np.ndarray, pair: tuple[int, int], sign: int) -> None:
    found = stats.spearmanr(joined[:, pair[0]], joined[:, pair[1]])[0]
    assert abs(found - sign * SPEARMAN) < FAR / math.sqrt(CASES)


def test_both_are_low_as_often_as_known(joined: np.ndarray) -> None:
    a, b, c, _ = joined.T
    error = FAR * math.sqrt(BOTH_LOW * (1 - BOTH_LOW) / CASES)
    for one, other in ((a, b), (a, 1 - c), (b, 1 - c)):
        assert abs(((one < 0.2) & (other < 0.2)).mean() - BOTH_LOW) < error


def test_scores_have_the_normal_law_of_all_members(joined: np.ndarray) -> None:
    scores = stats.norm.ppf(joined[:, :3]) * [1, 1, -1]
    found = np.cov(scores.T)
    assert np.abs(found - [[1, RHO, RHO], [RHO, 1, RHO], [RHO, RHO, 1]]).max() < FAR * math.sqrt(2 / CASES)
    # The sum of normal scores that go together is normal; another dependence with these correlations need not be.
    total = scores.sum(axis=1)[: 20 * BLOCK] / math.sqrt(3 + 6 * RHO)
    assert stats.kstest(total, "norm").pvalue > 1e-4


def test_margins_are_those_of_inputs_drawn_apart(joined: np.ndarray) -> None:
    for column in joined.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-4
        for block in column.reshape(BLOCKS, BLOCK):
            assert sorted((block * BLOCK).astype(int)) == list(range(BLOCK))


@pytest.mark.parametrize("case", [0, 1, 3, 700])
def test_a_single_case_follows_the_law_too(case: int) -> None:
    """Over seeds, since a case of one seed is one draw."""
    pairs = np.array(
        [draw_cases(INPUTS, range(case, case + 1), seed, group("a", "b"))[0, :2] for seed in range(300)]
    )
    assert all(stats.kstest(column, "uniform").pvalue > 1e-4 for column in pairs.T)
    assert abs(stats.spearmanr(*pairs.T)[0] - SPEARMAN) < FAR / math.sqrt(len(pairs))


def test_correlation_nothing_gives_the_same_bytes() -> None:
    apart = draws(None).tobytes()
    assert draws(group("a", "b", "-c", correlation=0)).tobytes() == apart
    assert draws({}).tobytes() == apart
    near = draws(group("a", "b", "-c", correlation=1e-12))
    assert np.array_equal(near, draws(None))


def test_those_outside_the_group_keep_their_draws() -> None:
    apart, together = draws(None), draws(group("a", "b", "-c"))
    assert np.array_equal(apart[:, 3], together[:, 3])
    assert not np.array_equal(apart[:, :3], together[:, :3])
    own = [np.corrcoef(apart[:, k], together[:, k])[0, 1] for k in range(3)]
    assert min(own) > 0.85


def test_cases_are_the_same_in_every_range() -> None:
    end = 2 * BLOCK + 100
    whole = draws(group("a", "-b"), range(end))
    cuts = (0, 1, 37, BLOCK, 2 * BLOCK + 1, end)
    parts = [draws(group("a", "-b"), range(first, last)) for first, last in pairwise(cuts)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_neither_the_order_of_members_nor_the_name_of_the_group_matters() -> None:
    one = draws(group("a", "-b", "c"))
    assert np.array_equal(one, draws(group("c", "a", "-b")))
    assert np.array_equal(one, draws({"other": group("a", "-b", "c")["one"]}))
    assert np.array_equal(one, draws(group("-a", "b", "-c")))


def test_a_member_set_to_a_constant_leaves_the_others_as_they_were() -> None:
    fixed = INPUTS | {"b": make("b", None, value=0.5)}
    found, before = draws(group("a", "b", "c"), inputs=fixed), draws(group("a", "b", "c"))
    assert np.array_equal(found[:, [0, 2, 3]], before[:, [0, 2, 3]])
    assert (found[:, 1] == 0.5).all()


@pytest.mark.parametrize("correlation", [0.3, 0.99, 1 - 1e-12])
def test_any_number_of_members_and_signs_can_go_together(correlation: float) -> None:
    names = [f"m{k}" for k in range(7)]
    inputs = {name: make(name) for name in names}
    members = [name if k % 3 else f"-{name}" for k, name in enumerate(names)]
    found = stats.norm.ppf(draws(group(*members, correlation=correlation), range(16 * BLOCK), inputs))
    signs = [-1 if each.startswith("-") else 1 for each in members]
    for i, j in combinations(range(7), 2):
        one = np.corrcoef(found[:, i], found[:, j])[0, 1]
        assert one == pytest.approx(signs[i] * signs[j] * correlation, abs=FAR / math.sqrt(16 * BLOCK))


def test_a_switch_goes_together_with_a_number() -> None:
    switch = make("b", "bernoulli", parameters={"p": 0.25})
    kinds = make("c", "choice", parameters={"values": [-1, 0, 1], "weights": [0.25, 0.5, 0.25]})
    a, b, c, _ = draws(group("a", "b", "-c"), range(CASES), INPUTS | {"b": switch, "c": kinds}).T
    assert np.bincount(b.astype(int)).tolist() == [3 * CASES // 4, CASES // 4]
    assert [(c == value).sum() for value in (-1, 0, 1)] == [CASES // 4, CASES // 2, CASES // 4]
    high = stats.norm.ppf(0.75)
    both = stats.multivariate_normal.cdf([-high, -high], cov=[[1, RHO], [RHO, 1]])
    error = FAR * math.sqrt(both * (1 - both) / CASES)
    assert abs(((b == 1) & (a > 0.75)).mean() - both) < error
    assert abs(((b == 1) & (c == -1)).mean() - both) < error


def test_points_of_a_group_are_shared_and_cannot_be_changed() -> None:
    from simulation.scenario.copula import joined_points

    members = (("a", 1), ("b", -1))
    points = joined_points(members, RHO, 0, 1)
    assert points is joined_points(members, RHO, 0, 1)
    assert points.shape == (2, BLOCK) and ((points > 0) & (points < 1)).all()
    with pytest.raises(ValueError, match="read-only"):
        points[0, 0] = 0.5
    assert not np.array_equal(points[0], nested_points("a", 0, 1))
