"""Planted errors in the luck of branches are found by the second program of the selftest."""

from __future__ import annotations

import pytest
from planted_module import loaded

from simulation.selftest import branches

BRANCH = "engine/branch.py"


def unlike() -> list[str]:
    """Return which checks of branches fail."""
    return [result.check for result in branches.results() if not result.passed]


def test_branches_draw_as_their_addresses_say() -> None:
    assert not unlike()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("SeedSequence([seed, branch])", "SeedSequence([seed])", id="branch"),
        pytest.param("seed_low, seed_high, replicate, process, entity", "seed_low, seed_high, 0, process, entity",
                     id="replicate"),
        pytest.param("entity_of(s, clock), occurrence, 0", "entity_of(s, clock), 0, 0", id="occurrence"),
        pytest.param("day + c.hazard / c.rate", "day + 1.05 * c.hazard / c.rate", id="due"),
        pytest.param("c.hazard, c.since = exponential(u), day", "c.since = day", id="kept"),
    ],
)  # fmt: skip
def test_an_error_in_the_luck_of_a_branch_is_found(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    planted = loaded(BRANCH, old, new)
    monkeypatch.setattr(branches.branch, "words_of", planted.words_of)
    monkeypatch.setattr(branches.branch, "branch_off", planted.branch_off.py_func)
    assert unlike()
