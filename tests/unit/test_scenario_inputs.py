"""Inputs: the table of distributions against scipy, bounds, and the draws of cases."""

from __future__ import annotations

import math
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.errors import InputError
from simulation.scenario.case_draws import draw_cases
from simulation.scenario.distributions import DISTRIBUTIONS, fault, support
from simulation.scenario.inputs import Input, at_quantiles
from simulation.scenario.points import BLOCK, TINY, nested_points
from simulation.scenario.quantiles import quantiles

EXAMPLES = {
    "triang": {"c": 0.3},
    "trapezoid": {"c": 0.2, "d": 0.7},
    "beta": {"a": 2, "b": 3},
    "powerlaw": {"a": 1.5},
    "bradford": {"c": 2},
    "truncnorm": {"a": -1, "b": 2},
    "truncexpon": {"b": 3},
    "loguniform": {"a": 0.5, "b": 4},
    "reciprocal": {"a": 0.5, "b": 4},
    "lognorm": {"s": 0.5},
    "gamma": {"a": 2},
    "weibull_min": {"c": 1.5},
    "bernoulli": {"p": 0.3},
}


def make(name: str = "x", **given: object) -> Input:
    fields = {"unit": "1", "source": "test", "low": -100.0, "high": 100.0} | given
    return Input(name=name, **fields)  # type: ignore[arg-type]


def uniform(number: int, loc: float = 0.0, scale: float = 1.0) -> Input:
    return make(f"u{number}", dist="uniform", parameters={"loc": loc, "scale": scale})


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS.keys() - {"choice"}))
def test_the_table_agrees_with_scipy(name: str) -> None:
    theirs = getattr(stats, name)
    assert DISTRIBUTIONS[name].shapes == tuple(
        (theirs.shapes or "").replace(" ", "").split(",") if theirs.shapes else ()
    )
    assert DISTRIBUTIONS[name].discrete == isinstance(theirs, stats.rv_discrete)
    placed = {"loc": 1.5, "scale": 2.5}
    parameters = EXAMPLES.get(name, {}) | {key: placed[key] for key in DISTRIBUTIONS[name].placed}
    assert support(name, parameters) == pytest.approx(theirs(**parameters).support())
    assert fault(name, parameters) == ""


@given(name=st.sampled_from(sorted(EXAMPLES)), data=st.data())
def test_the_rule_of_shapes_agrees_with_scipy(name: str, data: st.DataObject) -> None:
    number = st.floats(-3, 3, allow_nan=False)
    shape = {each: data.draw(number, label=each) for each in DISTRIBUTIONS[name].shapes}
    accepted = bool(getattr(stats, name)._argcheck(*shape.values()))
    assert (fault(name, shape) == "") == accepted


@pytest.mark.parametrize("number", [math.nan, 0.0, -1.0])
def test_a_scale_that_is_not_positive_is_a_fault(number: float) -> None:
    assert fault("uniform", {"scale": number}).startswith("scale must be more than 0")


@pytest.mark.parametrize(
    "given",
    [
        {"value": math.nan},
        {"value": math.inf},
        {"value": 101.0},
        {"value": -101.0},
        {},
        {"value": 1.0, "dist": "uniform"},
        {"dist": "uniform", "parameters": {"loc": math.nan}},
        {"dist": "uniform", "parameters": {"scale": math.nan}},
        {"dist": "uniform", "parameters": {"loc": 99.5}},
        {"dist": "norm"},
        {"dist": "triang", "parameters": {"c": math.nan}},
    ],
)
def test_an_input_refuses_what_it_cannot_be(given: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"."):
        make(**given)  # type: ignore[arg-type]


def test_a_bound_that_is_met_but_for_rounding_is_met() -> None:
    assert (
        make(high=0.92, low=0.25, dist="uniform", parameters={"loc": 0.25, "scale": 0.67}).support()[1]
        > 0.92 - 1e-9
    )


def test_a_wide_bound_leaves_no_room_at_the_other_end() -> None:
    for fields in ({"value": 0.0}, {"dist": "uniform", "parameters": {"loc": 0.5, "scale": 1e6}}):
        with pytest.raises(InputError, match="1 to 1000000000000"):
            make(low=1.0, high=1e12, **fields)


def test_cases_are_the_same_in_every_range() -> None:
    inputs = {each.name: each for each in (uniform(3), uniform(0, 5, 2), make("c", value=4.0))}
    end = 2 * BLOCK + 100
    whole = draw_cases(inputs, range(end), seed=1)
    cuts = (0, 1, 37, BLOCK, 2 * BLOCK + 1, end)
    parts = [draw_cases(inputs, range(first, last), seed=1) for first, last in pairwise(cuts)]
    assert np.array_equal(whole, np.concatenate(parts))
    assert np.array_equal(draw_cases(inputs, range(end - 1, end), seed=1), whole[end - 1 :])
    assert draw_cases(inputs, range(5, 5), seed=1).shape == (0, 3)
    assert (whole[:, 2] == 4.0).all()


