"""Histories that branch off: the past stays, what follows is new, has an address, and follows the same law."""

import math

import numpy as np
import pytest

from simulation.engine.branch import Descent, Luck
from simulation.engine.branched import BranchedHistories
from simulation.engine.ensemble import Ensemble
from simulation.model.daily_series import DailySeries
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def valleys():
    return build_world(load_scenario("two-valleys", ["days=6"]))


def played(world, lineages, inputs=None, workers=1, until=math.inf):
    """Return the histories of some lineages; their inputs are those of the first luck's number, or given."""
    if inputs is None:
        inputs = np.concatenate(
            [world.cases(range(each[0].replicate, each[0].replicate + 1), 1)[0] for each in lineages]
        )
    descents = tuple(Descent(1, lineage, k) for k, lineage in enumerate(lineages))
    asked = BranchedHistories(inputs=inputs, descents=descents, seed=1, until=until)
    return [each for chunk in asked.ensemble(world, workers) for each in chunk]


def same(one, other):
    return one.outcome.daily.tobytes() == other.outcome.daily.tobytes()


def test_a_lineage_without_a_branch_is_the_plain_history(valleys):
    plain = [each for chunk in Ensemble(valleys, range(4), 1, 1) for each in chunk]
    again = played(valleys, [(Luck(0.0, k, 0),) for k in range(4)])
    assert all(map(same, plain, again))


def test_a_branch_keeps_the_past_and_no_more_whoever_plays_it(valleys):
    whole = played(valleys, [(Luck(0.0, 3, 0),)])[0]
    lineages = [(Luck(0.0, 3, 0), Luck(2.5, k, branch)) for k, branch in ((0, 1), (1, 1), (0, 2), (0, 1))]
    branched = played(valleys, lineages)
    for each in branched:
        assert (each.outcome.daily[:3] == whole.outcome.daily[:3]).all()
    ends = [each.outcome.daily[-1].tobytes() for each in (whole, *branched)]
    assert len(set(ends)) == 4 and ends[1] == ends[4], "another number or branch is other luck"
    assert all(map(same, branched, played(valleys, lineages, workers=3)))
    cut = played(valleys, lineages, until=2.0)
    assert all((each.outcome.daily[2] == whole.outcome.daily[2]).all() for each in cut)


def wins(first, second):
    """Return the chance that the first side wins from every (x, y), both rates 1."""
    table = np.zeros((first + 1, second + 1))
    table[1:, 0] = 1
    for x in range(1, first + 1):
        for y in range(1, second + 1):
            table[x, y] = (x * table[x, y - 1] + y * table[x - 1, y]) / (x + y)
    return table


def test_what_follows_a_branch_has_the_chances_of_where_it_began():
    """From one history of a duel at 0.3, x left against y: the first side wins as often as from there on; |z| <= 4.

    What clocks had left to burn would make the first shots after the branch the same in all, and the chances others.
    """
    world, number = build_world(load_scenario("duel")), 600
    for replicate in (0, 1):
        root = (Luck(0.0, replicate, 0),)
        there = played(world, [root], until=0.3)[0].outcome.daily[-1]
        x, y = (int(there[DailySeries.FIGHTERS_PRESENT, k]) for k in (0, 1))
        ends = played(world, [(*root, Luck(0.3, k, 1)) for k in range(number)])
        won = np.array([world.endings[each.outcome.world.ending] == "red_wins" for each in ends])
        chance = wins(20, 18)[x, y]
        z = (won.mean() - chance) / math.sqrt(chance * (1 - chance) / number)
        assert abs(z) <= 4, f"{x} against {y}: z = {z:.2f}"
        times = np.array([each.outcome.world.end_day for each in ends])
        assert len(np.unique(times)) == number, "no two copies go on with the same luck"


def test_seeds_of_branches_are_apart():
    from simulation.engine.branch import words_of

    assert words_of(7 << 32 | 5, 0) == (5, 7)
    words = {words_of(seed, branch) for seed in (1, 2, 1 << 40) for branch in range(50)}
    assert len(words) == 150
