"""Planted errors in what reports are worth show in the ranks of what is true."""

from __future__ import annotations

import pytest
from planted_module import loaded

from simulation.observation import claims
from simulation.selftest import pools
from simulation.selftest.calibration import ranks_of, uniform
from simulation.selftest.check import LARGEST_Z
from simulation.selftest.trials import Trial, two_valleys

LIKELIHOOD, CLAIMS = "observation/likelihood.py", "observation/claims.py"
TRUTHS = 1_000


@pytest.fixture(scope="module")
def trial() -> Trial:
    return two_valleys(1_000)


def furthest(trial: Trial) -> float:
    """Return the largest distance from uniform ranks, as a normal deviate."""
    found = ranks_of(trial, TRUTHS, seed=1)
    return max(uniform(name, ranks, trial.pool.number).distance for name, ranks in found.items())


def test_ranks_are_uniform_where_nothing_is_planted(trial: Trial) -> None:
    assert furthest(trial) <= LARGEST_Z


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("[self.trust, 1 - self.trust]", "[1 - self.trust, self.trust]", id="trust-exchanged"),
        pytest.param("named else np.full(number, float(self.spread))",
                     "named else np.full(number, float(self.spread) / 2)", id="spread-halved"),
        pytest.param("return inputs[str(self.spread)] if", "return inputs[str(self.spread)] / 2 if",
                     id="spread-of-parties-halved"),
        pytest.param("if self.exaggerates else x", "if False else x", id="bias-left-out"),
        pytest.param("lifted * inputs[self.seen] if self.seen else lifted", "lifted", id="share-seen-left-out"),
        pytest.param("(0.0, HALF) if self.high < HALF else (self.low, self.high)",
                     "max(self.low, HALF), max(self.high, HALF)", id="none-is-one-half"),
    ],
)  # fmt: skip
def test_an_error_in_a_likelihood_shows_in_the_ranks(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    planted = loaded(LIKELIHOOD, old, new)
    for where in (claims, pools):
        for name in ("CountError", "Statement"):
            monkeypatch.setattr(where, name, getattr(planted, name), raising=False)
    assert furthest(trial) > LARGEST_Z


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("observable=replace(observable, since=earlier.day),", "observable=observable,", id="since"),
        pytest.param("exaggerates=speaker.exaggerates, ", "", id="exaggerates"),
        pytest.param("return max(0.5, claim.trust)", "return 1 - max(0.5, claim.trust)", id="trust"),
    ],
)  # fmt: skip
def test_an_error_in_reading_claims_shows_in_the_ranks(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.setattr(pools, "reports_of", loaded(CLAIMS, old, new).reports_of)
    assert furthest(trial) > LARGEST_Z
