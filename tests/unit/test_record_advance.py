"""The speed of an advance, from places taken on days and at depths made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fakes import write_fake
from pydantic import ValidationError

from simulation.io.yaml_file import read_yaml
from simulation.record.advance import advances, depths_of, fastest
from simulation.record.histories import Histories
from simulation.record.measure import Amount
from simulation.record.reader import record_in
from simulation.scenario import load_scenario
from simulation.world.world import build_world

TEXT = """\
title: What was on record
start: 2024-11-27
note: Made up for a test.
amounts:
  pace: {advance: hts, within: 3, by_day: 12}
groups:
  - title: Pace
    lines:
      - {id: pace, what: The pace, amount: pace, range: {low: 1, high: 60}, source: us, confidence: L}
"""


def test_the_fastest_advance_is_over_any_days_and_begins_at_the_line() -> None:
    days, depth = np.array([1.0, 4, 5, 9]), np.array([5.0, 20, 45, 50])
    assert fastest(days, depth, 2) == pytest.approx((45 - 5) / 2)
    assert fastest(days, depth, 1) == pytest.approx((45 - 20) / 1)
    assert fastest(days[:1], depth[:1], 2) == pytest.approx(5 / 2)


def test_a_place_behind_the_deepest_is_no_advance() -> None:
    assert fastest(np.array([1.0, 6]), np.array([30.0, 12]), 3) == pytest.approx(10)
    assert fastest(np.zeros(0), np.zeros(0), 3) == 0


def test_each_history_has_its_own_advance_and_places_of_its_side_do_not_count() -> None:
    taken = pd.DataFrame(
        {
            "replicate": [3, 3, 7, 3],
            "place": ["far", "near", "near", "home"],
            "day": [4.0, 1.0, 2.0, 2.0],
        }
    )
    found = advances(taken, {"near": 6.0, "far": 36.0}, 2)
    assert found == {3: pytest.approx(15), 7: pytest.approx(3)}


def test_depth_is_that_of_the_other_side_alone() -> None:
    world = build_world(load_scenario("two-valleys"))
    for side in world.actors:
        depth, places = depths_of(world, (side,)), world.template.places
        own = list(world.actors).index(side)
        first = world.template.ground.control0[places.cell]
        assert set(depth) == {
            name for name, holder in zip(world.places, first, strict=True) if holder not in (-1, own)
        }
        assert all(km >= 0 for km in depth.values())


def test_the_advance_of_each_history_of_a_run_is_that_of_its_places(tmp_path: Path) -> None:
    world, results = build_world(load_scenario("aleppo")), write_fake(tmp_path / "run")
    (tmp_path / "lines.yaml").write_text(TEXT, encoding="utf-8")
    record = record_in(read_yaml(tmp_path / "lines.yaml"), world)
    found = Histories(record=record, results=results).amounts["pace"]
    side = [name for name in world.actors if world.seeds.blocs[name] == world.seeds.blocs["hts"]]
    depth = depths_of(world, tuple(side))
    expected = []
    for replicate in results.replicates:
        rows = results.places[results.places["replicate"] == replicate]
        rows = rows[rows["to_actor"].isin(side) & (rows["day"] <= 12) & rows["place"].isin(depth)]
        taken = [(day, depth[place]) for day, place in zip(rows["day"], rows["place"], strict=True)]
        gains = [km - max((other for at, other in taken if at <= day - 3), default=0.0) for day, km in taken]
        expected.append(max([0.0, *gains]) / 3)
    assert found.tolist() == pytest.approx(expected)
    assert len(set(expected)) > 1


def test_an_advance_needs_its_days() -> None:
    Amount(advance=("hts",), within=2, by_day=30)
    with pytest.raises(ValidationError, match="'within' is missing"):
        Amount(advance=("hts",), by_day=30)
    with pytest.raises(ValidationError, match="'within' does not go with 'series'"):
        Amount(series="area_km2", by_day=30, within=2)
