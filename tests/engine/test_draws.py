"""The generator gives the published answers, and its numbers lie where they should."""

import numpy as np
import pytest
from scipy import stats

from simulation.model.draws import exponential, normal, part_of, philox4x32, poisson, uniform_at

FULL = 0xFFFFFFFF
KNOWN = [  # Random123 1.14, kat_vectors: philox4x32 10
    ((0,) * 4, (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ((FULL,) * 4, (FULL, FULL), "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_philox_gives_the_published_words(counter, key, answer):
    assert " ".join(f"{int(word):08x}" for word in philox4x32(*counter, *key)) == answer


def test_every_part_of_an_address_counts():
    address = [1, 2, 3, 4, 5, 6, 7]
    numbers = {uniform_at(*address)}
    for k in range(len(address)):
        changed = address.copy()
        changed[k] += 1
        numbers.add(uniform_at(*changed))
    assert len(numbers) == len(address) + 1


def test_a_slot_is_not_the_next_process():
    assert uniform_at(1, 0, 0, 2, 0, 0, 65535) != uniform_at(1, 0, 0, 3, 0, 0, 0)


def test_uniform_numbers_are_uniform_and_never_0_or_1():
    u = np.array([uniform_at(1, 0, k, 2, 0, 0, 0) for k in range(20_000)])
    assert u.min() > 0 and u.max() < 1
    assert stats.kstest(u, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(u[:-1], u[1:])[0, 1]) < 4 / np.sqrt(len(u))


def test_exponential_is_the_quantile():
    assert exponential(np.exp(-3.0)) == pytest.approx(3.0)


@pytest.mark.parametrize("mean", [0.0, 0.3, 4.0, 60.0])
@pytest.mark.parametrize("u", [0.001, 0.2, 0.5, 0.9, 0.9999])
def test_poisson_is_the_quantile(u, mean):
    assert poisson(u, mean) == stats.poisson.ppf(u, mean)


def test_normal_numbers_are_normal():
    rng = np.random.default_rng(1)
    numbers = [normal(u, v) for u, v in rng.random((20_000, 2))]
    assert stats.kstest(numbers, "norm").pvalue > 1e-4


@pytest.mark.parametrize(("share", "whole"), [(0.3, 7), (0.05, 400), (0.5, 1), (0.0, 9), (0.9, 30), (1.0, 9)])
def test_a_part_has_the_right_mean_and_stays_within_the_whole(share, whole):
    rng = np.random.default_rng(2)
    parts = np.array([part_of(u, v, share, whole) for u, v in rng.random((20_000, 2))])
    assert parts.min() >= 0 and parts.max() <= whole
    assert parts.mean() == pytest.approx(share * whole, abs=4 * parts.std() / np.sqrt(len(parts)) + 1e-12)
