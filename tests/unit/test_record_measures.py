"""Amounts and events of a record on histories made by hand, and the verdicts on them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulation.record.histories import combined, ratio, taken
from simulation.record.measure import Amount, Event
from simulation.record.record_file import Cases, Line
from simulation.record.verdict import Found, Verdict, interval_of, on_record, verdict_of
from simulation.statistics.intervals import marks_of, wilson

AREA = np.array(
    [
        [100.0, 150, 400, 300, 200, 150],  # 300 gained, 50 kept; half lost on day 4
        [100.0, 120, 160, 220, 300, 300],  # never thrown back
        [100.0, 90, 80, 80, 70, 60],  # never gained anything
        [100.0, 200, 100, 200, 200, 180],  # all lost on day 2 and taken again
    ]
)


def take(take: str, **given: Any) -> np.ndarray:
    return taken(AREA, Amount(series="area_km2", by_day=5, take=take, **given))  # type: ignore[arg-type]


def test_a_gain_is_between_two_midnights_and_may_be_a_day() -> None:
    assert take("gain").tolist() == [50, 200, -40, 80]
    assert take("gain", from_day=2).tolist() == [-250, 140, -20, 80]
    assert take("gain", from_day=2, per_day=True).tolist() == pytest.approx(
        [-250 / 3, 140 / 3, -20 / 3, 80 / 3]
    )


def test_the_most_and_what_is_kept_of_it() -> None:
    assert take("most").tolist() == [300, 200, 0, 100]
    assert take("kept").tolist() == pytest.approx([50 / 300, 1, np.nan, 0.8], nan_ok=True)


def test_undone_is_the_first_midnight_after_the_most_with_so_little_left() -> None:
    assert take("undone", left=0.5).tolist() == pytest.approx([4, np.inf, np.nan, 2], nan_ok=True)
    assert take("undone", left=0.1).tolist() == pytest.approx([np.inf, np.inf, np.nan, 2], nan_ok=True)
    later = taken(AREA, Amount(series="area_km2", from_day=1, by_day=5, take="undone", left=0.5))
    assert later.tolist() == pytest.approx([4, np.inf, np.nan, np.nan], nan_ok=True)


def test_a_day_after_the_last_column_is_the_last() -> None:
    assert taken(AREA, Amount(series="area_km2", by_day=30)).tolist() == [50, 200, -40, 80]


def test_a_ratio_has_no_answer_without_a_number_above_0_below() -> None:
    assert ratio(np.array([3.0, 3, 3]), np.array([2.0, 0, -1])).tolist() == pytest.approx(
        [1.5, np.nan, np.nan], nan_ok=True
    )


def test_events_of_events_and_of_what_has_no_answer() -> None:
    before = {"one": np.array([1.0, 1, 0, 0, np.nan]), "two": np.array([1.0, 0, 1, 0, 1])}
    for word, wanted in {"all": [1, 0, 0, 0], "any": [1, 1, 1, 0], "none": [0, 0, 0, 1]}.items():
        found = combined(Event(**{word: ("one", "two")}), before)
        assert found.tolist() == pytest.approx([*wanted, np.nan], nan_ok=True), word


def test_the_interval_of_no_case_is_the_rule_of_three() -> None:
    low, high = interval_of(Cases(count=0, of=76))
    assert low == 0 and high == pytest.approx(1 - 0.05 ** (1 / 76))
    assert 76 * high == pytest.approx(3, rel=0.03)


@pytest.mark.parametrize("count", [0, 1, 4, 29, 30])
def test_the_interval_of_cases_is_that_of_scipy(count) -> None:
    theirs = stats.binomtest(count, 30).proportion_ci(confidence_level=0.9, method="exact")
    assert interval_of(Cases(count=count, of=30)) == pytest.approx((theirs.low, theirs.high), abs=1e-10)


def test_the_interval_of_two_readings_holds_that_of_each() -> None:
    low, high = interval_of(Cases(low=3, high=4, of=6))
    assert low == pytest.approx(stats.beta.ppf(0.05, 3, 4)) and high == pytest.approx(
        stats.beta.ppf(0.95, 5, 2)
    )


def line(**given: Any) -> Line:
    kind = "event" if {"cases", "shares"} & set(given) else "amount"
    return Line(id="a", what="A", source="somebody", confidence="M", **{kind: "x"}, **given)


def found(values: np.ndarray, low: float, high: float) -> Found:
    return Found(
        of=len(values), marks=tuple(marks_of(values)), above=wilson(int((values >= low).sum()), len(values)),
        below=wilson(int((values <= high).sum()), len(values)),
    )  # fmt: skip


CENTRAL = (51, 950)
"""Of 1 to 1,000 the lowest and the highest of the middle nine tenths."""
AMOUNTS = [
    ({"value": 51}, "within"), ({"value": 50}, "failed"), ({"value": 950}, "within"), ({"value": 951}, "failed"),
    ({"at_least": 950}, "within"), ({"at_least": 951}, "failed"), ({"at_least": 0}, "within"),
    ({"at_most": 51}, "within"), ({"at_most": 50}, "failed"), ({"at_most": 5000}, "within"),
    ({"range": {"low": 1, "high": 50}}, "failed"), ({"range": {"low": 1, "high": 51}}, "within"),
    ({"range": {"low": 950, "high": 999}}, "within"), ({"range": {"low": 951, "high": 999}}, "failed"),
    ({"range": {"low": 400, "high": 401}}, "within"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "verdict"), AMOUNTS)
def test_an_amount_passes_where_it_reaches_into_the_middle_nine_tenths(given: Any, verdict: str) -> None:
    values = np.arange(1.0, 1001)
    assert (values[50], values[949]) == CENTRAL
    low, high = on_record(line(**given))
    assert verdict_of(line(**given), found(values, low, high), low, high).value == verdict


@pytest.mark.parametrize(
    ("given", "count", "verdict"),
    [
        ({"cases": {"count": 0, "of": 76}}, 38, "within"), ({"cases": {"count": 0, "of": 76}}, 39, "failed"),
        ({"cases": {"count": 2, "of": 4}}, 97, "failed"), ({"cases": {"count": 2, "of": 4}}, 98, "within"),
        ({"shares": {"low": 0.01}}, 9, "failed"), ({"shares": {"low": 0.01}}, 10, "within"),
        ({"shares": {"low": 0.01, "high": 0.99}}, 991, "failed"), ({"shares": {"high": 0.99}}, 990, "within"),
    ],
)  # fmt: skip
def test_an_event_passes_where_its_share_lies_in_the_interval(given: Any, count: int, verdict: str) -> None:
    low, high = on_record(line(**given))
    said = verdict_of(line(**given), Found(of=1000, chance=wilson(count, 1000)), low, high)
    assert said.value == verdict


def test_nothing_is_said_of_fewer_than_twenty_histories() -> None:
    shares = line(shares={"low": 0.5})
    assert verdict_of(shares, Found(of=19, chance=wilson(0, 19)), 0.5, 1) is Verdict.TOO_FEW
    assert verdict_of(shares, Found(of=20, chance=wilson(0, 20)), 0.5, 1) is Verdict.FAILED
    assert verdict_of(line(value=3), Found(of=0), 3, 3) is Verdict.TOO_FEW
