"""Pairs of histories that count by weight: none and equal weights are the plain way, whole ones repeat the pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.comparison.answer import stays_first
from simulation.comparison.contrasts import Histories, contrasts, moves
from simulation.statistics import evidence, paired, weighted, weighted_pairs
from simulation.statistics.paired import Estimate
from simulation.statistics.related import related


def same(found: Estimate, wanted: Estimate, **within: float) -> bool:
    ends = [np.column_stack([each.value, each.low, each.high]) for each in (found, wanted)]
    return bool(np.allclose(*ends, **within))


def two(seed: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return shares and means of two scenarios, (n, 2) each."""
    draw = np.random.default_rng(seed)
    a, b = draw.random((n, 2)) < 0.4, draw.random((n, 2)) < 0.6
    x = draw.exponential(size=(n, 2))
    return a, b, x, x + draw.gamma(0.5, 1, (n, 2)) - 0.3


def test_without_weights_all_is_as_it_was() -> None:
    a, b, x, y = two(1, 80)
    assert same(weighted_pairs.difference_of_shares(a, b, None), paired.difference_of_shares(a, b), rtol=0)
    assert same(weighted_pairs.difference_of_means(x, y, None), paired.difference_of_means(x, y), rtol=0)
    assert same(weighted_pairs.superiority(x, y, None), paired.superiority(x, y), rtol=0)
    assert np.array_equal(weighted_pairs.gain(a, b, None), paired.gain(a, b))
    assert np.array_equal(weighted_pairs.evidence_of_shares(a, b, None), evidence.evidence_of_shares(a, b))
    assert np.array_equal(weighted_pairs.evidence_of_means(y - x, None), evidence.evidence_of_means(y - x))


def test_ones_give_what_no_weights_give_but_for_rounding() -> None:
    a, b, x, y = two(2, 120)
    ones = np.ones(120)
    assert same(weighted_pairs.difference_of_shares(a, b, ones), paired.difference_of_shares(a, b))
    assert same(weighted_pairs.superiority(x, y, ones), paired.superiority(x, y))
    assert same(weighted_pairs.difference_of_means(x, y, ones), paired.difference_of_means(x, y), atol=1e-6)
    assert weighted_pairs.gain(a, b, ones) == pytest.approx(paired.gain(a, b))


@pytest.mark.parametrize("seed", range(4))
def test_whole_weights_give_what_repeated_pairs_give(seed: int) -> None:
    a, b, x, y = two(seed, 60)
    weights = np.random.default_rng(seed).integers(0, 4, 60)
    again = np.repeat(np.arange(60), weights)
    floats = weights.astype(float)
    for mine, plain, (p, q) in (
        (weighted_pairs.difference_of_shares, paired.difference_of_shares, (a, b)),
        (weighted_pairs.difference_of_means, paired.difference_of_means, (x, y)),
        (weighted_pairs.superiority, paired.superiority, (x, y)),
    ):
        assert mine(p, q, floats).value == pytest.approx(plain(p[again], q[again]).value)
    assert weighted_pairs.gain(x, y, floats) == pytest.approx(paired.gain(x[again], y[again]))
    assert weighted_pairs.means(x, floats) == pytest.approx(x[again].mean(axis=0))
    # What is worth fewer pairs has the wider interval.
    wide, narrow = (
        weighted_pairs.difference_of_means(x, y, floats),
        paired.difference_of_means(x[again], y[again]),
    )
    assert (wide.high - wide.low > narrow.high - narrow.low).all()


def test_the_interval_of_a_mean_is_as_wide_as_its_standard_error_says() -> None:
    draw = np.random.default_rng(5)
    x, y = draw.normal(size=(2, 400, 1))
    weights = draw.exponential(size=400)
    found = weighted_pairs.difference_of_means(x, y, weights)
    error = weighted.standard_error((y - x)[:, 0], weights)
    assert (found.high - found.low)[0] == pytest.approx(2 * 1.96 * error, rel=0.06)


def test_a_pair_that_has_all_the_weight_has_no_interval() -> None:
    a, _, x, y = two(3, 40)
    alone = np.zeros(40)
    alone[7] = 1e-9
    found = weighted_pairs.difference_of_means(x, y, alone)
    assert found.value == pytest.approx((y - x)[7]) and np.isnan([found.low, found.high]).all()
    assert not weighted_pairs.evidence_of_means(y - x, alone).any()
    assert weighted_pairs.equal(a, a.copy(), alone).all()


def histories(ended: np.ndarray, x: np.ndarray, fallen: np.ndarray) -> Histories:
    return Histories(
        endings=pd.Series(ended),
        outcomes=pd.DataFrame({"x": x[:, 0], "sometimes": np.where(x[:, 1] < 0.2, np.nan, x[:, 1])}),
        fallen=pd.DataFrame({"Here": fallen[:, 0], "There": fallen[:, 1]}),
    )