def test_an_input_keeps_its_draws_when_others_change() -> None:
    alone = draw_cases({"u3": uniform(3)}, range(64), seed=5)
    among = draw_cases({"a": uniform(0), "u3": uniform(3), "c": make("c", value=1.0)}, range(64), seed=5)
    assert np.array_equal(alone[:, 0], among[:, 1])


def test_seeds_differ() -> None:
    one, two = (draw_cases({"u": uniform(0)}, range(16), seed=seed) for seed in (1, 2))
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("count", [2, 4, 64, BLOCK])
@pytest.mark.parametrize("block", [0, 1])
def test_the_first_points_fill_every_part_of_the_range(count: int, block: int) -> None:
    parts = (nested_points("a", block, 1)[:count] * count).astype(int)
    assert sorted(parts) == list(range(count))


def test_blocks_names_and_seeds_are_drawn_apart() -> None:
    first = nested_points("a", 0, 1)
    others = (nested_points("a", 1, 1), nested_points("b", 0, 1), nested_points("a", 0, 2))
    assert all(abs(np.corrcoef(first, other)[0, 1]) < 5 / math.sqrt(BLOCK) for other in others)


def test_points_lie_anywhere_in_their_part() -> None:
    within = np.concatenate([nested_points(name, 0, 1) * BLOCK % 1 for name in "abcdefgh"])
    assert stats.kstest(within, "uniform").pvalue > 1e-4


@pytest.mark.parametrize("cases", [range(0, 10, 2), range(-1, 4)])
def test_an_odd_range_is_refused(cases: range) -> None:
    with pytest.raises(ValueError, match="cases must be"):
        draw_cases({"u": uniform(0)}, cases, seed=1)


@pytest.mark.filterwarnings("error")
def test_drawing_warns_of_nothing() -> None:
    draw_cases({"u": uniform(0)}, range(7), seed=1)
    draw_cases({"u": uniform(0)}, range(3, 10), seed=1)


EXTREME = [5e-324, 1e-300, 1e-12, 1e-3, 1.0, 1e3, 1e9, 1e16, 1e300]


def shapes_at_the_edge(name: str) -> list[dict[str, float]]:
    within = [0.0, 1e-300, 0.5, 1 - 2.0**-53, 1.0]
    numbers = {"triang": within, "trapezoid": within, "truncnorm": [-1e3, -1e-300, *EXTREME]}.get(
        name, EXTREME
    )
    names = DISTRIBUTIONS[name].shapes
    return [dict(zip(names, each, strict=True)) for each in product(numbers, repeat=len(names))]


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
@pytest.mark.filterwarnings("error")
def test_what_is_accepted_can_be_drawn_and_what_is_refused_says_why(name: str) -> None:
    points = np.clip(np.random.default_rng(1).random(30), TINY, 1 - TINY)
    points[:2] = TINY, 1 - TINY
    for shapes in shapes_at_the_edge(name):
        try:
            each = make(dist=name, parameters=shapes, low=-1e9, high=1e9)
        except InputError as error:
            assert str(error).startswith(name)
            continue
        low, high = each.support()
        drawn = quantiles(name, points, shapes)
        room = 1e-6 * max(abs(low), abs(high))
        assert ((drawn >= low - room) & (drawn <= high + room)).all()
        assert at_quantiles(each, points).tobytes() == np.clip(drawn, -1e9, 1e9).tobytes()


@pytest.mark.parametrize(
    ("name", "shapes", "message"),
    [
        ("beta", {"a": 5e-324, "b": 5e-324}, "beta cannot be drawn with these numbers"),
        ("beta", {"a": 2e9, "b": 1}, "a and b must be more than 0 and at most 1e9; a is 2000000000"),
        ("truncnorm", {"a": 5e-324, "b": 1e-300}, "truncnorm cannot be drawn with these numbers: at the quantile"),
        ("loguniform", {"a": 1, "b": 1.7e308}, "b at most 1e300"),
    ],
)  # fmt: skip
def test_a_distribution_that_cannot_be_drawn_is_refused(
    name: str, shapes: dict[str, float], message: str
) -> None:
    with pytest.raises(InputError, match=r"drawn|at most") as caught:
        make(dist=name, parameters=shapes, low=0, high=1e9)
    assert message in str(caught.value)


@pytest.mark.parametrize("trouble", [ArithmeticError("overflow"), None])
def test_a_draw_that_fails_names_its_input(
    trouble: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str, points: np.ndarray, parameters: object) -> np.ndarray:
        if trouble is not None:
            raise trouble
        return np.full(len(points), np.inf)

    each = make("fog", dist="uniform", parameters={"loc": 0, "scale": 1}, low=0, high=1)
    monkeypatch.setattr("simulation.scenario.inputs.quantiles", broken)
    with pytest.raises(InputError, match=r"^inputs.fog: uniform "):
        draw_cases({"fog": each}, range(3), 1)
