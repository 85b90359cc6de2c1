"""Inputs: the table of distributions against scipy, bounds, and the draws of cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.scenario.distributions import DISTRIBUTIONS, fault, support
from simulation.scenario.inputs import DIMENSIONS, Input, draw_cases

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
}


def make(name: str = "x", column: int = 0, **given: object) -> Input:
    fields = {"unit": "1", "source": "test", "low": -100.0, "high": 100.0, "column": column} | given
    return Input(name=name, **fields)  # type: ignore[arg-type]


def uniform(column: int, loc: float = 0.0, scale: float = 1.0) -> Input:
    return make(f"u{column}", column, dist="uniform", parameters={"loc": loc, "scale": scale})


@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_the_table_agrees_with_scipy(name: str) -> None:
    theirs = getattr(stats, name)
    assert DISTRIBUTIONS[name].shapes == tuple(
        (theirs.shapes or "").replace(" ", "").split(",") if theirs.shapes else ()
    )
    parameters = EXAMPLES.get(name, {}) | {"loc": 1.5, "scale": 2.5}
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
        {"value": 1.0, "column": -1},
        {"value": 1.0, "column": DIMENSIONS},
    ],
)
def test_an_input_refuses_what_it_cannot_be(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        make(**given)  # type: ignore[arg-type]


def test_a_bound_that_is_met_but_for_rounding_is_met() -> None:
    assert (
        make(high=0.92, low=0.25, dist="uniform", parameters={"loc": 0.25, "scale": 0.67}).support()[1]
        > 0.92 - 1e-9
    )


def test_a_wide_bound_leaves_no_room_at_the_other_end() -> None:
    for fields in ({"value": 0.0}, {"dist": "uniform", "parameters": {"loc": 0.5, "scale": 1e6}}):
        with pytest.raises(ValueError, match="1 to 1000000000000"):
            make(low=1.0, high=1e12, **fields)


def test_cases_are_the_same_in_every_range() -> None:
    inputs = {each.name: each for each in (uniform(3), uniform(0, 5, 2), make("c", 7, value=4.0))}
    whole = draw_cases(inputs, range(100), seed=1)
    parts = [draw_cases(inputs, part, seed=1) for part in (range(1), range(1, 37), range(37, 100))]
    assert np.array_equal(whole, np.concatenate(parts))
    assert np.array_equal(draw_cases(inputs, range(99, 100), seed=1), whole[99:])
    assert draw_cases(inputs, range(5, 5), seed=1).shape == (0, 3)
    assert (whole[:, 2] == 4.0).all()


def test_an_input_keeps_its_draws_when_others_change() -> None:
    alone = draw_cases({"u3": uniform(3)}, range(64), seed=5)
    among = draw_cases({"a": uniform(0), "u3": uniform(3), "c": make("c", 4, value=1.0)}, range(64), seed=5)
    assert np.array_equal(alone[:, 0], among[:, 1])


def test_seeds_differ() -> None:
    one, two = (draw_cases({"u": uniform(0)}, range(16), seed=seed) for seed in (1, 2))
    assert not np.array_equal(one, two)


def test_draws_are_stratified_and_follow_their_distribution() -> None:
    triangle = make("t", 11, dist="triang", parameters={"c": 0.25, "loc": 10.0, "scale": 20.0})
    drawn = draw_cases({"u": uniform(300), "t": triangle}, range(1024), seed=3)
    counts = np.bincount((drawn[:, 0] * 1024).astype(int), minlength=1024)
    assert (counts == 1).all()
    assert stats.kstest(drawn[:, 1], stats.triang(0.25, 10, 20).cdf).statistic < 2 / 1024


@pytest.mark.parametrize("cases", [range(0, 10, 2), range(-1, 4)])
def test_an_odd_range_is_refused(cases: range) -> None:
    with pytest.raises(ValueError, match="cases must be"):
        draw_cases({"u": uniform(0)}, cases, seed=1)


@pytest.mark.filterwarnings("error")
def test_drawing_warns_of_nothing() -> None:
    draw_cases({"u": uniform(0)}, range(7), seed=1)
    draw_cases({"u": uniform(0)}, range(3, 10), seed=1)
