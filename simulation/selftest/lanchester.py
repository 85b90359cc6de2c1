"""Duels under both laws against their exact answers (Brown 1963; Kingman and Volkov 2003)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from scipy.special import betainc

from simulation.selftest.check import CheckResult, by_error, by_z
from simulation.selftest.duel_runs import DuelEnds, fight
from simulation.selftest.exact_duels import Duel, MeanAndDeviation, closed_form, linear_law, solve, square_law
from simulation.selftest.format import number

DUELS = 2_000
LARGE = 400
EQUAL_FORCES = 2 * 3**-0.25 * math.pi**-0.5 * math.gamma(0.75)
"""What survivors / n^(3/4) tends to for equal forces of n, 1.0506512."""

SQUARE = (
    (2, 1, "1", "1"), (5, 4, "1", "1"), (20, 18, "1", "1"), (50, 50, "1", "1"), (3, 3, "0.5", "2"),
    (7, 5, "1.3", "0.8"), (12, 15, "0.9", "0.6"), (30, 24, "0.05", "0.08"),
)  # fmt: skip
LINEAR = ((20, 15, "1", "1"), (9, 14, "1.5", "1"), (11, 6, "0.4", "0.8"))
"""Fighters and kill rates (1/day) of both sides; the rates are decimals, so that fractions hold them exactly."""

PUBLISHED = (
    (2, 1, 5 / 6, 0.5), (5, 4, 51907 / 72576, 0.9605241402), (20, 18, 0.7122465016, 1.3877062457),
    (50, 50, 0.5, 1.7218675699),
)  # fmt: skip
"""Fighters with equal kill rates of 1, the chance that the first side wins, the mean duration."""


def formulas() -> Iterator[CheckResult]:
    """Check the exact answers against the published ones, so that a wrong formula cannot pass for the reference."""
    for m, n, chance, duration in PUBLISHED:
        exact, name = solve(m, n, square_law(Fraction(1), Fraction(1))), f"square law {m} v. {n}"
        yield by_error(f"{name}: exact chance to win", "recursion", exact.wins.mean, chance, 1e-9)
        yield by_error(f"{name}: alternating sum", "fractions", float(closed_form(m, n, 1, 1)), chance, 1e-9)
        yield by_error(f"{name}: exact duration", "recursion", exact.duration.mean, duration, 1e-9)
    exact = solve(20, 15, linear_law(Fraction(1), Fraction(1)))
    name = "linear law 20 v. 15"
    yield by_error(f"{name}: exact chance to win", "recursion", exact.wins.mean, 0.8042358474, 1e-9)
    yield by_error(f"{name}: incomplete beta", "scipy", float(betainc(15, 20, 0.5)), 0.8042358474, 1e-9)


def duels() -> Iterator[CheckResult]:
    """Let the engine fight duels of both laws, each with a seed of its own: with one they would share their luck."""
    for seed, (m, n, a, b) in enumerate(SQUARE, start=1):
        exact = solve(m, n, square_law(Fraction(a), Fraction(b)))
        fought = fight(m, n, float(a), float(b), replicates=DUELS, seed=seed)
        yield from _agree(f"square law {m} v. {n} at {a} and {b}", fought, exact)
    for seed, (m, n, a, b) in enumerate(LINEAR, start=len(SQUARE) + 1):
        exact = solve(m, n, linear_law(Fraction(a), Fraction(b)))
        fought = fight(m, n, float(a), float(b), replicates=DUELS, seed=seed, front_width=1)
        yield from _agree(f"linear law {m} v. {n} at {a} and {b}", fought, exact)


def limits() -> Iterator[CheckResult]:
    """Compare large forces with what duels tend to."""
    exact = solve(LARGE, LARGE, square_law(1.0, 1.0))
    fought = fight(LARGE, LARGE, 1.0, 1.0, replicates=DUELS // 2)
    tried = f"{number(DUELS // 2)} duels of {LARGE} against {LARGE}"
    scaled = MeanAndDeviation(exact.first_left.mean * 2 / LARGE**0.75, 0.0)
    yield by_error("equal forces: exact survivors / n^(3/4)", f"n = {LARGE}", scaled.mean, EQUAL_FORCES, 0.02)
    left = (fought.first_left + fought.second_left) / LARGE**0.75
    error = float(left.std() / math.sqrt(len(left)))
    yield by_z("equal forces: survivors / n^(3/4)", tried, float(left.mean()), scaled.mean, error)
    m, n, b = 600, 400, 0.8
    survivors = fight(m, n, 1.0, b, replicates=DUELS // 4).first_left
    name = f"{m} v. {n} at 1 and {b}: sqrt(x0^2 - (b/a) y0^2) left"
    law = math.sqrt(m * m - b * n * n)
    yield by_error(name, f"{number(len(survivors))} duels", float(survivors.mean()), law, 0.005)


def _agree(name: str, fought: DuelEnds, exact: Duel) -> Iterator[CheckResult]:
    numbers = {
        "wins": "chance to win", "duration": "mean duration", "first_left": "first side left",
        "second_left": "second side left",
    }  # fmt: skip
    for field, words in numbers.items():
        values, expected = getattr(fought, field), getattr(exact, field)
        error = expected.deviation / math.sqrt(len(values))
        yield by_z(
            f"{name}: {words}", f"{number(len(values))} duels", float(values.mean()), expected.mean, error
        )
