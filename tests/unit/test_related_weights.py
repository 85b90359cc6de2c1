"""What values that are related are worth: design effects by group, and the intervals that follow from them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.statistics import weighted, weighted_pairs
from simulation.statistics.intervals import counted_as, ending_shares, share_of, spread, weights_of
from simulation.statistics.related import related, worth_in_groups


def test_values_of_groups_that_are_not_related_are_worth_what_independent_ones_are():
    draw = np.random.default_rng(1)
    found = [
        worth_in_groups(draw.standard_normal((600, 30)), np.ones(600), np.repeat(np.arange(60), 10))
        for _ in range(20)
    ]
    assert np.mean(found) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("shared", [0.2, 0.5, 1.0])
def test_what_values_are_worth_is_the_design_effect_of_their_groups(shared):
    """With a part of the variance common to groups of m, the design effect is 1 + (m - 1) times that part."""
    draw = np.random.default_rng(2)
    groups, size = 80, 10
    common = np.repeat(draw.standard_normal((groups, 200)), size, axis=0)
    own = draw.standard_normal((groups * size, 200))
    values = np.sqrt(shared) * common + np.sqrt(1 - shared) * own
    found = worth_in_groups(values, np.ones(len(values)), np.repeat(np.arange(groups), size))
    assert 1 / found == pytest.approx(1 + (size - 1) * shared, rel=0.05)


def test_one_group_is_worth_one_value_and_nothing_that_varies_is_worth_all():
    assert worth_in_groups(np.arange(5.0)[:, None], np.ones(5), np.zeros(5)) == pytest.approx(1 / 5)
    assert worth_in_groups(np.ones((5, 2)), np.ones(5), np.array([0, 0, 1, 1, 2])) == 1.0


def test_related_weights_have_a_smaller_effective_size_also_in_parts_and_multiples():
    weights = related(np.ones(100), 0.25)
    assert weighted.effective_size(weights) == 25
    assert weighted.effective_size(weights[:40]) == 10
    assert weighted.effective_size(3 * weights) == 25
    assert weighted.uneven(weights) is not None, "equal weights of related values are no plain sample"
    assert weighted.uneven(related(np.ones(9), 1.0)) is None
    with pytest.raises(ValueError, match="worth more than nothing"):
        related(np.ones(3), 0.0)


def test_intervals_are_those_of_fewer_histories():
    hits = np.arange(100) < 30
    few, same = share_of(hits, related(np.ones(100), 0.2)), share_of(hits[::5])
    assert (few.low, few.high, few.share) == pytest.approx((same.low, same.high, 0.3))
    values = np.random.default_rng(3).standard_normal(400)
    plain, found = spread(values), spread(values, related(np.ones(400), 0.25))
    assert found.standard_error == pytest.approx(2 * plain.standard_error, rel=0.01)
    assert found.mean == pytest.approx(plain.mean)


def test_paired_differences_of_related_histories_have_wider_intervals():
    draw = np.random.default_rng(4)
    a, b = draw.standard_normal((2, 300, 1))
    weights = draw.random(300) + 0.5
    plain = weighted_pairs.difference_of_means(a, b, weights)
    wide = weighted_pairs.difference_of_means(a, b, related(weights, 1 / 9))
    assert (wide.high - wide.low) / (plain.high - plain.low) == pytest.approx(
        3, rel=0.1
    )  # and a little for so few
    assert wide.value == pytest.approx(plain.value)
    stakes = [
        weighted_pairs.evidence_of_means(b - a + 1, each) for each in (weights, related(weights, 1 / 9))
    ]
    assert stakes[1] < stakes[0]


def test_the_table_of_outcomes_says_how_its_histories_are_related():
    """Ten first draws, of which each decides how all of its histories end."""
    ended = np.repeat(["win", "lose"], 50)
    frame = pd.DataFrame(
        {"replicate": np.arange(100), "ending": ended, "weight": 1.0, "origin": np.repeat(np.arange(10), 10)}
    )
    weights = weights_of(frame)
    assert weights is not None
    assert weighted.effective_size(weights) == pytest.approx(9)  # 10 draws, less the one degree of the mean
    alone = ending_shares(frame.drop(columns="origin"), ["win", "lose"])["win"]
    found = ending_shares(frame, ["win", "lose"])["win"]
    assert found.share == alone.share and found.high - found.low > 2 * (alone.high - alone.low)


def test_rows_beside_a_reference_count_as_its_rows_do() -> None:
    ended = np.where(np.repeat(np.arange(10), 10) < 4, "win", "lose")
    reference = pd.DataFrame({"ending": ended, "weight": 1.0, "origin": np.repeat(np.arange(10), 10)})
    other = counted_as(reference[["ending"]].iloc[::-1].reset_index(drop=True), reference)
    low = ending_shares(reference, ["win"])["win"].low
    assert ending_shares(other, ["win"])["win"].low == pytest.approx(low) and low < 0.2
    plain = reference[["ending"]]
    assert counted_as(plain, plain).equals(plain) and ending_shares(plain, ["win"])["win"].low > 0.3
