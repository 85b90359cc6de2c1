"""Chosen points: inputs and luck given row by row, played as the histories of a run are."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.engine.ensemble import Ensemble
from simulation.engine.points import Sample
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world


@pytest.fixture(scope="module")
def valleys() -> World:
    return build_world(load_scenario("two-valleys", ["days=4"]))


def played(world: World, inputs: np.ndarray, luck: list[int], workers: int = 1) -> list[tuple[object, ...]]:
    points = Sample(world, inputs, np.array(luck), seed=3, workers=workers)
    found = [history for chunk in points for history in chunk]
    return [
        (h.replicate, h.inputs.tobytes(), h.outcome.world.tobytes(), h.outcome.daily.tobytes()) for h in found
    ]


def test_a_point_is_the_history_of_a_run_with_the_same_inputs_and_luck(valleys: World) -> None:
    inputs = valleys.cases(range(20), 3)[0]
    run = [h for chunk in Ensemble(valleys, range(20), 3, 1) for h in chunk]
    known = [
        (h.replicate, h.inputs.tobytes(), h.outcome.world.tobytes(), h.outcome.daily.tobytes()) for h in run
    ]
    assert played(valleys, inputs, list(range(20))) == known
    assert played(valleys, inputs[::-1], list(range(19, -1, -1)), workers=3) == known[::-1]


def test_the_same_inputs_with_other_luck_are_another_history(valleys: World) -> None:
    inputs = valleys.cases(range(1), 3)[0]
    one, same, other = played(valleys, np.repeat(inputs, 3, axis=0), [5, 5, 6])
    assert one == same and one != other
