"""Numbers drawn along one direction of the address are uniform, and neighbours know nothing of each other.

Each p-value is to exceed 1e-5: with 18 of them a right generator is accused with one seed in 5,500.
"""

import numpy as np
import pytest
from scipy import stats

from simulation.jit.decorator import njit
from simulation.model.draws import exponential, normal, uniform_at

COUNT = 65_536
SMALLEST_P = 1e-5
ADDRESS = {"seed_low": 1, "seed_high": 0, "replicate": 7, "process": 3, "entity": 41, "occurrence": 5,
           "slot": 0}  # fmt: skip


@njit
def fill(numbers, start, step):
    """Write the numbers at start, start + step, start + 2 step, …, addresses of seven parts."""
    for k in range(len(numbers)):
        a, b, c, d = (
            start[0] + k * step[0],
            start[1] + k * step[1],
            start[2] + k * step[2],
            start[3] + k * step[3],
        )
        e, f, g = start[4] + k * step[4], start[5] + k * step[5], start[6] + k * step[6]
        numbers[k] = uniform_at(a, b, c, d, e, f, g)


def family(part, **changes):
    """Return the numbers of the addresses that differ in one part only."""
    start = np.array(list((ADDRESS | changes).values()), np.int64)
    step = np.array([int(name == part) for name in ADDRESS], np.int64)
    numbers = np.empty(COUNT)
    fill(numbers, start, step)
    return numbers


@pytest.mark.parametrize("part", ADDRESS)
def test_a_family_is_uniform(part):
    numbers = family(part)
    assert numbers.min() > 0 and numbers.max() < 1
    assert stats.kstest(numbers, "uniform").pvalue > SMALLEST_P
    last_bits = (numbers * 2**52).astype(np.int64) % 256  # what a plain test of uniformity cannot see
    assert stats.chisquare(np.bincount(last_bits, minlength=256)).pvalue > SMALLEST_P


@pytest.mark.parametrize("part", ["replicate", "entity", "occurrence", "slot"])
def test_neighbours_are_independent(part):
    """Pairs of neighbours fill the unit square evenly, 16 by 16."""
    pairs = (family(part).reshape(-1, 2) * 16).astype(int)
    assert stats.chisquare(np.bincount(pairs @ [16, 1], minlength=256)).pvalue > SMALLEST_P


def test_families_beside_each_other_are_independent():
    one, other = ((family("occurrence", entity=entity) * 16).astype(int) for entity in (41, 42))
    assert stats.chisquare(np.bincount(16 * one + other, minlength=256)).pvalue > SMALLEST_P


def test_what_is_made_of_them_has_its_distribution():
    u, v = family("occurrence"), family("occurrence", slot=1)
    waits = np.array([exponential(x) for x in u])
    assert stats.kstest(waits, "expon").pvalue > SMALLEST_P
    assert stats.kstest([normal(x, y) for x, y in zip(u, v, strict=True)], "norm").pvalue > SMALLEST_P
