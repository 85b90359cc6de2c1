"""Duels fought by the engine against their exact answers.

Every duel compares four numbers with |z| <= 4, the standard error being exact too. All of this file together
would accuse a right engine with one seed in about 300 (43 numbers at 6.3e-5 each, 2 tests at 1e-4); the seed
is fixed, so it does so always or never.
"""

import math
from fractions import Fraction

import numpy as np
import pytest
from duels import assert_agree, z_of
from scipy import stats
from scipy.special import betainc

from simulation.selftest.check import LARGEST_Z
from simulation.selftest.duel_runs import fight
from simulation.selftest.exact_duels import ends, linear_law, solve, square_law

REPLICATES = 20_000
SMALLEST_P = 1e-4
EQUAL_FORCES = 2 * 3**-0.25 * math.pi**-0.5 * math.gamma(0.75)


@pytest.mark.parametrize(
    ("m", "n", "a", "b"),
    [
        (3, 3, "0.5", "2"),
        (7, 5, "1.3", "0.8"),
        (12, 15, "0.9", "0.6"),
        (20, 18, "1", "1"),
        (30, 24, "0.05", "0.08"),
    ],
)
def test_square_law(m, n, a, b):
    exact = solve(m, n, square_law(Fraction(a), Fraction(b)))
    assert_agree(fight(m, n, float(a), float(b), replicates=REPLICATES), exact)


@pytest.mark.parametrize(
    ("m", "n", "a", "b"), [(20, 15, "1", "1"), (9, 14, "1.5", "1"), (11, 6, "0.4", "0.8")]
)
def test_linear_law_where_the_front_is_narrow(m, n, a, b):
    exact = solve(m, n, linear_law(Fraction(a), Fraction(b)))
    chance = float(Fraction(a) / (Fraction(a) + Fraction(b)))
    assert exact.wins.mean == pytest.approx(betainc(n, m, chance), rel=1e-12)
    assert_agree(fight(m, n, float(a), float(b), replicates=REPLICATES, front_width=1), exact)


def test_a_front_between_the_laws():
    """Only five of a side can fire at once: the linear law until fewer are left, then the square law."""
    exact = solve(12, 10, lambda x, y: (Fraction(min(x, 5)), Fraction(min(y, 5))))
    assert_agree(fight(12, 10, 1, 1, replicates=REPLICATES // 2, front_width=5), exact)


def test_every_way_to_end_is_as_frequent_as_it_should_be():
    """Pearson's test over who is left with how many; ways expected fewer than 5 times are put together."""
    fought, exact = fight(7, 5, 1.3, 0.8, replicates=REPLICATES), ends(7, 5, square_law(1.3, 0.8))
    left = list(zip(fought.first_left, fought.second_left, strict=True))
    assert set(left) <= set(exact)
    counts = np.array([[left.count(way), REPLICATES * p] for way, p in exact.items()])
    rare = counts[:, 1] < 5
    observed, expected = np.vstack([counts[~rare], counts[rare].sum(axis=0)[None, :]]).T
    keep = expected > 0
    assert stats.chisquare(observed[keep], expected[keep]).pvalue > SMALLEST_P


def test_the_wait_for_one_loss_is_exponential():
    fought = fight(1, 1, 1.3, 0.8, replicates=REPLICATES // 2)
    assert stats.kstest(fought.duration, "expon", args=(0, 1 / 2.1)).pvalue > SMALLEST_P
    assert abs(stats.pointbiserialr(fought.wins, fought.duration).statistic) < LARGEST_Z / math.sqrt(
        len(fought.wins)
    )


def test_equal_forces_leave_the_three_quarter_power():
    size, replicates = 400, 4_000
    exact, fought = solve(size, size, square_law(1.0, 1.0)), fight(size, size, 1, 1, replicates=replicates)
    assert_agree(fought, exact)
    left = fought.first_left + fought.second_left
    assert exact.first_left.mean * 2 == pytest.approx(EQUAL_FORCES * size**0.75, rel=0.02)
    assert left.mean() == pytest.approx(EQUAL_FORCES * size**0.75, rel=0.03)


def test_large_forces_come_close_to_the_square_root_and_scatter_less():
    spreads = []
    for m, n in (60, 40), (600, 400):
        exact, fought = solve(m, n, square_law(1.0, 0.8)), fight(m, n, 1, 0.8, replicates=2_000)
        assert abs(z_of(fought.first_left, exact.first_left)) <= LARGEST_Z
        lost = m - fought.first_left
        spreads.append(lost.std() / lost.mean())
    assert fought.first_left.mean() == pytest.approx(math.sqrt(m * m - 0.8 * n * n), rel=0.005)
    assert 2.5 < spreads[0] / spreads[1] < 4.5  # ten times the fighters: about the root of ten
