"""Published answers for what everything rests on: the generator, the grid, the draws, the statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from scipy import stats

from simulation.model.draws import exponential, normal, part_of, philox4x32, poisson, uniform_at
from simulation.region.grid import gid_of
from simulation.selftest.check import CheckResult, by_error, by_z
from simulation.selftest.format import number
from simulation.selftest.random_numbers import Luck, philox
from simulation.statistics.intervals import wilson

FULL = 0xFFFFFFFF
PHILOX = (
    ((0,) * 4, (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((FULL,) * 4, (FULL, FULL), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
)  # fmt: skip
"""Counter, key and words of the known answers of Random123 1.14."""

PLACES = {
    "36.2 N 37.2 E": (36.20124, 37.16117, 181875), "35.1 N 36.8 E": (35.13333, 36.75, 180434),
    "33.5 N 36.3 E": (33.51336, 36.29158, 178273), "south-west corner": (-90, -180, 1),
    "south-east corner": (-90, 179.99, 720), "north-west corner": (89.99, -180, 258481),
    "north-east corner": (89.99, 179.99, 259200),
}  # fmt: skip

UNIFORMS = 20_000
GRID = 200
MIDDLES = (np.arange(GRID) + 0.5) / GRID


def generator() -> Iterator[CheckResult]:
    """Check the generator against its published words, its second opinion, and the uniform distribution."""
    for k, (counter, key, answer) in enumerate(PHILOX, start=1):
        for name, words in (("compiled", philox4x32(*counter, *key)), ("in Python", philox(counter, key))):
            right = sum(
                int(word) == int(known, 16) for word, known in zip(words, answer.split(), strict=True)
            )
            yield by_error(f"Philox4x32-10, known answer {k}, {name}", "four words", right, 4)
    numbers = np.array([uniform_at(1, 0, k // 100, 2, k % 100, 0, 1) for k in range(UNIFORMS)])
    tried = f"{number(UNIFORMS)} addresses"
    yield by_z("uniform numbers: mean", tried, float(numbers.mean()), 0.5, (12 * UNIFORMS) ** -0.5)
    yield by_z(
        "uniform numbers: mean square", tried, float((numbers**2).mean()), 1 / 3, (4 / 45 / UNIFORMS) ** 0.5
    )
    agree = sum(float(numbers[k]) == Luck((1, 0), k // 100, 2, k % 100, 0)(1) for k in range(0, UNIFORMS, 40))
    yield by_error("uniform numbers: by a second program", "500 addresses", agree, UNIFORMS // 40)


def draws() -> Iterator[CheckResult]:
    """Compare what is made of uniform numbers with scipy's quantiles and the means they should have."""
    u = MIDDLES
    yield _same("exponential number at a quantile", exponential, stats.expon.isf(u))
    for mean in (0.1, 0.5, 1.9, 8.0):
        yield _same(
            f"Poisson number of mean {mean:g} at a quantile",
            partial(_poisson, mean),
            stats.poisson.ppf(u, mean),
        )
    grid = [(x, y) for x in MIDDLES for y in MIDDLES]
    normals = np.array([normal(x, y) for x, y in grid])
    yield by_error("normal number: mean", f"{number(len(grid))} quantiles", float(normals.mean()), 0.0, 1e-3)
    yield by_error(
        "normal number: mean square", f"{number(len(grid))} quantiles", float((normals**2).mean()), 1.0, 0.01
    )
    for share, whole in ((0.08, 137), (0.3, 7), (0.5, 20), (0.9, 20)):
        parts = np.mean([part_of(x, y, share, whole) for x, y in grid])
        name = f"part of {whole} with mean share {share:g}"
        yield by_error(name, f"{number(len(grid))} quantiles", float(parts), share * whole, 5e-3)


def _poisson(mean: float, u: float) -> float:
    return float(poisson(u, mean))


def _same(name: str, draw: Callable[[float], float], expected: np.ndarray) -> CheckResult:
    """Return the result for a draw at every middle: the two numbers that lie furthest apart."""
    found = np.array([draw(x) for x in MIDDLES])
    worst = int(np.argmax(np.abs(found - expected)))
    return by_error(name, f"{GRID} quantiles, the worst", float(found[worst]), float(expected[worst]))


def grid() -> Iterator[CheckResult]:
    """Compare the grid's numbers with PRIO-GRID's."""
    for name, (lat, lon, gid) in PLACES.items():
        yield by_error(f"PRIO-GRID cell of {name}", "one point", gid_of(lat, lon), gid)


def statistics() -> Iterator[CheckResult]:
    """Check the statistics of results against known answers."""
    yield by_error(
        "Wilson interval, 0 of 1,000: upper end",
        "3.8415 / (n + 3.8415)",
        wilson(0, 1000).high,
        0.0038267,
        1e-4,
    )
    share = wilson(1200, 2401 - 1)
    half = (share.high - share.low) / 2
    yield by_error("Wilson interval, half of 2,400: half-width", "0.02 at 2,401", half, 0.02, 1e-3)
