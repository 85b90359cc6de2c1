"""Planted errors in the likelihood of reports and in resampling are found by exact answers."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from code_map import PACKAGE
from scipy import linalg

LIKELIHOOD, WEIGHTED = "observation/likelihood.py", "statistics/weighted.py"
POSTERIORS = {"statement": 0.6712899, "normal": 0.9089692, "count": 0.6348489}
"""Of the published duel of 20 against 18, with a report at 0.5: the chance that the first side wins."""


def loaded(file: str, old: str = "", new: str = "") -> ModuleType:
    """Return a module of the package with an error planted in it, under a name of its own."""
    import sys

    text = (PACKAGE / file).read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    module = ModuleType("planted")
    sys.modules["planted"] = module  # dataclasses look for it there
    exec(compile(text.replace(old, new) if old else text, file, "exec"), module.__dict__)
    return module


@pytest.fixture(scope="module")
def duel() -> tuple[np.ndarray, np.ndarray]:
    """The chances of every (x, y) of the duel at 0.5, and those that the first side wins from there."""
    first, second = 20, 18
    rates, win = np.zeros((21 * 19, 21 * 19)), np.zeros((21, 19))
    win[1:, 0] = 1
    for x in range(1, first + 1):
        for y in range(1, second + 1):
            here = x * 19 + y
            rates[here, here - 1], rates[here, here - 19], rates[here, here] = x, y, -x - y
            win[x, y] = (x * win[x, y - 1] + y * win[x - 1, y]) / (x + y)
    return linalg.expm(0.5 * rates)[-1].reshape(21, 19), win


def posteriors(module: ModuleType, duel: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    """Return the posteriors that the models of error give."""
    chance, win = duel
    x, y = (each.ravel().astype(float) for each in np.indices(chance.shape))
    logs = {
        "statement": module.Statement(sign="<=", value=10, trust=0.6).log_likelihood(x, {}),
        "normal": module.NormalError(low=16, high=16, spread=2).log_likelihood(x, {}),
        "count": module.CountError(low=6, high=6, spread=0.3, rumour=False).log_likelihood(18 - y, {}),
    }
    weights = {name: chance.ravel() * np.exp(log) for name, log in logs.items()}
    return {name: float((w * win.ravel()).sum() / w.sum()) for name, w in weights.items()}


def test_nothing_is_found_where_nothing_is_planted(duel):
    assert posteriors(loaded(LIKELIHOOD), duel) == pytest.approx(POSTERIORS, abs=2e-7)
    assert not biased(loaded(WEIGHTED))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("away = (low - middle) / spread", "away = 1.05 * (low - middle) / spread"),
        ("np.log(np.array([self.trust, 1 - self.trust]))", "np.log(np.array([1.05 * self.trust, 1 - self.trust]))"),
        ("middle = np.log(self._middle(", "middle = 1.05 * np.log(self._middle("),
        ('"<=": operator.le', '"<=": operator.lt'),
    ],
)  # fmt: skip
def test_an_error_in_a_likelihood_is_found(duel, old, new):
    found = posteriors(loaded(LIKELIHOOD, old, new), duel)
    assert any(abs(found[name] - right) > 2e-7 for name, right in POSTERIORS.items()), found


def biased(module: ModuleType) -> bool:
    """Return whether resampling draws any history more or less often than its weight says, or not so many in all."""
    weights = np.array([0.3, 2.2, 0.0, 1.0, 0.05])
    grid = (np.arange(2000) + 0.5) / 2000
    counts = np.array([module.systematic(weights, 7, luck) for luck in grid])
    due = 7 * weights / weights.sum()
    wrong = np.abs(counts.mean(axis=0) - due).max() > 1e-3 or (counts.sum(axis=1) != 7).any()
    return bool(wrong or (np.abs(counts - due) >= 1 + 1e-12).any() or not math.isclose(counts[:, 2].sum(), 0))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("so_far[-1] * number - luck", "so_far[-1] * number - 1.05 * luck"),
        ("so_far / so_far[-1] * number", "so_far / (1.05 * so_far[-1]) * number"),
        ("teeth = np.ceil(", "teeth = np.floor(0.5 + "),
        ("so_far = np.cumsum(checked)\n    teeth", "so_far = np.cumsum(checked**1.05)\n    teeth"),
    ],
)
def test_an_error_in_resampling_is_found(old, new):
    assert biased(loaded(WEIGHTED, old, new))
