"""A measure changes what it touches, from its day on, and nothing else."""

import numpy as np
import pytest
from running import assert_same, log_of

from simulation.model.registry import Process
from simulation.scenario import load_scenario
from simulation.world.world import build_world

EFFECTIVE = "ceasefire: {between: [highland_league, river_council], from_day: 5, compliance: 1}"
IDLE = "distraction: {of: free_company, availability: 1, from_day: 5}"


@pytest.fixture
def with_measure(tmp_path):
    def build(measure):
        path = tmp_path / "changed.yaml"
        path.write_text(f"extends: two-valleys\ntitle: changed\nmeasures:\n  - {measure}\n", encoding="utf-8")
        return build_world(load_scenario(path))

    return build


def without_measures(log):
    return log[log.process != Process.MEASURE]


def test_before_its_day_a_measure_changes_nothing(two_valleys, with_measure):
    changed, parted = with_measure(EFFECTIVE), 0
    for k in range(20):
        plain, other = log_of(two_valleys, k), log_of(changed, k)
        assert_same(plain[plain.time < 5], other[other.time < 5])
        parted += plain.tobytes() != without_measures(other).tobytes()
    assert parted > 5


def test_a_measure_without_effect_changes_nothing_at_all(two_valleys, with_measure):
    changed, done = with_measure(IDLE), 0
    for k in range(20):
        plain, other = log_of(two_valleys, k), log_of(changed, k)
        assert_same(plain, without_measures(other))
        done += len(other) - len(plain)
    assert done > 5


def test_a_unit_far_away_is_missed_by_nobody_else(aleppo):
    """A unit that waits in the far east is taken out; the west does not notice."""
    world = build_world(load_scenario("aleppo", ["days=3"]))
    unit = int(np.flatnonzero(world.template.units.actor == world.actors.index("sdf"))[-1])
    world.template.units.share[unit] = 0.0
    own = 0
    for k in range(6):
        plain, other = log_of(aleppo, k), log_of(world, k)
        own += (plain.unit == unit).sum()
        assert not (other.unit == unit).any()
        assert_same(plain[plain.unit != unit], other)
    assert own > 0
