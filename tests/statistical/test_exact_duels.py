"""The recursion itself, against the closed form and published figures; nothing random here."""

from fractions import Fraction

import pytest
from scipy.special import betainc

from simulation.selftest.exact_duels import closed_form, ends, linear_law, solve, square_law

ONE = Fraction(1)


@pytest.mark.parametrize(
    ("m", "n", "wins", "duration", "first", "second"),
    [
        (2, 1, 5 / 6, 0.5, 1.5, 0.166667),
        (5, 4, 0.7152088845, 0.9605241402, 2.597264, 0.756683),
        (20, 18, 0.7122465016, 1.3877062457, 7.728852, 2.342597),
    ],
)
def test_published_square_law(m, n, wins, duration, first, second):
    duel = solve(m, n, square_law(ONE, ONE))
    assert duel.wins.mean == pytest.approx(wins, abs=5e-10)
    assert duel.duration.mean == pytest.approx(duration, abs=5e-10)
    assert (duel.first_left.mean, duel.second_left.mean) == pytest.approx((first, second), abs=5e-7)


def test_published_equal_forces():
    duel = solve(50, 50, square_law(ONE, ONE))
    assert duel.wins.mean == 0.5
    assert duel.duration.mean == pytest.approx(1.7218675699, abs=5e-10)
    assert duel.first_left.mean + duel.second_left.mean == pytest.approx(19.509374, abs=5e-7)


@pytest.mark.parametrize(("m", "n", "a", "b"), [(5, 4, 1, 1), (7, 5, 13, 8), (12, 15, 3, 2), (3, 3, 1, 4)])
def test_recursion_is_the_closed_form(m, n, a, b):
    wins = closed_form(m, n, a, b)
    assert solve(m, n, square_law(Fraction(a), Fraction(b))).wins.mean == pytest.approx(
        float(wins), rel=1e-14
    )


@pytest.mark.parametrize(("m", "n", "a", "b"), [(20, 15, 1, 1), (9, 14, 3, 2), (11, 6, 1, 2)])
def test_recursion_is_the_incomplete_beta_function(m, n, a, b):
    duel = solve(m, n, linear_law(Fraction(a), Fraction(b)))
    assert duel.wins.mean == pytest.approx(betainc(n, m, a / (a + b)), rel=1e-12)


def test_ways_to_end_add_up():
    found, duel = ends(7, 5, square_law(1.3, 0.8)), solve(7, 5, square_law(1.3, 0.8))
    assert sum(found.values()) == pytest.approx(1, abs=1e-14)
    assert sum(p for (_, y), p in found.items() if y == 0) == pytest.approx(duel.wins.mean, abs=1e-14)
    assert sum(p * x for (x, _), p in found.items()) == pytest.approx(duel.first_left.mean, abs=1e-13)
