"""Moves are played to an earlier day first only where that saves time; what is drawn does not hang on it."""

from pathlib import Path

import pytest

from simulation import run
from simulation.conditioning.early import ENOUGH, EarlyDays

REPORTS = [
    f"fighters_present.red = {number} error 0.2 @ {day}" for number, day in ((12, 0.25), (10, 0.5), (8, 0.75))
]


def test_it_pays_until_it_is_known_whether_it_does() -> None:
    early = EarlyDays()
    early.learn(1, 4, ENOUGH - 1, ENOUGH - 1)
    assert early.pays(1, 4)
    early.learn(1, 4, 1, 1)
    assert not early.pays(1, 4)


@pytest.mark.parametrize(
    ("day", "passed", "pays"), [(1, 74, True), (1, 75, False), (3, 24, True), (3, 25, False)]
)
def test_it_pays_where_refusals_save_more_than_the_early_day_takes(
    day: float, passed: int, pays: bool
) -> None:
    """Of 100 histories that would take four days each `passed` must be played a second time."""
    early = EarlyDays()
    early.learn(day, 4, 100, passed)
    assert early.pays(day, 4) is pays
    assert early.pays(day, 5)  # of another day nothing is known


def test_experience_adds_up() -> None:
    early = EarlyDays()
    for _ in range(10):
        early.learn(2, 4, 10, 6)
    assert not early.pays(2, 4)


@pytest.mark.parametrize("pays", [True, False])
def test_what_is_drawn_does_not_hang_on_it(
    pays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {"given": REPORTS, "sequential": True, "replicates": 30, "report": False}
    plain = run("duel", **where, out=tmp_path / "plain")
    monkeypatch.setattr(EarlyDays, "pays", lambda *_: pays)
    other = run("duel", **where, out=tmp_path / "other")
    assert other.outcomes.equals(plain.outcomes)
