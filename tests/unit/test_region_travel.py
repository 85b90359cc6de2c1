"""The quickest way follows roads round a ridge, and its next steps lead to the target."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from simulation.region import Region, load_region
from simulation.region.travel import Speeds, days_to, next_steps, step_days

SEEDS = Path(__file__).parents[2] / "seeds"
SPEEDS = Speeds(off_road=20, secondary=60, primary=90, motorway=120, rugged_scale_m=60, urban_slowing=1)
PLAIN = Speeds(off_road=20, secondary=20, primary=20, motorway=20, rugged_scale_m=1e12, urban_slowing=0)


@pytest.fixture
def valleys() -> Region:
    return load_region(SEEDS / "two_valleys" / "region")


def steps_to(region: Region, targets: list[int], cost: np.ndarray) -> np.ndarray:
    return next_steps(region, days_to(region, targets, cost), cost)


def test_a_step_on_even_ground_takes_distance_over_speed(valleys: Region) -> None:
    days = step_days(valleys, PLAIN)
    np.testing.assert_allclose(days, valleys.step_km / 20, rtol=1e-6)


@pytest.mark.parametrize(
    ("start", "direction", "speed", "rugged_counts"),
    [("Saddle Pass", 0, 20, True), ("Weirford", 0, 90, False)],
)
def test_a_step_follows_the_poorer_road_and_the_mean_of_the_terrain(
    valleys: Region, start: str, direction: int, speed: float, rugged_counts: bool
) -> None:
    cells, here = valleys.cells, valleys.place(start).cell
    there = valleys.neighbours[here, direction]
    rugged = (float(cells.ruggedness[here]) + float(cells.ruggedness[there])) / 2
    urban = (float(cells.urban[here]) + float(cells.urban[there])) / 2
    slowing = (1 + rugged / 60 if rugged_counts else 1) * (1 + urban)
    expected = float(valleys.step_km[here, direction]) / speed * slowing
    assert step_days(valleys, SPEEDS)[here, direction] == pytest.approx(expected, rel=1e-6)


def test_the_way_between_the_valleys_leads_over_the_pass(valleys: Region) -> None:
    target = valleys.place("Stonegate").cell
    steps = steps_to(valleys, [target], step_days(valleys, SPEEDS))[0]
    here, seen = valleys.place("Weirford").cell, []
    while here != target:
        seen.append(here)
        here = valleys.neighbours[here, steps[here]]
        assert here >= 0 and len(seen) < 36
    assert valleys.place("Saddle Pass").cell in seen


@pytest.mark.parametrize("world", ["two_valleys", "duel", "."])
def test_next_steps_walk_the_least_cost(world: str) -> None:
    region = load_region(SEEDS / world / "region")
    cost = step_days(region, SPEEDS)
    target = np.array([0, len(region.cells) // 2])
    days, steps = days_to(region, target, cost), steps_to(region, target, cost)
    for row, cell in enumerate(target):
        moving = np.flatnonzero(steps[row] >= 0)
        assert set(np.flatnonzero(steps[row] < 0)) == {cell}
        onward = region.neighbours[moving, steps[row, moving]]
        walked = cost[moving, steps[row, moving]] + days[row, onward]
        np.testing.assert_allclose(walked, days[row, moving], rtol=1e-6)
        assert np.all(days[row, onward] < days[row, moving])


def test_the_way_out_may_differ_from_the_way_back(valleys: Region) -> None:
    cost = step_days(valleys, PLAIN)
    cost[0, 2] = 100.0
    assert days_to(valleys, [1], cost)[0, 0] > days_to(valleys, [0], cost)[0, 1]


def test_of_equally_quick_ways_the_lower_direction_is_taken(valleys: Region) -> None:
    cost = np.where(valleys.neighbours < 0, np.inf, 1).astype(np.float32)
    assert steps_to(valleys, [14], cost)[0, 0] == 1
    assert steps_to(valleys, [12], cost)[0, 0] == 0


def test_a_walled_off_target_is_reached_by_nobody(valleys: Region) -> None:
    cost = step_days(valleys, PLAIN)
    cost[valleys.neighbours == 0] = np.inf
    assert steps_to(valleys, [0], cost).tolist() == [[-1] * 36]


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.nan])
def test_a_cost_that_is_not_above_zero_is_refused(valleys: Region, wrong: float) -> None:
    cost = step_days(valleys, PLAIN)
    cost[3, 0] = wrong
    with pytest.raises(ValueError, match="above zero"):
        days_to(valleys, [0], cost)


@pytest.mark.parametrize("name", list(asdict(PLAIN)))
@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_speeds_check_themselves(name: str, wrong: float) -> None:
    with pytest.raises(ValueError, match=name):
        Speeds(**(asdict(PLAIN) | {name: wrong}))


def test_loading_a_region_imports_no_scipy() -> None:
    code = (
        "import sys, pathlib; from simulation.region import load_region, travel;"
        f"load_region(pathlib.Path({str(SEEDS / 'duel' / 'region')!r}));"
        "assert not {'scipy', 'pandas', 'numba', 'mesa'} & set(sys.modules)"
    )
    root = SEEDS.parent
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True, timeout=60)
