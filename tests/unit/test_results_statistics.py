"""Shares, spreads, times to a fall, fans and correlations against numbers worked out apart."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation.results.daily_panels import carry_forward
from simulation.statistics.intervals import (
    ending_shares,
    fall_curve,
    fall_days,
    fan,
    spread,
    wilson,
)
from simulation.statistics.rank_correlations import rank_correlations

Z = 1.959963984540054


@pytest.mark.parametrize(("count", "total"), [(0, 50), (1, 30), (62, 100), (100, 100)])
def test_wilson_against_its_formula(count: int, total: int) -> None:
    p, n = count / total, total
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    found = wilson(count, total)
    assert (found.low, found.high) == pytest.approx((max(0, middle - half), min(1, middle + half)), abs=1e-12)


def test_wilson_is_that_of_scipy_to_the_last_bit() -> None:
    for total in (1, 7, 100, 999):
        for count in {0, 1, total // 3, total - 1, total}:
            theirs = stats.binomtest(count, total).proportion_ci(confidence_level=0.95, method="wilson")
            found = wilson(count, total)
            assert (found.low, found.high) == (theirs.low, theirs.high)


def test_wilson_half_width_at_2401() -> None:
    found = wilson(1200, 2401)
    assert (found.high - found.low) / 2 == pytest.approx(0.02, abs=2e-5)


def test_spread_leaves_out_what_does_not_apply() -> None:
    found = spread(np.array([1, 2, 3, 4, np.nan]))
    assert found.number == 4
    assert found.mean == 2.5
    assert found.standard_error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    assert found.quantiles[2] == 2.5
    assert math.isnan(spread(np.array([np.nan])).mean)


def test_endings_that_never_occur_are_counted() -> None:
    shares = ending_shares(pd.DataFrame({"ending": ["a", "a", "c"]}), ["b", "a"])
    assert {name: share.count for name, share in shares.items()} == {"b": 0, "a": 2, "c": 1}
    assert shares["b"].high > 0.5


def _outcomes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "replicate": [0, 1, 3],
            "ending": ["government_falls", "contained", "truce"],
            "end_day": [10.0, 30.0, 5.0],
        }
    )


def _places() -> pd.DataFrame:
    rows = [(0, "Aleppo", 3.0), (1, "Aleppo", 9.0), (1, "Aleppo", 4.0), (0, "Idlib", 7.0)]
    frame = pd.DataFrame(rows, columns=["replicate", "place", "day"])
    return frame.assign(from_actor="government", to_actor="hts")


HOLDERS = {"Aleppo": "government", "Idlib": "hts", "Homs": "government"}


def test_places_of_a_fallen_government_count_as_fallen() -> None:
    days = fall_days(_places(), _outcomes(), HOLDERS, {"government_falls": "government"})
    assert days["Aleppo"].tolist() == [3.0, 4.0, math.inf]
    assert days["Homs"].tolist() == [10.0, math.inf, math.inf]
    assert days["Idlib"].tolist() == [7.0, math.inf, math.inf]


def test_falls_without_any_change() -> None:
    days = fall_days(_places().iloc[:0], _outcomes(), HOLDERS, {})
    assert np.isinf(days.to_numpy()).all()


def test_fall_curve_is_the_plain_share_when_nothing_is_cut_short() -> None:
    curve = fall_curve("x", np.array([2.0, 5.0, np.inf, np.inf]), np.full(4, 30.0))
    assert curve.shares[np.searchsorted(curve.days, 2.0)] == pytest.approx(0.25)
    assert curve.shares[-1] == pytest.approx(0.5)


def test_fall_curve_is_kaplan_meier_when_histories_end_early() -> None:
    curve = fall_curve("x", np.array([2.0, np.inf, 6.0, np.inf]), np.array([30.0, 4.0, 30.0, 30.0]))
    assert curve.shares[-1] == pytest.approx(1 - (3 / 4) * (1 / 2))


def test_carry_forward_keeps_the_last_value() -> None:
    nan = np.nan
    found = carry_forward(np.array([[1.0, nan, 3.0, nan], [5.0, nan, nan, nan]]))
    assert found.tolist() == [[1, 1, 3, 3], [5, 5, 5, 5]]


def test_fan_gives_quantiles_by_day() -> None:
    marks = fan(np.column_stack([np.arange(101.0), np.zeros(101)]))
    assert marks[:, 0].tolist() == [5, 25, 50, 75, 95]
    assert marks[:, 1].tolist() == [0] * 5


def test_rank_correlation_sees_order_and_averages_cases() -> None:
    rng = np.random.default_rng(4)
    case = np.repeat(np.arange(40), 5)
    driver, idle = rng.uniform(size=40)[case], rng.uniform(size=40)[case]
    frame = pd.DataFrame(
        {"case": case, "driver": driver, "idle": idle, "fixed": 1.0, "y": np.exp(9 * driver)}
    )
    found = rank_correlations(frame, ["idle", "driver", "fixed"], "y")
    assert [item.column for item in found] == ["driver", "idle"]
    assert found[0].value == pytest.approx(1)
    both = 2.241  # the normal quantile of 1 - 0.05 / (2 x 2): two inputs are looked at together
    assert found[1].high - found[1].low == pytest.approx(2 * math.tanh(both / math.sqrt(37)), abs=0.01)


def test_rank_correlation_of_a_constant_outcome_is_empty() -> None:
    frame = pd.DataFrame({"case": range(9), "x": range(9), "y": 1.0})
    assert rank_correlations(frame, ["x"], "y") == []
