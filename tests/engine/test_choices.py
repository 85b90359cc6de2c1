"""The rules behind a commander's choices: answers by hand, limits, and which way each number pulls."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest

from simulation.model.effects.morale import lost_confidence
from simulation.model.planning.attack import axes_at_most, felt_km, objective_score, pause_after
from simulation.model.planning.commitment import committed_share, relieved
from simulation.model.planning.threats import threat_share
from simulation.selftest import choices

SHARES = (0.0, 0.05, 0.3, 0.5, 0.9, 1.0)
FIGHTERS = (0, 1, 7, 250, 40_000)


@pytest.mark.parametrize(
    ("enemy", "own", "share"),
    [
        (0, 100, 0.0),
        (25, 100, 0.25),
        (99, 100, 0.99),
        (100, 100, 1.0),
        (5000, 100, 1.0),
        (0, 0, 0.0),
        (0.5, 0, 0.5),
        (1, 0, 1.0),
        (700, 0, 1.0),
    ],
)
def test_threat_is_enemies_for_each_defender_and_at_most_one(enemy: float, own: int, share: float) -> None:
    assert threat_share(enemy, own) == share


def test_threat_grows_with_enemies_and_shrinks_with_defenders() -> None:
    for own in FIGHTERS:
        assert all(threat_share(a, own) <= threat_share(b, own) for a, b in pairwise(FIGHTERS))
    for enemy in FIGHTERS:
        assert all(threat_share(enemy, a) >= threat_share(enemy, b) for a, b in pairwise(FIGHTERS))


@pytest.mark.parametrize(
    ("appetite", "exploitation", "rival_lost", "restraint", "share"),
    [
        (0.4, 0.5, 0.0, 0.0, 0.4),
        (0.4, 0.5, 1.0, 0.0, 0.7),
        (0.4, 0.5, 0.5, 0.0, 0.55),
        (0.4, 0.5, 0.5, 0.2, 0.44),
        (0.4, 1.0, 1.0, 0.0, 1.0),
        (0.0, 0.25, 0.5, 0.5, 0.0625),
        (0.4, 0.0, 1.0, 0.0, 0.4),
        (1.0, 0.5, 0.5, 0.0, 1.0),
        (1.0, 1.0, 1.0, 1.0, 0.0),
    ],
)
def test_what_is_committed(
    appetite: float, exploitation: float, rival_lost: float, restraint: float, share: float
) -> None:
    assert committed_share(appetite, exploitation, rival_lost, restraint) == pytest.approx(share, rel=1e-12)


def test_what_is_committed_stays_a_share() -> None:
    for given in product(SHARES, repeat=4):
        assert 0 <= committed_share(*given) <= 1, given


@pytest.mark.parametrize(("argument", "sign"), [(0, 1), (1, 1), (2, 1), (3, -1)])
def test_appetite_exploitation_and_a_failing_rival_draw_in_more_and_restraint_less(
    argument: int, sign: int
) -> None:
    for others in product(SHARES, repeat=3):
        found = [committed_share(*others[:argument], share, *others[argument:]) for share in SHARES]
        assert all(sign * (b - a) >= -1e-15 for a, b in pairwise(found)), others


@pytest.mark.parametrize(
    ("weight", "own", "enemy", "odds", "km", "cell_km", "score"),
    [
        (0.6, 300, 200, 1.5, 24, 6, 0.01),
        (0.6, 300, 0, 1.5, 24, 6, 0.02),
        (1.0, 100, 100, 1.0, 0, 5, 0.1),
        (0.5, 100, 300, 1.0, 20, 5, 0.005),
        (0.5, 0, 300, 1.0, 20, 5, 0.0),
        (0.0, 100, 300, 1.0, 20, 5, 0.0),
    ],
)
def test_the_pull_of_an_objective(
    weight: float, own: int, enemy: float, odds: float, km: float, cell_km: float, score: float
) -> None:
    assert objective_score(weight, own, enemy, odds, km, cell_km) == pytest.approx(score, rel=1e-12)


def test_nobody_is_drawn_by_more_than_the_weight_for_each_cell_of_way() -> None:
    for own, enemy, odds, km in product(FIGHTERS, FIGHTERS, (0.1, 1.5, 20), (0, 6, 90)):
        assert 0 <= objective_score(0.7, own, enemy, odds, km, 6) <= 0.7 / (km + 6)


@pytest.mark.parametrize(("argument", "sign"), [(0, 1), (1, 1), (2, -1), (3, -1), (4, -1)])
def test_weight_and_own_fighters_draw_and_enemies_odds_and_distance_repel(argument: int, sign: int) -> None:
    usual = [0.5, 200, 300, 1.5, 30]
    found = []
    for number in (0.1, 1, 5, 20):
        given = [*usual[:argument], number, *usual[argument + 1 :]]
        found.append(objective_score(*given, 6))
    assert all(sign * (b - a) > 0 for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("days", "exploitation", "rival_lost", "won", "pause"),
    [
        (3, 0.5, 0.0, False, 3.0),
        (3, 0.5, 0.0, True, 1.5),
        (3, 0.0, 0.0, True, 3.0),
        (3, 1.0, 0.0, True, 0.0),
        (3, 1.0, 0.0, False, 3.0),
        (4, 0.5, 0.25, False, 3.0),
        (4, 0.5, 0.25, True, 1.5),
        (4, 0.0, 1.0, False, 0.0),
        (0, 0.5, 0.5, True, 0.0),
    ],
)
def test_the_pause_after_a_blow(
    days: float, exploitation: float, rival_lost: float, won: bool, pause: float
) -> None:
    assert pause_after(days, exploitation, rival_lost, won) == pytest.approx(pause, rel=1e-12)


def test_only_who_won_exploits_and_nobody_pauses_longer_than_he_would() -> None:
    for exploitation, lost in product(SHARES, SHARES):
        failed, won = (pause_after(2, exploitation, lost, x) for x in (False, True))
        assert 0 <= won <= failed <= 2
        assert failed == pause_after(2, 0, lost, False)


@pytest.mark.parametrize(
    ("confidence", "resolve", "lost"),
    [(0.8, 0.8, 0.0), (0.6, 0.8, 0.25), (0.0, 0.8, 1.0), (0.9, 0.8, 0.0), (0.3, 0.0, 1.0)],
)
def test_the_confidence_that_a_rival_has_lost(confidence: float, resolve: float, lost: float) -> None:
    assert lost_confidence(confidence, resolve) == pytest.approx(lost, abs=1e-15)


def test_the_rules_agree_with_a_second_program() -> None:
    assert [result.check for result in choices.results() if not result.passed] == []


def test_an_error_in_a_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    name, rule, second, grid = choices.GRIDS[1]
    wrong = (name, lambda *given: 1.05 * rule(*given), second, grid)
    monkeypatch.setattr(choices, "GRIDS", (wrong,))
    monkeypatch.setattr(choices, "KNOWN", ())
    (result,) = choices.results()
    assert not result.passed and math.isclose(result.distance, 0.05)


@pytest.mark.parametrize(
    ("axes", "pursuit_axes", "rival_lost", "most"),
    [(3.9, 0.0, 1.0, 3), (3.9, 2.0, 0.0, 3), (3.0, 2.0, 0.5, 6), (3.4, 1.0, 1.0, 6), (3.5, 1.0, 1.0, 7)],
)
def test_a_rival_that_breaks_is_pursued_on_more_axes(
    axes: float, pursuit_axes: float, rival_lost: float, most: int
) -> None:
    assert axes_at_most(axes, pursuit_axes, rival_lost) == most


def test_what_lies_deep_is_worth_more_only_against_a_rival_that_breaks() -> None:
    assert felt_km(80, 0.9, 0.0) == felt_km(80, 0.0, 1.0) == 80
    assert felt_km(80, 0.9, 1.0) == pytest.approx(8)
    deep, near = (lambda lost, km=km: felt_km(km, 0.9, lost) for km in (90, 4))
    village, city = (
        [objective_score(w, 500, 0, 1.5, km(lost), 6) for lost in (0.0, 0.8)]
        for w, km in ((0.06, near), (0.5, deep))
    )
    assert village[0] > city[0] and village[1] < city[1]


@pytest.mark.parametrize(
    ("share", "relief", "spent", "drawn_on"),
    [
        (0.4, 0.0, 0.9, 0.4),
        (0.4, 1.0, 0.0, 0.4),
        (0.4, 1.0, 0.5, 0.8),
        (0.3, 0.5, 0.5, 0.4),
        (0.4, 1.0, 0.9, 1.0),
        (0.0, 1.0, 0.9, 0.0),
        (0.4, 1.0, 1.0, 1.0),
        (0.0, 1.0, 1.0, 0.0),
    ],
)
def test_others_take_the_place_of_the_spent(
    share: float, relief: float, spent: float, drawn_on: float
) -> None:
    assert relieved(share, relief, spent) == pytest.approx(drawn_on, rel=1e-12)
