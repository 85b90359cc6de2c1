"""Would it have been won with one fighter less? By weights, by histories drawn given the report, and by brute force.

With 20 against 18 the first side has at most 10 left at 0.5, and wins or not; the same luck with 19. What is asked of
pairs has no exact answer but through the addresses of luck, so all are compared with many pairs of another seed.
|z| <= 4: a false alarm in 16,000 checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from simulation import compare
from simulation.engine.branch import Descent, Lineage, Luck
from simulation.engine.branched import BranchedHistories
from simulation.model.daily_series import DailySeries
from simulation.scenario import load_scenario
from simulation.statistics import weighted
from simulation.world.world import World, build_world

REPORT, DAY, LEFT = "fighters_present.red <= 10 @ 0.5", 0.5, 10
MANY, SEED = 12_000, 7
FEWER = "inputs.red_fighters=19"


def played(world: World, lineages: list[Lineage], until: float = math.inf) -> Iterator[object]:
    inputs = np.repeat(world.cases(range(1), SEED)[0], len(lineages), axis=0)
    descents = tuple(Descent(SEED, lineage, k) for k, lineage in enumerate(lineages))
    asked = BranchedHistories(inputs=inputs, descents=descents, seed=SEED, until=until)
    return (each for chunk in asked.ensemble(world, 2) for each in chunk)


def won(world: World, lineages: list[Lineage]) -> np.ndarray:
    return np.array(
        [world.endings[each.outcome.world.ending] == "red_wins" for each in played(world, lineages)]
    )


@pytest.fixture(scope="module")
def brute() -> tuple[np.ndarray, np.ndarray]:
    """Return who wins with 20 and with 19, of all plain histories that go as is reported."""
    worlds = [build_world(load_scenario("duel", settings)) for settings in ([], [FEWER])]
    roots: list[Lineage] = [(Luck(0.0, k, 0),) for k in range(MANY)]
    there = (
        each.outcome.daily[-1][DailySeries.FIGHTERS_PRESENT, 0] for each in played(worlds[0], roots, DAY)
    )
    kept = [root for root, left in zip(roots, there, strict=True) if left <= LEFT]
    assert len(kept) > 300
    return won(worlds[0], kept), won(worlds[1], kept)


def shares(there: np.ndarray, here: np.ndarray) -> dict[str, np.ndarray]:
    """Return what is asked of each pair: won here at all, and in both, and lost for want of the one fighter."""
    return {"here": here, "both": there & here, "only there": there & ~here}


@pytest.mark.parametrize(("sequential", "number"), [(False, 1500), (True, 150)])
def test_a_fighter_less_costs_what_brute_force_says(sequential, number, brute, tmp_path):
    done = compare(
        ["duel", f"duel --set {FEWER}"],
        replicates=number,
        given=REPORT,
        sequential=sequential,
        report=False,
        out=tmp_path / "out",
    )
    tables = [each.outcomes for each in done.comparison.runs]
    weights = tables[0]["weight"].to_numpy()
    ends = [(each["ending"] == "red_wins").to_numpy() for each in tables]
    for name, wanted in shares(*brute).items():
        found = shares(*ends)[name].astype(float)
        mine = weighted.mean(found, weights)
        both = weighted.standard_error(found, weights), wanted.std() / math.sqrt(len(wanted))
        z = (mine - wanted.mean()) / math.hypot(*both)
        assert abs(z) <= 4, f"{name}: {mine:.3f}, by brute force {wanted.mean():.3f}, z = {z:.2f}"


def test_given_that_it_won_it_wins_with_one_less_as_often_as_brute_force_says(tmp_path):
    """Of plain weights: a report of the end weighs the histories that were played."""
    done = compare(
        ["duel", f"duel --set {FEWER}"],
        replicates=600,
        given="ending = red_wins",
        report=False,
        out=tmp_path / "out",
    )
    row = done.comparison.endings.set_index("ending").loc["red_wins"]
    assert row["share_reference"] == 1 and not done.manifest.sequential
    worlds = [build_world(load_scenario("duel", settings)) for settings in ([], [FEWER])]
    there, here = (won(world, [(Luck(0.0, k, 0),) for k in range(MANY // 4)]) for world in worlds)
    wanted, number = here[there].mean(), done.comparison.runs[0].outcomes["weight"].sum()
    error = math.sqrt(wanted * (1 - wanted) * (1 / there.sum() + 1 / number))
    assert abs(row["share"] - wanted) <= 4 * error, f"{row['share']:.3f}, by brute force {wanted:.3f}"
