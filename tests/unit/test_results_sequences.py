"""Confidence sequences: exact values, their ties to the bets they come from, and their limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from simulation.statistics.confidence_sequences import (
    DIFFERENCE,
    SHARE,
    _log_stakes,
    by_number,
    by_width,
    mean_of_any,
    mean_of_few,
    mean_of_values,
)
from simulation.statistics.evidence import WIDTH, evidence_of_means


@pytest.mark.parametrize(("ones", "total"), [(0, 100), (31, 100), (500, 1000), (1000, 1000), (1, 5000)])
def test_a_share_is_bounded_where_the_bets_reach_twenty(ones: int, total: int) -> None:
    counts = np.array([total - ones, ones], float)
    found = mean_of_few(SHARE, counts, by_width(0.02))
    assert found.value == pytest.approx(ones / total)
    for end in (found.low, found.high):
        if 0 < end < 1 - 1e-8:
            assert _log_stakes(end, np.array(SHARE), counts, by_width(0.02)) == pytest.approx(
                math.log(20), abs=1e-4
            )
    assert found.low <= found.value <= found.high
    assert (found.low == 0 or ones > 0) and (found.high > 1 - 1e-8 or ones < total)


def test_none_of_a_hundred_is_not_nothing() -> None:
    assert 0.02 < float(mean_of_few(SHARE, np.array([100, 0]), by_width(0.02)).high) < 0.06
    same = mean_of_few(DIFFERENCE, np.array([0, 100, 0]), by_width(0.02))
    assert 0.02 < float(same.high) < 0.1 and float(same.low) == pytest.approx(-float(same.high))


def test_what_is_left_has_no_holes() -> None:
    """Along each side of the mean the bets against a candidate only grow, so halving finds the one end."""
    draw = np.random.default_rng(1)
    for kinds in (SHARE, DIFFERENCE):
        m = np.linspace(kinds[0] + 1e-4, 1 - 1e-4, 1501)
        for _ in range(60):
            total = int(draw.integers(20, 5000))
            counts = draw.multinomial(total, draw.dirichlet(np.full(len(kinds), 0.5)))
            for aim in (by_width(10 ** draw.uniform(-3, -0.5)), by_number(total)):
                kept = _log_stakes(m, np.array(kinds), np.broadcast_to(counts, (len(m), len(kinds))), aim)
                assert (np.diff((kept < math.log(20)).astype(int)) != 0).sum() <= 2


def test_the_price_of_looking_is_about_one_standard_error_more() -> None:
    for share in (0.5, 0.1, 0.03):
        n, width = 0, 0.02
        for n in range(200, 20_000, 50):
            found = mean_of_few(SHARE, np.array([n * (1 - share), n * share]), by_width(width))
            if found.high - found.low <= 2 * width:
                break
        errors = width / math.sqrt(share * (1 - share) / n)
        assert 2.7 < errors < 3.3


def test_by_number_is_narrow_where_it_aims() -> None:
    for share in (0.5, 0.1, 0.03):
        found = mean_of_few(SHARE, np.array([4000 * (1 - share), 4000 * share]), by_number(4000))
        assert (found.high - found.low) / 2 < 3.1 * math.sqrt(share * (1 - share) / 4000)


def test_a_mean_is_bounded_where_the_evidence_reaches_twenty() -> None:
    """The bets are those of the verdicts; with their effect, both have the same end."""
    values = np.random.default_rng(2).normal(3, 2, 400)
    width = values.std() / math.sqrt(WIDTH)
    found = mean_of_values(values, width)

    def last_stake(candidate: float) -> float:
        """Return the last stake, not the highest, from the formula of `evidence_of_means`."""
        off = values - candidate
        explained = off.sum() ** 2 / (len(off) + WIDTH) / (off**2).sum()
        return math.log(WIDTH / (len(off) + WIDTH)) / 2 - len(off) / 2 * math.log1p(-explained)

    end = brentq(lambda c: last_stake(c) - math.log(20), values.mean() + 1e-9, values.mean() + 2)
    assert float(found.high) == pytest.approx(end, rel=1e-6)
    assert float(evidence_of_means((values - float(found.high))[:, None])[0]) >= math.log(20) - 1e-6


def test_means_shift_and_scale() -> None:
    values = np.random.default_rng(3).exponential(1, 300)
    one, other = mean_of_values(values, 0.1), mean_of_values(1000 * values - 5, 100.0)
    assert float(other.high) == pytest.approx(1000 * float(one.high) - 5)
    assert float(other.low) == pytest.approx(1000 * float(one.low) - 5)


def test_what_hardly_varies_or_never_applies_has_no_interval() -> None:
    for values in (np.zeros(500), np.r_[np.zeros(500), np.ones(29)], np.full(40, np.nan), np.empty(0)):
        found = mean_of_values(values, 1.0)
        assert (float(found.low), float(found.high)) == (-math.inf, math.inf)
    enough = np.r_[np.zeros(500), np.ones(30), np.full(100, np.nan)]
    assert np.isfinite(float(mean_of_values(enough, 0.1).high))
    assert float(mean_of_values(enough, 0.1).value) == pytest.approx(30 / 530)


def test_too_few_for_the_width_asked_give_no_end() -> None:
    found = mean_of_any(np.array([2.0]), np.array([0.0]), np.array([1.0]), 0.01)
    assert np.isinf(found.high).all()