def members(seed: int, rows: np.ndarray) -> tuple[Histories, Histories]:
    a, b, x, y = two(seed, 150)
    return histories(np.where(a[:, 0], "won", "lost")[rows], x[rows], a[rows]), histories(
        np.where(b[:, 1], "won", "lost")[rows], y[rows], b[rows]
    )


def test_all_tables_of_a_comparison_count_by_weight() -> None:
    weights = np.random.default_rng(9).integers(0, 3, 150)
    again = np.repeat(np.arange(150), weights)
    floats = weights * (150 / weights.sum())
    one, other = members(4, np.arange(150))
    found = contrasts("b", one, other, ["won", "lost", "never"], floats, same=False)
    plain = contrasts("b", *members(4, again), ["won", "lost", "never"], same=False)
    for name, table in found.items():
        value = "mean" if name == "outcomes" else "share"
        for column in (value, f"{value}_reference", "difference", "gain"):
            assert table[column].to_numpy() == pytest.approx(plain[name][column].to_numpy(), nan_ok=True)
        wide = (table["high"] - table["low"]) - (plain[name]["high"] - plain[name]["low"])
        assert (wide.to_numpy() > 0).all()
    moved = moves("b", one, other, floats)
    counts = moves("b", *members(4, again))
    assert moved["replicates"].sum() == 150
    merged = moved.merge(counts, on=["scenario", "from_ending", "to_ending"])
    scaled = merged["replicates_y"] * 150 / weights.sum()
    assert len(merged) == len(counts) and (merged["replicates_x"] - scaled).abs().max() < 1
    ended = [one.endings, other.endings]
    assert stays_first(ended, 1, floats) == stays_first(ended, 1) == 100


def test_what_differs_nowhere_is_seldom_called_clear() -> None:
    """Weights that have to do with what is compared, and none of it differs: at most 1 of 20 tables by the rule."""
    draw, wrong = np.random.default_rng(11), 0
    for _ in range(60):
        x = draw.exponential(size=(150, 1))
        weights = np.exp(-x[:, 0])
        y = x + draw.choice([-1, 1], (150, 1)) * draw.exponential(size=(150, 1))
        flips = draw.random((150, 1))
        a, b = flips < 0.5, np.where(draw.random((150, 1)) < 0.3, flips >= 0.5, flips < 0.5)
        found = [
            weighted_pairs.evidence_of_means(y - x, weights),
            weighted_pairs.evidence_of_shares(a, b, weights),
        ]
        wrong += bool(evidence.clear(np.concatenate(found), 0.05).any())
    assert wrong <= 6
    assert weighted_pairs.evidence_of_means(y - x + 2, weights)[0] > 5


@pytest.mark.parametrize("number", [1, 7, 1000])
def test_whole_parts_add_up(number: int) -> None:
    weights = np.random.default_rng(number).exponential(size=37)
    parts = weighted.whole_parts(weights, number)
    assert parts.sum() == number and np.abs(parts - weights / weights.sum() * number).max() < 1


def test_pairs_worth_a_quarter_have_the_intervals_of_a_quarter_as_many() -> None:
    """Twice as wide, and the stakes of a quarter: what resembles each other is no evidence of its own."""
    a, b, x, y = two(6, 400)
    ones = np.ones(400)
    for difference, p, q in (
        (weighted_pairs.difference_of_shares, a, b),
        (weighted_pairs.difference_of_means, x, y),
        (weighted_pairs.superiority, x, y),
    ):
        whole, part = difference(p, q, ones), difference(p, q, related(ones, 0.25))
        assert part.value == pytest.approx(whole.value)
        assert (part.high - part.low) / (whole.high - whole.low) == pytest.approx(2.0, rel=0.06)
    for stake, arguments in (
        (weighted_pairs.evidence_of_shares, (a, b)),
        (weighted_pairs.evidence_of_means, (y - x,)),
    ):
        assert (stake(*arguments, related(ones, 0.25)) < stake(*arguments, ones)).all()
    quarter = weighted_pairs.evidence_of_shares(a, b, related(ones, 0.25))
    more, less = ((b > a).sum(axis=0) / 4, (b < a).sum(axis=0) / 4)
    assert quarter == pytest.approx(evidence.stake_on_share(more, less))
    ended = [pd.Series(np.where(each[:, 0], "won", "lost")) for each in (a, b, a ^ (x[:, :1] > 1.2))]
    sure, unsure = stays_first(ended, 1, ones), stays_first(ended, 1, related(ones, 0.05))
    assert 50 <= unsure <= sure or sure <= unsure <= 50
