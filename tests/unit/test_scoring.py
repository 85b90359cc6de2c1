"""The scores of a forecast: exact values, and that none can be gained by stating what one does not believe."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scoringrules

from simulation.statistics.scoring_rules import (
    crps,
    day_hits,
    interval_score,
    log_score,
    mid_rank,
    skill,
    skill_over_rows,
)

DRAWS = np.array([0, 0, 0, 1, 2, 3, 5, 8, 13, 21], dtype=float)


@pytest.mark.parametrize(("truth", "expected"), [(0, 1.97), (4, 1.57), (60, 51.37)])
def test_crps_has_the_published_values(truth: float, expected: float) -> None:
    assert crps(DRAWS, truth).value == pytest.approx(expected, abs=1e-12)


def test_scores_are_those_of_scoringrules() -> None:
    """An independent implementation; its interval score takes the ends, ours are quantiles of the draws."""
    rng = np.random.default_rng(8)
    for draws in (DRAWS, rng.lognormal(3, 1, 400), rng.poisson(0.3, 50).astype(float)):
        for truth in (0.0, 4.0, 60.0):
            assert crps(draws, truth).value == pytest.approx(
                scoringrules.crps_ensemble(truth, draws), abs=1e-9
            )
            low, high = np.quantile(draws, [0.05, 0.95])
            assert interval_score(draws, truth) == pytest.approx(
                scoringrules.interval_score(truth, low, high, 0.1), abs=1e-9
            )


def test_crps_is_its_definition_in_any_order() -> None:
    draws = np.random.default_rng(3).permutation(np.append(DRAWS, [2.5, -4]))
    plain = np.abs(draws - 3).mean() - np.abs(draws[:, None] - draws).mean() / 2
    assert crps(draws, 3).value == pytest.approx(plain, abs=1e-12)


def test_crps_of_a_single_number_is_its_distance_and_of_an_ending_a_square() -> None:
    assert crps(np.array([7.0]), 4).value == 3
    assert crps(np.repeat([1.0, 0.0], [25, 75]), 1).value == pytest.approx(0.75**2)


def test_crps_of_days_cut_off_looks_only_before_the_end() -> None:
    """The area between the step at the truth and the share fallen, integrated up to day 30."""
    days = np.array([4, 12, 25, 40, 90], dtype=float)
    grid = np.arange(0, 30, 0.001) + 0.0005
    fallen = (days[:, None] <= grid).mean(axis=0)
    area = ((fallen - (grid >= 10)) ** 2).sum() * 0.001
    assert crps(np.minimum(days, 30), 10).value == pytest.approx(area, abs=1e-6)


def test_the_error_of_crps_is_that_of_repeated_forecasts() -> None:
    """400 repeats: the standard deviation is known to 3.5 %, so 15 % is four standard errors."""
    rng = np.random.default_rng(11)
    found = [crps(rng.exponential(5, 300), 12) for _ in range(400)]
    assert np.std([each.value for each in found]) == pytest.approx(
        np.mean([each.error for each in found]), rel=0.15
    )


def test_interval_score_is_width_and_twenty_times_the_miss() -> None:
    draws = np.arange(0, 101, dtype=float)
    assert interval_score(draws, 50) == pytest.approx(90)
    assert interval_score(draws, 0) == pytest.approx(90 + 20 * 5)
    assert interval_score(draws, 97) == pytest.approx(90 + 20 * 2)


def test_log_score_never_calls_anything_impossible() -> None:
    assert log_score(0, 1000) == pytest.approx(math.log(2002))
    assert log_score(500, 1000) == pytest.approx(math.log(2))
    with pytest.raises(ValueError, match="not a count"):
        log_score(3, 2)


def test_days_agree_with_a_truth_between_two_days_and_with_never() -> None:
    days = np.array([8, 9, 10, 10, 11, 30, 30], dtype=float)
    assert [day_hits(days, truth, 30) for truth in (8, 10, 10.5, 30)] == [1, 2, 3, 2]


def test_ties_count_half_in_a_rank() -> None:
    assert mid_rank(DRAWS, 0) == pytest.approx(0.15)
    assert mid_rank(DRAWS, 4) == pytest.approx(0.6)
    assert mid_rank(DRAWS, 60) == 1


@pytest.mark.parametrize("number", [2, 7, 1000])
@pytest.mark.parametrize(("value", "truth"), [(19.7, 19.7), (0.1, 0.1), (30, 10.5), (1e6 / 3, 0.1)])
def test_crps_of_equal_draws_is_that_of_one_and_exactly_zero_for_a_hit(
    number: int, value: float, truth: float
) -> None:
    found = crps(np.full(number, value), truth)
    assert found.value == pytest.approx(abs(value - truth), rel=1e-12, abs=0) and found.error == 0


def test_skill_against_a_forecast_that_hit_exactly_is_refused() -> None:
    assert skill(1, 4) == 0.75
    for reference in (0, -1, math.nan):
        with pytest.raises(ValueError, match="no skill against a reference"):
            skill(1, reference)


def test_skill_over_rows_leaves_out_what_the_reference_hit_and_counts_it() -> None:
    found = skill_over_rows([1, 3, 0, 1, 2], [4, 4, 0, 0, 1])
    assert (found.middle, found.rows, found.left_out) == (0.25, 3, 2)
    nothing = skill_over_rows([0, 1], [0, 0])
    assert (nothing.middle, nothing.rows, nothing.left_out) == (None, 0, 2)
    assert skill_over_rows([], []).middle is None


@pytest.mark.parametrize("stated", [0.3, 2.0])
def test_who_states_another_spread_scores_worse(stated: float) -> None:
    """Mean over 4,000 truths; the gap is over 6 standard errors in both cases."""
    rng = np.random.default_rng(5)
    own, truths = rng.normal(size=500), rng.normal(size=4000)
    honest, other = (np.array([crps(x, y).value for y in truths]) for x in (own, stated * own))
    gap = other - honest
    assert gap.mean() > 4 * gap.std() / math.sqrt(len(truths))
