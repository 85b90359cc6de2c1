"""Paired estimates against scipy, published figures, and cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from simulation.comparison.answer import stays_first
from simulation.comparison.contrasts import Histories, contrasts, moves, with_verdicts
from simulation.statistics.evidence import (
    FEWEST,
    HIGHER,
    IDENTICAL,
    LOWER,
    UNCLEAR,
    clear,
    evidence_of_means,
    evidence_of_shares,
)
from simulation.statistics.paired import difference_of_means, difference_of_shares, gain, superiority


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, None]


def pairs(both: int, less: int, more: int, neither: int) -> tuple[np.ndarray, np.ndarray]:
    counts = (both, less, more, neither)
    return column(*np.repeat([1, 1, 0, 0], counts)), column(*np.repeat([1, 0, 1, 0], counts))


def test_a_published_interval_of_paired_shares() -> None:
    """Tango 1998, table I: 43, 0, 1 and 0 pairs; and Armitage's airway data: 212, 144, 256 and 707."""
    contact = difference_of_shares(*pairs(43, 0, 1, 0))
    assert (contact.low[0], contact.high[0]) == pytest.approx((-0.0596, 0.1180), abs=2e-3)
    colds = difference_of_shares(*pairs(212, 144, 256, 707))
    assert (colds.value[0], colds.low[0], colds.high[0]) == pytest.approx((0.0849, 0.0553, 0.1143), abs=6e-4)


def test_the_interval_of_shares_turns_with_its_sign() -> None:
    a, b = pairs(10, 3, 9, 20)
    there, back = difference_of_shares(a, b), difference_of_shares(b, a)
    assert (there.low[0], there.high[0]) == pytest.approx((-back.high[0], -back.low[0]))


def test_means_have_the_interval_of_scipy_widened_as_students_t() -> None:
    rng = np.random.default_rng(2)
    a = rng.exponential(size=60)
    b = a + rng.gamma(0.5, 1, 60) - 0.3
    mine = difference_of_means(a[:, None], b[:, None])
    level = 2 * stats.norm.cdf(stats.t.ppf(0.975, 59) * np.sqrt(60 / 59)) - 1
    theirs = stats.bootstrap((b - a,), np.mean, confidence_level=level, n_resamples=20_000, rng=rng)
    assert mine.value[0] == pytest.approx((b - a).mean())
    ends = (theirs.confidence_interval.low, theirs.confidence_interval.high)
    assert (mine.low[0], mine.high[0]) == pytest.approx(ends, abs=0.03 * (ends[1] - ends[0]))


def test_the_same_pairs_give_the_same_interval_again() -> None:
    a, b = np.random.default_rng(1).normal(size=(2, 40, 3))
    one, two = difference_of_means(a, b), difference_of_means(a, b)
    assert (one.low == two.low).all() and (one.high == two.high).all()


def test_superiority_counts_equal_pairs_half() -> None:
    found = superiority(column(1, 1, 1, 1), column(2, 1, 1, 0.5))
    assert found.value[0] == 0.5
    assert superiority(column(0, 0), column(1, 1)).value[0] == 1


def test_gain_is_the_ratio_of_variances() -> None:
    rng = np.random.default_rng(3)
    a = rng.normal(0, 3, (50_000, 1))
    b = a + rng.normal(0, 1, a.shape)
    assert gain(a, b)[0] == pytest.approx(19, rel=0.02)
    assert gain(column(1, 2, 3), column(3, 4, 5))[0] == np.inf
    assert np.isnan(gain(column(1, 1), column(1, 1))[0])


def test_equal_differences_have_an_interval_without_width_and_one_pair_has_none() -> None:
    flat = difference_of_means(column(1, 2, 3), column(3, 4, 5))
    assert (flat.value[0], flat.low[0], flat.high[0]) == (2, 2, 2)
    assert np.isnan(difference_of_means(column(1), column(2)).low[0])


def test_evidence_of_a_row_of_heads_is_the_stake_of_the_mixture() -> None:
    """Ten pairs that differ one way: the bet pays 2^10 / 11."""
    found = evidence_of_shares(np.zeros((10, 1), int), np.ones((10, 1), int))
    assert found[0] == pytest.approx(np.log(2**10 / 11))


