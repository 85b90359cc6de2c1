"""Planted errors in the likelihood of reports, in resampling, moves and addresses of branches are found."""

from __future__ import annotations

import dataclasses
import math
import types
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from planted_module import loaded
from scipy import linalg

LIKELIHOOD, WEIGHTED = "observation/likelihood.py", "statistics/weighted.py"
POSTERIORS = {"statement": 0.6712899, "normal": 0.9089692, "count": 0.6348489}
"""Of the published duel of 20 against 18, with a report at 0.5: the chance that the first side wins."""


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


class Scores:
    """Three unknown numbers."""

    width = 3


class Player:
    """Plays nothing: what is reported of a history follows from its scores, exactly.

    On day 1 the sum of its numbers is said to be 2, and on day 2 the first to be 1, both give or take 1. On the last
    number only the speakers depend.
    """

    scores, seed, played, of_speakers = Scores(), 0, 0, np.array([2])

    def heard(self, population: Any, day: float) -> Any:
        return self.weighed(dataclasses.replace(population, seen=np.zeros((len(population), 1))), day)

    def weighed(self, population: Any, day: float) -> Any:
        z = population.scores
        first = -((z.sum(axis=1) - 2) ** 2) / 2
        second = -((z[:, 0] - 1) ** 2) / 2
        nothing = np.zeros(len(z))
        past, new = (nothing, first) if day == 1 else (first, second)
        return dataclasses.replace(population, past=past, new=new)

    def heard_if(self, population: Any, day: float, let_in: float, least: Any, same: Any) -> Any:
        return self.heard(population, day)


def strayed(sampler: ModuleType, times: int = 120) -> float:
    """Return by how many standard errors the sampler's answers at most stray: means, squares, and the evidence."""
    a = np.array([[1.0, 1, 1], [1, 0, 0]])
    covariance = a @ a.T + np.eye(2)
    gain = a.T @ np.linalg.inv(covariance)
    mean, spread = gain @ np.array([2.0, 1]), np.eye(3) - gain @ a
    y = np.array([2.0, 1])
    evidence = 1 / math.sqrt(np.linalg.det(covariance)) * math.exp(-y @ np.linalg.inv(covariance) @ y / 2)
    squares = mean**2 + np.diag(spread)
    due = np.array([*mean, *squares, evidence])
    found = []
    for seed in range(times):
        player = Player()
        player.seed = seed
        drawn = sampler.Sampler(player, 60, lambda said: None).drawn([1.0, 2.0])
        z = drawn.population.scores
        found.append([*z.mean(axis=0), *(z**2).mean(axis=0), math.exp(drawn.log_evidence)])
    away = np.mean(found, axis=0) - due
    return float(np.abs(away / (np.std(found, axis=0, ddof=1) / math.sqrt(times))).max())


SAMPLER, MOVES, BRANCH, ROWS = (
    "conditioning/sampler.py", "conditioning/moves.py", "engine/branch.py", "conditioning/rows.py",
)  # fmt: skip


def test_the_sampler_gives_the_exact_answer():
    assert strayed(loaded(SAMPLER)) <= 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("total - math.log(TELLINGS) - chosen.new", "total - math.log(TELLINGS)"),
        ("kept * scores[:, speakers] + math.sqrt(1 - kept * kept) * new", "kept * scores[:, speakers] + new"),
        ("taken = other.past + let_in * other.new > least", "taken = other.past + other.new > least - 1"),
        ("weights, log_mean = weighted.from_logarithms(step * population.new + more)",
         "weights, log_mean = weighted.from_logarithms(1.2 * step * population.new + more)"),
        ("weighted.systematic(weights, chains,", "weighted.systematic(np.ones(len(weights)), chains,"),
    ],
)  # fmt: skip
def test_an_error_in_the_sampler_is_found(old, new):
    assert strayed(loaded(SAMPLER, old, new)) > 4


def shared(branch: ModuleType, rows: ModuleType) -> bool:
    """Return whether two histories of a run that goes on from one ancestor, or two branches, share any luck."""
    number = 40
    population = types.SimpleNamespace(
        names=np.zeros(number), origins=np.zeros(number), scores=np.zeros((number, 0)),
        lineages=((branch.Luck(0.0, 5, 1),),) * number,
    )  # fmt: skip
    conditioned = types.SimpleNamespace(population=population, day=2.0, branch=9)
    scores = types.SimpleNamespace(inputs=lambda z: z)
    found = rows.rows_of(conditioned, scores, 3)
    last = [each.lineage[-1] for each in found.descents]
    addresses = {
        (branch.words_of(each.seed, luck.branch), luck.replicate)
        for each, luck in zip(found.descents, last, strict=True)
    }
    words = {branch.words_of(3, number) for number in range(100)}
    kept = all(
        each.lineage[0].branch == 1 and luck.day == 2.0
        for each, luck in zip(found.descents, last, strict=True)
    )
    return len(addresses) < number or len(words) < 100 or not kept


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (BRANCH, "SeedSequence([seed, branch])", "SeedSequence([seed, 1])"),
        (ROWS, "Luck(day, row, conditioned.branch)", "Luck(day, int(ancestor), conditioned.branch)"),
        (ROWS, "(*lineage, Luck(", "(*lineage[:0], Luck("),
    ],
)
def test_an_error_in_the_address_of_a_branch_is_found(file, old, new):
    modules = {name: loaded(name, *((old, new) if name == file else ())) for name in (BRANCH, ROWS)}
    assert shared(modules[BRANCH], modules[ROWS])
    assert not shared(loaded(BRANCH), loaded(ROWS))
