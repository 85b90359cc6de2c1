"""Comparisons against exact answers, and how often their intervals and verdicts are wrong.

Seeds are fixed, so each test fails always or never. Right code would be accused by the exact duels with
probability 2e-4 (three numbers at 6.3e-5), by the coverages with about 1 % (three shares of 1,000, allowed
2 % to either side of 95 %, which is 2.9 standard deviations; those of shares are exact), and by a rate of
wrong verdicts hardly ever: the rule holds far below the 5 % that are allowed.
"""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from simulation.comparison.contrasts import with_verdicts
from simulation.selftest.check import LARGEST_Z
from simulation.selftest.duel_runs import fight
from simulation.selftest.exact_duels import solve, square_law
from simulation.statistics.evidence import HIGHER, LOWER, WRONG, clear, evidence_of_means, evidence_of_shares
from simulation.statistics.paired import difference_of_means, difference_of_shares, gain, superiority

POOL, REPETITIONS, PAIRS = 10_000, 1_000, 200
FIELDS = ("wins", "first_left", "second_left")


@pytest.fixture(scope="module")
def duels():
    """Ten thousand duels of 20 against 18, and of 21 against 18 with the same luck; (pairs, numbers) each."""
    each = (fight(m, 18, 1, 1, replicates=POOL) for m in (20, 21))
    return [np.column_stack([getattr(fought, name) for name in FIELDS]) for fought in each]


def test_the_difference_of_two_duels_is_the_exact_one(duels):
    few, many = (solve(m, 18, square_law(1.0, 1.0)) for m in (20, 21))
    exact = [getattr(many, name).mean - getattr(few, name).mean for name in FIELDS]
    differences = duels[1] - duels[0]
    z = (differences.mean(axis=0) - exact) / (differences.std(axis=0) / POOL**0.5)
    assert np.abs(z).max() <= LARGEST_Z, z
    assert (gain(*duels) > 3).all()


@pytest.mark.parametrize("column", [1, 2], ids=FIELDS[1:])
def test_intervals_of_means_cover_in_95_of_100_repetitions(duels, column):
    """Repetitions are drawn from the duels fought, so that the true difference is known to the last digit."""
    at = np.random.default_rng(8).integers(POOL, size=(PAIRS, REPETITIONS))
    estimate = difference_of_means(*(values[:, column][at] for values in duels))
    true = (duels[1] - duels[0])[:, column].mean()
    covered = (estimate.low <= true) & (true <= estimate.high)
    assert abs(covered.mean() - 0.95) <= 0.02


@pytest.mark.parametrize("pairs", [50, 100, 200, 500])
def test_intervals_of_shares_cover_exactly_as_often(duels, pairs):
    """One fighter more never turns a win into a loss: so the pairs that differ are binomial, and can be listed."""
    assert (duels[1][:, 0] >= duels[0][:, 0]).all()
    few, many = (solve(m, 18, square_law(1.0, 1.0)).wins.mean for m in (20, 21))
    won = np.arange(pairs)[:, None] < np.arange(pairs + 1)
    estimate = difference_of_shares(np.zeros_like(won), won)
    covered = (estimate.low <= many - few) & (many - few <= estimate.high)
    assert abs(binom.pmf(np.arange(pairs + 1), pairs, many - few)[covered].sum() - 0.95) <= 0.02


def test_superiority_covers_what_it_should():
    """Counts with many ties, so that equal pairs matter."""
    rng = np.random.default_rng(3)
    reference = rng.poisson(2, size=(PAIRS, REPETITIONS))
    other = reference + rng.choice([-1, 0, 0, 0, 1, 2], size=reference.shape)
    estimate = superiority(reference, other)
    covered = (estimate.low <= (2 / 6) + (3 / 6) / 2) & (estimate.high >= (2 / 6) + (3 / 6) / 2)
    assert abs(covered.mean() - 0.95) <= 0.02


