"""Weighted estimates: whole weights give what repeated rows give, equal weights the very bytes of none."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation.results.medoid import typical_and_extreme
from simulation.statistics import weighted
from simulation.statistics.intervals import (
    ending_shares,
    fall_curve,
    fan,
    marks_of,
    share_of,
    spread,
    taken,
    weights_of,
)
from simulation.statistics.rank_correlations import rank_correlations

LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def some(seed: int, n: int, most: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Return values with ties and whole weights, some of them zero."""
    draw = np.random.default_rng(seed)
    weights = draw.integers(0, most, n).astype(float)
    weights[draw.integers(n)] = most
    return draw.poisson(5, n) + draw.choice([0.0, 0.25], n), weights


def table(seed: int, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return outcomes whose whole weights add up to their number, and the same with each row repeated so often."""
    draw = np.random.default_rng(seed)
    weights = np.bincount(draw.integers(0, n, n), minlength=n)
    frame = pd.DataFrame(
        {
            "case": np.arange(n),
            "replicate": np.arange(n),
            "ending": draw.choice(["a", "b", "c"], n),
            "end_day": draw.integers(3, 30, n).astype(float),
            "events": draw.poisson(50, n),
            "input.x": draw.random(n),
            "input.y": draw.integers(0, 3, n).astype(float),
            "weight": weights / 7,
        }
    )
    repeated = frame.loc[np.repeat(np.arange(n), weights)].reset_index(drop=True).drop(columns="weight")
    return frame, repeated.assign(case=np.arange(n), replicate=np.arange(n))


@pytest.mark.parametrize("seed", range(40))
def test_quantiles_and_marks_are_those_of_repeated_values(seed: int) -> None:
    values, weights = some(seed, 1 + 7 * seed % 61)
    repeated = np.repeat(values, weights.astype(int))
    assert weighted.quantiles(values, weights, LEVELS) == pytest.approx(
        np.quantile(repeated, LEVELS), rel=1e-14
    )
    assert weighted.marks(values, weights).tolist() == marks_of(repeated).tolist()
    assert weighted.mean(values, weights) == pytest.approx(repeated.mean(), rel=1e-13)
    last = np.cumsum(weights[weights > 0]).astype(int) - 1
    assert weighted.ranks(values, weights)[weights > 0].tolist() == stats.rankdata(repeated)[last].tolist()


@pytest.mark.parametrize("n", [2, 3, 19, 20, 21, 100, 997])
@pytest.mark.parametrize("weight", [1.0, 1 / 3, 1e-200, 1e200])
def test_equal_weights_are_no_weights(n: int, weight: float) -> None:
    values = np.random.default_rng(n).normal(size=(n, 3))
    equal = np.full(n, weight)
    assert weighted.uneven(equal) is None
    assert spread(values[:, 0], equal) == spread(values[:, 0])
    assert np.array_equal(fan(values, equal), fan(values))
    assert share_of(values[:, 0] > 0, equal) == share_of(values[:, 0] > 0)
    # The weighted way itself gives the same too, though it may round otherwise.
    ones = weighted.scaled(equal)
    assert (ones == 1).all()
    assert weighted.marks(values[:, 1], ones).tolist() == marks_of(values[:, 1]).tolist()
    assert np.array_equal(weighted.quantiles(values[:, 1], ones, LEVELS), np.quantile(values[:, 1], LEVELS))
    assert weighted.standard_error(values[:, 1], ones) == pytest.approx(stats.sem(values[:, 1]))
    part, low, high = weighted.share(values[:, 1] > 0, ones)
    plain = share_of(values[:, 1] > 0)
    assert (part, low, high) == pytest.approx((plain.share, plain.low, plain.high), abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_a_table_with_whole_weights_says_what_its_rows_repeated_say(seed: int) -> None:
    frame, repeated = table(seed, 60)
    weights = weights_of(frame)
    assert weights is not None and weights.sum() == pytest.approx(60)
    for name, share in ending_shares(frame, ["a", "b", "c", "never"]).items():
        plain = ending_shares(repeated, ["a", "b", "c", "never"])[name]
        assert (share.share, share.count, share.total) == pytest.approx(
            (plain.share, plain.count, plain.total)
        )
    found, plain_spread = spread(frame["end_day"].to_numpy(), weights), spread(repeated["end_day"].to_numpy())
    assert found.mean == pytest.approx(plain_spread.mean) and found.marks == plain_spread.marks
    assert found.quantiles == pytest.approx(plain_spread.quantiles)
    correlated = {
        each.column: each.value for each in rank_correlations(frame, ["input.x", "input.y"], "events")
    }
    for each in rank_correlations(repeated, ["input.x", "input.y"], "events"):
        assert correlated[each.column] == pytest.approx(each.value, abs=1e-12)
    number = {
        new: old
        for old, new in zip(np.repeat(np.arange(60), (weights + 0.5).astype(int)), range(60), strict=True)
    }
    assert typical_and_extreme(frame) == tuple(number[each] for each in typical_and_extreme(repeated))


@pytest.mark.parametrize("seed", range(12))
def test_falls_by_weight_are_those_of_repeated_histories(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ends = draw.integers(2, 9, 40).astype(float)
    falls = np.where(draw.random(40) < 0.5, np.minimum(draw.integers(1, 9, 40), ends), np.inf)
    weights = np.bincount(draw.integers(0, 40, 40), minlength=40)
    found = fall_curve("x", falls, ends, weights.astype(float))
    plain = fall_curve("x", np.repeat(falls, weights), np.repeat(ends, weights))

    def share(curve: Any, day: float) -> float:
        return float(np.append(0.0, curve.shares)[np.searchsorted(curve.days, day, side="right")])

    for day in range(10):
        assert share(found, day) == pytest.approx(share(plain, day), abs=1e-12)


def test_what_was_taken_counts_by_weight() -> None:
    frame = table(3, 50)[0]
    places = pd.DataFrame(
        {"replicate": [0, 0, 4, 9, 12], "place": ["P", "P", "Q", "P", "P"], "day": [2.0, 3, 1, 5, 1]}
    )
    weights = weights_of(frame)
    assert weights is not None
    hits = taken(places, {"P": "g", "Q": "g", "R": "g"}, frame["replicate"].to_numpy())
    found = {place: share_of(each, weights).share for place, each in hits.items()}
    assert found["P"] == pytest.approx(weights[[0, 9, 12]].sum() / 50)
    assert found["Q"] == pytest.approx(weights[4] / 50) and found["R"] == 0


def test_what_has_any_weight_is_never_said_to_be_none_or_all() -> None:
    weights = np.array([1.0] * 99 + [1e-9])
    rare, most = share_of(np.arange(100) == 99, weights), share_of(np.arange(100) < 99, weights)
    assert (rare.count, most.count, rare.total) == (1, 99, 100) and 0 < rare.share < 1e-9


def test_effective_size_and_scale() -> None:
    assert weighted.effective_size(np.array([1.0, 1, 1, 1])) == 4
    assert weighted.effective_size(np.array([1e-300, 0, 1e-300])) == 2
    assert weighted.effective_size(np.array([3.0, 1])) == pytest.approx(16 / 10)
    logs = np.array([-2000.0, -2000 + math.log(3), -math.inf])
    weights, evidence = weighted.from_logarithms(logs)
    assert weights == pytest.approx([0.75, 2.25, 0]) and evidence == pytest.approx(-2000 + math.log(4 / 3))
    nothing, never = weighted.from_logarithms(np.full(3, -math.inf))
    assert not nothing.any() and never == -math.inf


@pytest.mark.parametrize(
    "wrong", [[-1.0, 2], [math.nan, 1], [math.inf, 1], [0.0, 0]], ids=["negative", "nan", "inf", "nothing"]
)
def test_what_cannot_be_weights_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="weights are finite"):
        weighted.scaled(np.array(wrong))


def test_the_normal_deviate_is_that_of_scipy() -> None:
    assert stats.norm.ppf(0.975) == pytest.approx(weighted.Z, abs=1e-15)


def test_the_standard_error_is_that_of_the_weighted_mean() -> None:
    """The mean of 400 samples of 300 spreads as the errors that they state; false alarm below 1 in 10,000."""
    draw = np.random.default_rng(5)
    means, errors = [], []
    for _ in range(400):
        values = draw.normal(size=300)
        weights = np.exp(0.8 * values)
        means.append(weighted.mean(values, weights))
        errors.append(weighted.standard_error(values, weights))
    assert abs(np.mean(means) - 0.8) < 4 * np.std(means) / 20
    assert np.std(means) == pytest.approx(np.mean(errors), rel=4 / math.sqrt(800))


@pytest.mark.parametrize("seed", range(20))
def test_systematic_resampling_draws_each_its_share_up_or_down(seed: int) -> None:
    draw = np.random.default_rng(seed)
    weights, luck = draw.random(30) * (draw.random(30) < 0.7), float(draw.random())
    counts = weighted.systematic(weights, 50, luck)
    due = 50 * weights / weights.sum()
    assert counts.sum() == 50 and (np.abs(counts - due) < 1 + 1e-9).all() and not counts[weights == 0].any()


def test_systematic_resampling_is_a_comb_and_unbiased() -> None:
    weights = [Fraction(1, 8), Fraction(5, 8), Fraction(2, 8)]
    grid = [k / 1000 for k in range(1000)]
    counts = np.array([weighted.systematic(np.array(weights, float), 3, luck) for luck in grid])
    assert counts.mean(axis=0) == pytest.approx([3 / 8, 15 / 8, 6 / 8], abs=2e-3)
    for luck, found in zip(grid, counts, strict=True):
        teeth = [(k + Fraction(luck)) / 3 for k in range(3)]
        ends = np.cumsum(weights)
        comb = [
            sum((end - part) <= tooth < end for tooth in teeth)
            for end, part in zip(ends, weights, strict=True)
        ]
        assert found.tolist() == comb
    assert weighted.systematic(np.ones(5), 5, 0.999999).tolist() == [1] * 5


@pytest.mark.parametrize(("number", "luck"), [(0, 0.5), (5, 1.0), (5, -0.1), (5, math.nan)])
def test_resampling_refuses_what_it_cannot_do(number: int, luck: float) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        weighted.systematic(np.ones(5), number, luck)


def test_where_no_history_has_weight_all_count_alike() -> None:
    frame = table(3, 20)[0]
    assert weights_of(frame.assign(weight=0.0)) is None and weights_of(frame.assign(weight=1e-300)) is None
    assert weights_of(frame.drop(columns="weight")) is None and weights_of(frame) is not None
