"""The typical history is a true medoid, by ranks; the extreme one lies farthest from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from simulation.results.medoid import longest, shortest, total_distances, typical_and_extreme


def outcomes(seed: int, n: int, **more: object) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "case": np.arange(n) + 100,
            "replicate": np.arange(n) + 100,
            "ending": "x",
            "end_day": rng.integers(5, 31, n).astype(float),
            "civilians_killed": rng.integers(0, 400, n),
            "displaced_peak": np.exp(rng.normal(10, 2, n)),
            "sorties_total": 7,
            "input.fog": rng.random(n),
        }
        | more
    )


def brute_force(table: pd.DataFrame) -> tuple[int, int]:
    """Every pair in plain Python; 7 strikes everywhere and the input say nothing."""
    ranks = [rankdata(table[name]) / len(table) for name in ("end_day", "civilians_killed", "displaced_peak")]
    n = len(table)
    away = [[sum(abs(column[i] - column[j]) for column in ranks) for j in range(n)] for i in range(n)]
    totals = [round(sum(row), 9) for row in away]
    typical = totals.index(min(totals))
    far = [round(d, 9) for d in away[typical]]
    return 100 + typical, 100 + far.index(max(far))


def test_it_is_the_medoid_of_brute_force() -> None:
    for seed in range(20):
        table = outcomes(seed, 37)
        assert typical_and_extreme(table) == brute_force(table)


def test_distances_are_those_of_every_pair() -> None:
    for number in (1, 2, 50):
        ranks = np.random.default_rng(number).integers(1, 30, number)
        assert total_distances(ranks).tolist() == np.abs(ranks[:, None] - ranks).sum(axis=1).tolist()


def test_only_the_order_of_an_outcome_counts() -> None:
    table = outcomes(5, 40)
    stretched = table.assign(displaced_peak=table["displaced_peak"] ** 3)
    assert typical_and_extreme(stretched) == typical_and_extreme(table)


def test_inputs_do_not_count_and_ties_go_to_the_lowest() -> None:
    table = outcomes(5, 40)
    assert typical_and_extreme(table.assign(**{"input.fog": 0.0})) == typical_and_extreme(table)
    same = outcomes(1, 6, end_day=3.0, civilians_killed=1, displaced_peak=2.0)
    assert typical_and_extreme(same) == (100, 100)


def test_shortest_and_longest_are_the_first_of_several() -> None:
    table = outcomes(1, 5, end_day=[9.0, 4.0, 30.0, 4.0, 30.0])
    assert (shortest(table), longest(table)) == (101, 102)