def test_evidence_of_means_knows_no_unit_and_waits_for_enough_pairs() -> None:
    differences = np.random.default_rng(4).normal(0.5, 1, (200, 2))
    assert evidence_of_means(1000 * differences) == pytest.approx(evidence_of_means(differences))
    assert (evidence_of_means(-differences) == evidence_of_means(differences)).all()
    assert (evidence_of_means(np.full((FEWEST - 1, 1), 3.0)) == 0).all()
    assert evidence_of_means(np.full((100, 1), 3.0))[0] > 20
    assert (evidence_of_means(np.zeros((100, 1))) == 0).all()


def test_a_long_tail_not_yet_seen_is_no_evidence() -> None:
    """Mostly small steps down, and rare long ones up that balance them; t alone is deceived in 13 of 100."""
    skewed = np.random.default_rng(5).lognormal(size=(500, 600)) - np.exp(0.5)
    assert (evidence_of_means(skewed) > np.log(20)).mean() < 0.08


def test_holm_asks_most_of_the_first_and_stops_at_the_first_too_weak() -> None:
    enough = np.log(np.array([3, 2, 1]) / 0.05)
    assert list(clear(enough[[2, 0, 1]] + 0.01, 0.05)) == [True, True, True]
    assert list(clear(np.array([enough[0] + 1, enough[1] - 0.1, enough[2] + 0.1]), 0.05)) == [
        True,
        False,
        False,
    ]
    assert not clear(enough - [0.1, 0, 0], 0.05).any()


def test_a_verdict_needs_evidence_and_an_interval_on_one_side() -> None:
    rows = pd.DataFrame(
        {"low": [1, -3, -1, 1, 0.0], "high": [2, -1, 1, 2, 0], "evidence": [9, 9, 9, 1, 0],
         "equal": [False, False, False, False, True]}
    )  # fmt: skip
    assert list(with_verdicts(rows, 0.05)["verdict"]) == [HIGHER, LOWER, UNCLEAR, UNCLEAR, IDENTICAL]


def histories(endings: list[str], **outcomes: list[float]) -> Histories:
    fallen = pd.DataFrame({"Aleppo": [ending == "falls" for ending in endings]})
    return Histories(endings=pd.Series(endings), outcomes=pd.DataFrame(outcomes, dtype=float), fallen=fallen)


def test_tables_hold_a_row_for_every_ending_outcome_and_place() -> None:
    before = histories(["holds", "holds", "falls"], killed=[1, 2, 3], late=[np.nan, 5, np.nan])
    after = histories(["falls", "holds", "falls"], killed=[1, 2, 6], late=[4, 7, np.nan])
    found = contrasts("b", before, after, ["holds", "falls", "truce"], same=False)
    assert list(found["endings"]["ending"]) == ["holds", "falls", "truce"]
    assert list(found["endings"]["difference"]) == pytest.approx([-1 / 3, 1 / 3, 0])
    assert found["endings"]["verdict"].iloc[2] == IDENTICAL
    assert list(found["outcomes"]["difference"]) == [1, 2]
    assert list(found["falls"]["share"]) == pytest.approx([2 / 3])
    moved = moves("b", before, after).set_index(["from_ending", "to_ending"])["replicates"]
    assert moved.to_dict() == {("holds", "falls"): 1, ("holds", "holds"): 1, ("falls", "falls"): 1}


def test_what_cannot_differ_has_no_width() -> None:
    one = histories(["holds"] * 40, killed=list(range(40)))
    found = contrasts("b", one, one, ["holds"], same=True)
    for table in found.values():
        assert (table[["difference", "low", "high"]] == 0).all(axis=None)
    assert list(found["outcomes"][["superiority_low", "superiority_high"]].iloc[0]) == [0.5, 0.5]
    could = contrasts("b", one, one, ["holds"], same=False)["endings"].iloc[0]
    assert could["low"] < 0 < could["high"] and could["verdict"] == IDENTICAL


def test_the_scenario_that_moves_most_stays_first() -> None:
    before = pd.Series(["a"] * 200)
    far, near = pd.Series(["b"] * 100 + ["a"] * 100), pd.Series(["b"] * 5 + ["a"] * 195)
    assert stays_first([before, far, near], 1) == 100
    assert stays_first([before, far, near], 2) == 0
    assert 20 < stays_first([before, near, near.sample(frac=1, random_state=1)], 1) < 80
