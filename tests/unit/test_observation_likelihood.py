"""How likely a report is: every model of error against scipy, and at the edges where nothing happened."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from simulation.observation.likelihood import CountError, NormalError, Statement

X = np.array([0.0, 1.0, 4.0, 37.0, 2500.0])
NO_INPUTS: dict[str, np.ndarray] = {}


@pytest.mark.parametrize("sign", ["=", "<=", ">=", "<", ">"])
@pytest.mark.parametrize("trust", [0.5, 0.6, 0.9, 1.0, 0.0])
def test_a_statement_is_trusted_where_it_holds(sign: str, trust: float) -> None:
    agrees = {"=": X == 4, "<=": X <= 4, ">=": X >= 4, "<": X < 4, ">": X > 4}[sign]
    found = np.exp(Statement(sign=sign, value=4, trust=trust).log_likelihood(X, NO_INPUTS))
    assert found == pytest.approx(np.where(agrees, trust, 1 - trust), abs=1e-15)


@pytest.mark.parametrize(("sign", "trust"), [("=", 1.1), ("=", math.nan), ("==", 1.0)])
def test_a_statement_that_cannot_be_is_refused(sign: str, trust: float) -> None:
    with pytest.raises(ValueError, match="no statement"):
        Statement(sign=sign, value=1, trust=trust)


def test_a_normal_error_has_the_density_or_the_chance_of_the_range() -> None:
    found = NormalError(low=5, high=5, spread=2).log_likelihood(X, NO_INPUTS)
    assert found == pytest.approx(stats.norm.logpdf(5, X, 2))
    found = NormalError(low=5, high=math.inf, spread=2).log_likelihood(X, NO_INPUTS)
    assert found == pytest.approx(stats.norm.logsf(5, X, 2))
    found = NormalError(low=3, high=40, spread=2).log_likelihood(X[:4], NO_INPUTS)
    assert np.exp(found) == pytest.approx(stats.norm.cdf(40, X[:4], 2) - stats.norm.cdf(3, X[:4], 2))


@pytest.mark.parametrize("rumour", [True, False])
def test_a_count_is_log_normal_where_anything_happened(rumour: bool) -> None:
    x, logs = X[1:], np.log(X[1:])
    error = CountError(low=16, high=16, spread=0.3, rumour=rumour)
    assert error.log_likelihood(x, NO_INPUTS) == pytest.approx(stats.norm.logpdf(math.log(16), logs, 0.3))
    more = CountError(low=16, high=math.inf, spread=0.3, rumour=rumour)
    assert more.log_likelihood(x, NO_INPUTS) == pytest.approx(stats.norm.logsf(math.log(16), logs, 0.3))
    between = CountError(low=12, high=20, spread=0.3, rumour=rumour).log_likelihood(x, NO_INPUTS)
    chance = np.diff(stats.norm.cdf(np.log([[12.0], [20.0]]), logs, 0.3), axis=0)[0]
    assert np.exp(between) == pytest.approx(chance, rel=1e-9, abs=1e-15)
    assert np.isfinite(between[-1])  # far away both ends are beyond what a difference of chances could hold


def test_where_nothing_happened_a_number_is_impossible_or_a_rumour() -> None:
    none, some = np.zeros(1), np.ones(1)
    sure = CountError(low=3, high=3, spread=0.5, rumour=False)
    assert sure.log_likelihood(none, NO_INPUTS)[0] == -math.inf
    rumoured = CountError(low=3, high=3, spread=0.5)
    assert rumoured.log_likelihood(none, NO_INPUTS)[0] == pytest.approx(
        stats.norm.logpdf(math.log(6), 0, 0.5)
    )
    silent = CountError(low=0, high=0, spread=0.5, rumour=False)
    assert silent.log_likelihood(none, NO_INPUTS)[0] == 0
    assert silent.log_likelihood(some, NO_INPUTS)[0] == pytest.approx(
        stats.norm.logcdf(math.log(0.5), 0, 0.5)
    )
    at_most = CountError(low=0, high=3, spread=0.5, rumour=False)
    assert at_most.log_likelihood(none, NO_INPUTS)[0] == 0


def test_a_party_lifts_its_counts_and_a_monitor_sees_a_share() -> None:
    inputs = {"exaggeration": np.array([0.2, 0.8, 0.5]), "monitor_share": np.array([0.5, 0.9, 0.7])}
    x = np.array([10.0, 20.0, 30.0])
    party = CountError(low=25, high=25, spread="exaggeration", exaggerates=True)
    e = inputs["exaggeration"]
    assert party.log_likelihood(x, inputs) == pytest.approx(
        stats.norm.logpdf(math.log(25), np.log(x) + e / 2, e)
    )
    assert party.expected(x, inputs) == pytest.approx(x * np.exp(e / 2))
    monitor = CountError(low=25, high=25, spread=0.4, seen="monitor_share")
    seen = x * inputs["monitor_share"]
    assert monitor.log_likelihood(x, inputs) == pytest.approx(
        stats.norm.logpdf(math.log(25), np.log(seen), 0.4)
    )
    assert monitor.expected(x, inputs) == pytest.approx(seen)


def test_the_likelihoods_of_all_counts_add_up_to_one() -> None:
    """So the mean of a likelihood over histories is an unbiased estimate of the evidence."""
    x = np.array([7.0])

    def density(log_count: float) -> float:
        count = math.exp(log_count)
        return float(np.exp(CountError(low=count, high=count, spread=0.6).log_likelihood(x, NO_INPUTS))[0])

    assert integrate.quad(density, math.log(0.5), 9)[0] == pytest.approx(1, abs=1e-4)