def counts(rng, shape):
    """Return differences as of civilians killed: most pairs equal, the others drawn again."""
    base = rng.negative_binomial(1, 0.01, shape)
    other = np.where(rng.random(shape) < 0.1, rng.negative_binomial(1, 0.01, shape), base)
    return (other - base).astype(float)


NOTHING = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "long tails": lambda rng, shape: rng.standard_t(3, size=shape),
    "counts": counts,
    "skewed": lambda rng, shape: rng.exponential(size=shape) - 1,
    "very skewed": lambda rng, shape: rng.lognormal(size=shape) - np.exp(0.5),
}
FAMILY, FAMILIES = 10, 40


def verdicts_of(differences):
    """Return the verdicts on FAMILIES scenarios of FAMILY outcomes each; zeros are the reference."""
    estimate, evidence = (
        difference_of_means(np.zeros_like(differences), differences),
        evidence_of_means(differences),
    )
    columns = {"low": estimate.low, "high": estimate.high, "evidence": evidence}
    rows = pd.DataFrame(columns | {"equal": (differences == 0).all(axis=0)})
    parts = [with_verdicts(rows[k : k + FAMILY], WRONG) for k in range(0, len(rows), FAMILY)]
    return pd.concat(parts)["verdict"].to_numpy().reshape(-1, FAMILY)


@pytest.mark.parametrize("shape", NOTHING)
def test_where_nothing_differs_few_verdicts_are_given(shape):
    """Of 40 scenarios that change no mean, at most 2 may be given a verdict on any of their 10 outcomes."""
    differences = NOTHING[shape](np.random.default_rng(5), (500, FAMILY * FAMILIES))
    found = np.isin(verdicts_of(differences), (HIGHER, LOWER))
    assert found.any(axis=1).mean() <= WRONG


def test_evidence_of_nothing_is_rarely_high_at_any_look():
    """2,000 scenarios with one contrast, looked at after every pair: at most 5 % (and 2 standard errors)."""
    rng = np.random.default_rng(6)
    for shape in ("normal", "long tails", "counts", "skewed", "very skewed"):
        evidence = evidence_of_means(NOTHING[shape](rng, (500, 2_000)))
        assert (evidence > np.log(1 / WRONG)).mean() <= WRONG + 0.01, shape
    for apart in (0.02, 0.1, 0.4):
        differ, more = rng.random((500, 2_000)) < apart, rng.random((500, 2_000)) < 0.5
        evidence = evidence_of_shares(differ & ~more, differ & more)
        assert (evidence > np.log(1 / WRONG)).mean() <= WRONG + 0.01, apart


@pytest.mark.parametrize("effect", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_twice_the_histories_flip_no_clear_verdict(effect):
    """Of verdicts called clear at 250, 1 % may be unclear at 500 and none be the opposite."""
    rng = np.random.default_rng(9)
    differences = rng.normal(effect, 1, size=(500, FAMILY * FAMILIES))
    before, after = verdicts_of(differences[:250]), verdicts_of(differences)
    for way, opposite in ((HIGHER, LOWER), (LOWER, HIGHER)):
        assert not ((before == way) & (after == opposite)).any()
    was_clear = np.isin(before, (HIGHER, LOWER))
    assert ((before != after) & was_clear).sum() <= 0.01 * max(was_clear.sum(), 100)
    if effect >= 0.4:
        assert was_clear.mean() > 0.9


def test_evidence_grows_with_every_pair():
    """So what was clear stays clear, whatever else becomes clear beside it."""
    rng = np.random.default_rng(4)
    differences = rng.normal(0.2, 1, size=(300, 8)) + rng.exponential(size=(300, 8)) - 1
    evidence = [evidence_of_means(differences[:pairs]) for pairs in (60, 120, 300)]
    assert all((later >= earlier - 1e-9).all() for earlier, later in pairwise(evidence))
    found = [clear(each, WRONG) for each in evidence]
    assert all((later >= earlier).all() for earlier, later in pairwise(found))
