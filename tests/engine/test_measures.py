"""A measure changes what it touches, from its day on, and nothing else."""

import numpy as np
import pytest
from running import assert_same, log_of

from simulation.engine.ensemble import Ensemble
from simulation.model.change_kind import ChangeKind
from simulation.model.registry import Process
from simulation.outcomes.collector import Collector
from simulation.outcomes.tables import Words
from simulation.scenario import load_scenario
from simulation.selftest import fixtures
from simulation.selftest.second_opinion import MomentSource, Opinion
from simulation.world.world import build_world

EFFECTIVE = "ceasefire: {between: [highland_league, river_council], from_day: 5, compliance: 1}"
IDLE = "distraction: {of: free_company, availability: 1, from_day: 5}"


@pytest.fixture
def with_measure(tmp_path):
    def build(*measures, inputs=""):
        path = tmp_path / "changed.yaml"
        items = "".join(f"  - {measure}\n" for measure in measures)
        text = f"extends: two-valleys\ntitle: changed\ninputs: {{{inputs}}}\nmeasures:\n{items}"
        path.write_text(text, encoding="utf-8")
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


@pytest.mark.parametrize(
    "measure",
    [
        IDLE,
        "restraint: {of: highland_league, by: river_council, strength: 0, from_day: 1}",
        "bombardment: {by: river_council, sorties_per_day: 0, from_day: 0, until_day: 4}",
        "front: {of: highland_league, open: true, from_day: 1}",
        "morale: {of: river_council, cohesion: 0, from_day: 1}",
        "guarantee: {between: [free_company, river_council], from_day: 0}",
        "breach: {between: [highland_league, river_council], from_day: 0}",
    ],
)
def test_a_measure_without_effect_leaves_all_outcomes_as_they_are(two_valleys, with_measure, measure):
    plain, other = (outcomes_of(world) for world in (two_valleys, with_measure(measure)))
    assert plain.keys() == other.keys()
    assert [name for name in plain if not np.array_equal(plain[name], other[name])] == []


def outcomes_of(world):
    """Return the columns of outcomes of a few histories, endings as their numbers."""
    (chunk,) = Ensemble(world, range(8), seed=1, workers=1)
    found = Collector(world).add(chunk)["outcomes"]
    return {name: values.codes if isinstance(values, Words) else values for name, values in found.items()}


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


def strikes(number, begin, end):
    return (
        f"bombardment: {{by: river_council, sorties_per_day: {number}, from_day: {begin}, until_day: {end}}}"
    )


def test_campaigns_that_adjoin_are_one_and_one_within_another_does_not_end_it(two_valleys, with_measure):
    first, then, whole, more = strikes(40, 2, 6), strikes(40, 6, 10), strikes(40, 2, 10), strikes(80, 4, 6)
    flown = {"whole": [], "more": []}
    worlds = [with_measure(*each) for each in ([whole], [first, then], [then, first], [whole, more])]
    for k in range(20):
        one, *others, harder = (log_of(world, k) for world in worlds)
        for other in others:
            assert_same(one, other)
        for name, log in (("whole", one), ("more", harder)):
            flown[name].append((log.process == Process.SORTIE).sum())
        late = harder[(harder.process == Process.SORTIE) & (harder.time > 6)]
        assert not late.size or late.time.max() < 10
    assert sum(flown["more"]) > sum(flown["whole"]) > 1000
    assert not (log_of(two_valleys).process == Process.SORTIE).any()


CEASEFIRE = (
    "ceasefire: {{between: [highland_league, river_council], from_day: {}, until_day: {}, compliance: {}}}"
)


def test_a_ceasefire_that_counts_again_does_not_mend_a_truce_that_was_broken(with_measure):
    """While the inner one is in force, violations come often and each ends the truce; the outer has none."""
    outer, inner = CEASEFIRE.format(1, 20, 1), CEASEFIRE.format(4, 6, 0)
    broken = 0
    for breach_end in (0, 1):
        world = with_measure(outer, inner, inputs=f"truce_rate: 0, breach_rate: 3, breach_end: {breach_end}")
        for k in range(20):
            log = log_of(world, k)
            breaches = log[log.process == Process.BREACH]
            assert ((breaches.time > 4) & (breaches.time < 6)).all()
            back = log[(log.process == Process.MEASURE) & (log.amount == ChangeKind.SET_COMPLIANCE)]
            assert (back.time == 6).all() and (back.amount2 == 1 - breaches.amount.any()).all()
            fights = log[log.process == Process.CASUALTY].time
            assert not ((fights > 1) & (fights < 4)).any()
            if not breaches.amount.any():
                assert not ((fights > 6) & (fights < 20)).any()
            broken += (fights > 6).any() and breaches.amount.any()
    assert broken > 5


def test_a_second_program_knows_what_nested_ceasefires_do():
    """Truces are broken and made again meanwhile, so that the outer one finds both."""
    nested = ", ".join(
        f"{{{CEASEFIRE.format(*each)}}}" for each in ((0.5, 4, 0.6), (1, 1.5, 0.1), (2, 3, 0.2))
    )
    found = {0: 0, 1: 0}
    opinion = Opinion()
    for moment in MomentSource(
        lambda: fixtures.busy(days=4, measures=f"[{nested}]"), 12, 9, frozenset({Process.MEASURE})
    ).moments():
        opinion.look(moment, (Process.MEASURE,))
        told = moment.after().event[0]
        found[int(told.amount2)] += told.amount == ChangeKind.SET_COMPLIANCE
    assert opinion.effects[Process.MEASURE].error <= 1e-9
    assert found[0] > 2 and found[1] > 2
