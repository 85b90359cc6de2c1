"""How deep in one side's land a cell lies, compared with shortest ways found in another manner."""

from __future__ import annotations

import heapq
from pathlib import Path

import numpy as np
import pytest

from simulation.region import Region, load_region
from simulation.scenario import load_scenario
from simulation.world.depth import depths
from simulation.world.world import build_world

SEEDS = Path(__file__).parents[2] / "seeds"


def ways_over_own_land(region: Region, side: np.ndarray) -> list[float]:
    """Return for each cell the shortest way over land of its side to a cell beside another side's, by Dijkstra."""

    def near(cell: int) -> list[tuple[int, float]]:
        steps = zip(region.neighbours[cell], region.step_km[cell], strict=True)
        return [(int(other), float(km)) for other, km in steps if other >= 0]

    line = [
        cell
        for cell in range(len(side))
        if side[cell] >= 0 and any(side[k] >= 0 and side[k] != side[cell] for k, _ in near(cell))
    ]
    found = dict.fromkeys(line, 0.0)
    waiting = [(0.0, cell) for cell in line]
    while waiting:
        km, cell = heapq.heappop(waiting)
        if km > found[cell]:
            continue
        for other, step in near(cell):
            if side[other] == side[cell] and km + step < found.get(other, np.inf):
                found[other] = km + step
                heapq.heappush(waiting, (km + step, other))
    return [found.get(cell, 0.0) for cell in range(len(side))]


@pytest.mark.parametrize("seed", range(6))
def test_depths_are_shortest_ways_over_own_land(seed: int) -> None:
    region = load_region(SEEDS / "two_valleys" / "region")
    side = np.random.default_rng(seed).choice([-1, 0, 0, 0, 0, 1, 1, 1], len(region.cells))
    assert depths(region, side).tolist() == pytest.approx(ways_over_own_land(region, side))


def test_land_of_a_side_that_meets_no_other_has_no_depth() -> None:
    region = load_region(SEEDS / "two_valleys" / "region")
    for side in (np.zeros(len(region.cells), np.int64), np.full(len(region.cells), -1)):
        assert not depths(region, side).any()


def test_the_capital_lies_deeper_than_the_pass() -> None:
    world = build_world(load_scenario("two-valleys"))
    deep = {name: world.template.ground.depth_km[world.region.place(name).cell] for name in world.places}
    assert deep["Saddle Pass"] == 0 < 5 < deep["Weirford"] < 20
