"""Sensitivity, exactly: which histories are played, what may be ranked, and what names are allowed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.engine.points import Sample
from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.scenario.inputs import at_quantiles
from simulation.sensitivity_analysis.design import (
    FAR,
    cases_of,
    kept_of,
    radial,
    repeated_cases,
    rows_for,
    two_draws,
)
from simulation.sensitivity_analysis.estimates import IndexEstimate, chance_share, ratio
from simulation.sensitivity_analysis.finding import Trouble, TroubleKind
from simulation.sensitivity_analysis.first_order import first_order
from simulation.sensitivity_analysis.fits import bin_of
from simulation.sensitivity_analysis.groups import groups, rank_ranges
from simulation.sensitivity_analysis.indices import (
    COLUMNS,
    chance_table,
    convergence_table,
    first_table,
    overall_table,
    ranked,
    total_table,
    troubles,
)
from simulation.sensitivity_analysis.morris import LEVELS, walks
from simulation.sensitivity_analysis.request import (
    attacked,
    attackers,
    requested_inputs,
    requested_outcomes,
)
from simulation.sensitivity_analysis.study import OTHERS, StudiedOutcome
from simulation.sensitivity_analysis.total import DesignRows, total_of_expected
from simulation.world.world import World, build_world


@pytest.fixture(scope="module")
def valleys() -> World:
    return build_world(load_scenario("two-valleys", ["days=4"]))


def estimate(*ends: tuple[float, float]) -> IndexEstimate:
    low, high = np.array(ends).T
    return IndexEstimate(value=(low + high) / 2, error=(high - low) / 2 / 1.959964)


def test_points_need_luck_for_each_row(valleys: World) -> None:
    with pytest.raises(ValueError, match="2 rows of inputs, but luck for 1"):
        Sample(valleys, np.zeros((2, 1)), np.zeros(1), seed=1, workers=1)


def test_cases_are_played_twice_with_their_own_luck() -> None:
    points = repeated_cases(np.array([[1.0], [2.0]]), 7)
    assert points.inputs.ravel().tolist() == [1, 1, 2, 2]
    assert points.luck.tolist() == [7, 7 + FAR, 8, 8 + FAR]


def test_a_row_redraws_one_entry_at_a_time_under_both_lucks() -> None:
    masks = [np.array([True, False, False]), np.array([False, True, True])]
    points = radial(np.array([[1.0, 2, 3]]), np.array([[7.0, 8, 9]]), masks, 4)
    rows = [[1, 2, 3], [1, 2, 3], [7, 2, 3], [7, 2, 3], [1, 8, 9], [1, 8, 9], [7, 8, 9]]
    assert points.inputs.tolist() == rows
    assert points.luck.tolist() == [4, 4 + FAR] * 3 + [4 + FAR]
    assert len(points) == len(rows) and rows_for(len(rows), len(masks)) == 1


def test_the_budget_is_never_exceeded() -> None:
    for histories in range(400, 30_000, 37):
        first = 2 * cases_of(histories)
        kept = kept_of(histories - first, 99)
        assert first + rows_for(histories - first, kept + 1) * (2 * (kept + 2) + 1) <= histories
        assert 1 <= kept <= 8
    assert kept_of(50_000, 3) == 3


def test_a_and_b_are_cases_that_share_nothing(valleys: World) -> None:
    inputs = dict(valleys.scenario.inputs)
    a, b = two_draws(inputs, 5, 6, 3)
    assert np.array_equal(a, valleys.cases(range(5, 11), 3)[0])
    assert not np.isin(b[:, [k for k in range(b.shape[1]) if len(set(b[:, k])) > 1]], a).any()


def test_chance_is_the_variance_within_cases() -> None:
    y = np.array([[0.0, 2], [4, 6], [8, 10]])[:, :, None]
    assert chance_share(y).value[0] == pytest.approx(2 / (35 / 3))


def test_nothing_that_varies_gives_no_share() -> None:
    found = ratio(np.zeros((5, 1)), np.zeros((5, 1)))
    assert np.isnan(found.value[0]) and np.isnan(found.error[0])


def test_bins_hold_equal_numbers() -> None:
    x = np.array([[0.3, 9], [0.1, 8], [0.2, 7], [0.4, 6]])
    assert bin_of(x, 2).tolist() == [[1, 1], [0, 1], [0, 0], [1, 0]]


def test_an_input_that_is_everything_has_all_the_variance() -> None:
    x = np.arange(4000.0)[:, None]
    assert first_order(x, x[:, :, None]).value[0, 0] == pytest.approx(1, abs=0.002)


def test_intervals_that_overlap_share_a_group() -> None:
    found = estimate((0.5, 0.7), (0.1, 0.3), (0.2, 0.4), (0.0, 0.09), (0.9, 0.95))
    every = np.ones(5, bool)
    assert groups(found, every) == [[4], [0], [2, 1], [3]]
    assert rank_ranges(found, every) == {0: (2, 2), 1: (3, 4), 2: (3, 4), 3: (5, 5), 4: (1, 1)}


def test_a_chain_of_overlaps_is_one_group_whose_ranks_say_more() -> None:
    found = estimate((0.5, 0.7), (0.3, 0.55), (0.1, 0.35))
    assert groups(found, np.ones(3, bool)) == [[0, 1, 2]]
    assert rank_ranges(found, np.ones(3, bool)) == {0: (1, 2), 1: (1, 3), 2: (2, 3)}


def test_one_wide_interval_keeps_what_it_reaches_together() -> None:
    found = estimate((0.5, 0.6), (0.0, 0.95), (0.2, 0.3))
    assert groups(found, np.ones(3, bool)) == [[0, 1, 2]]


def test_what_is_not_kept_has_no_rank() -> None:
    table = pd.DataFrame({"input": ["a", "b", "c"]})
    found = ranked(table, estimate((0.0, 0.1), (0.4, 0.5), (0.7, 0.8)), np.array([False, True, True]))
    assert found.to_dict("list") == {
        "input": ["c", "b", "a"], "group": [1, 2, 0], "best_rank": [1, 2, 0], "worst_rank": [1, 2, 0],
    }  # fmt: skip


def test_rare_and_constant_outcomes_are_not_split() -> None:
    y = np.zeros((100, 2, 3))
    y[:29, 0, 1] = y[:30, 0, 2] = 1
    assert troubles(y) == [
        Trouble(kind=TroubleKind.SAME),
        Trouble(kind=TroubleKind.RARE, numbers={"usual": 0, "other": 29, "cases": 100}),
        None,
    ]


def test_the_leading_attacker_and_whom_it_fights_have_any_names(valleys: World) -> None:
    assert valleys.actors[attackers(valleys)[0]] == "highland_league"
    assert valleys.actors[attacked(valleys)] == "river_council"


def test_a_total_that_few_rows_speak_of_is_not_given() -> None:
    steps = np.zeros((100, 2, 2, 1))
    steps[:29, 0], steps[:30, 1] = 1, 1
    first = np.repeat(np.arange(100.0)[:, None, None], 2, axis=1)
    found = total_of_expected(DesignRows(first=first, second=first[:, 0], mixed=first[:, None] + steps))
    assert np.isnan(found.value[0, 0]) and found.value[1, 0] > 0


def test_a_table_of_totals_of_which_nothing_is_said_has_its_columns() -> None:
    same = np.ones((8, 2, 1))
    rows = DesignRows(first=same, second=same[:, 0], mixed=np.ones((8, 3, 2, 1)))
    outcome = StudiedOutcome(name="ending.truce", label="truce", unit="histories")
    found = total_table([outcome], ["a", "b", OTHERS], rows, [""])
    for table in found, total_table([outcome], [], None, [None]):
        assert table.empty and tuple(table) == COLUMNS["total"]


def test_tables_of_which_nothing_is_said_have_the_columns_of_the_others() -> None:
    draw, rare = np.random.default_rng(3), Trouble(kind=TroubleKind.SAME)
    x, y = draw.random((80, 2)), draw.random((80, 2, 1))
    outcome, inputs = [StudiedOutcome(name="ending.truce", label="truce", unit="histories")], ["a", "b"]
    for said, rows in ([None], 2), ([rare], 0):
        first = first_table(outcome, inputs, x, y, said, 1)
        overall = overall_table(inputs, x, y, said, 1)
        settled = convergence_table(first, inputs, x, y, outcome)
        for name, table in {"first_order": first, "overall": overall, "convergence": settled}.items():
            assert tuple(table) == COLUMNS[name] and (table.empty if not rows else len(table) >= rows)
            assert str(table.dtypes["share"]) == "float64"


def test_shares_lie_within_0_to_1_and_their_intervals_and_ranks_are_from_uncut_ones() -> None:
    outcome = [StudiedOutcome(name="civilians_killed", label="killed", unit="people")]
    cut = 0
    for seed in range(6):
        draw = np.random.default_rng(seed)
        x, y = draw.random((60, 8)), draw.random((60, 2, 1))
        first = first_table(outcome, [f"i{k}" for k in range(8)], x, y, [None], seed)
        chance = chance_table(outcome, y, None, [None])
        for table, name in (first, "share"), (first, "explainable"), (chance, "share"):
            prefix = "" if name == "share" else f"{name}_"
            low, value, high = (
                table.dropna(subset=[name])[each] for each in (f"{prefix}low", name, f"{prefix}high")
            )
            assert ((low >= 0) & (low <= value) & (value <= high) & (high <= 1)).all()
        raw = first_order(x, y).value[:, 0]
        cut += int((raw < 0).sum())
        assert list(first["input"]) == [f"i{k}" for k in np.argsort(-raw, kind="stable")]
    assert cut > 10


def test_a_walk_moves_every_input_once_by_half_of_the_levels() -> None:
    taken = walks(6, 30, 1)
    steps = np.diff(taken.levels, axis=1)
    assert ((steps != 0).sum(axis=2) == 1).all() and (np.abs(steps).sum(axis=1) == LEVELS // 2).all()
    assert np.array_equal(np.abs(steps).argmax(axis=2), taken.moved)
    assert np.array_equal(np.sign(steps.sum(axis=2)), taken.sign)
    assert set(taken.levels.ravel()) == set(range(LEVELS))


def test_an_input_at_its_quantiles_is_what_a_case_draws(valleys: World) -> None:
    known = {name: each for name, each in valleys.scenario.inputs.items() if each.dist is not None}
    each = next(iter(known.values()))
    low, middle, high = at_quantiles(each, np.array([1e-9, 0.5, 1 - 1e-9]))
    assert each.support()[0] == pytest.approx(low, rel=1e-3) and low < middle < high


def test_names_are_resolved_or_refused(valleys: World) -> None:
    found = requested_outcomes(["civilians_killed", "ending.truce", "place.Millbridge"], valleys)
    assert [each.label for each in found] == ["outcome.civilians_killed", "ending.truce", "place.Millbridge"]
    for name in ("civilian_killed", "ending.truc", "palce.Millbridge"):
        with pytest.raises(InputError, match="did you mean"):
            requested_outcomes([name], valleys)
    uncertain = requested_inputs([], valleys)
    assert requested_inputs(uncertain[1:3], valleys) == uncertain[1:3]
    constant = next(name for name in valleys.scenario.inputs if name not in uncertain)
    with pytest.raises(InputError, match="it is a constant here"):
        requested_inputs([constant], valleys)
    with pytest.raises(InputError, match="no uncertain input"):
        requested_inputs([], build_world(load_scenario("duel")))


def test_the_usual_outcomes_speak_of_civilians_first(valleys: World) -> None:
    names = [each.label for each in requested_outcomes([], valleys)]
    assert {"ending.truce", "outcome.civilians_killed", "outcome.displaced_peak"} <= set(names)
    assert sum(name.startswith("place.") for name in names) == 3
