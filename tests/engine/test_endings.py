"""Each history ends in the first ending that holds: compared with what the record of the map says."""

from collections import Counter

import numpy as np
import pytest
from made_valleys import valleys
from running import begun

from simulation.engine.loop import run_on
from simulation.engine.replicate import close
from simulation.model.daily_series import DailySeries
from simulation.model.effects.ending import thrown_back
from simulation.model.effects.hostility import pair
from simulation.model.state import EVENT

LEAGUE, COUNCIL = 0, 1
LEAST, KEPT = 60.0, 0.6
TRUCE = "{id: truce, meaning: The elders' table has brought a truce that is in force at the end., when: "
SWAPS = (
    (
        "endings.yaml",
        TRUCE,
        "{id: truce_lost, meaning: There is a truce and the Pass is lost., when: {truce: [highland_league, "
        "river_council], lost: [Reedham, Saddle Pass], by: river_council}, stops: false}\n  - " + TRUCE,
    ),
    (
        "endings.yaml",
        "{id: pass_lost,",
        "{id: thrown_back, meaning: The League came over the Pass and went home., when: {thrown_back: "
        f"{{of: highland_league, least_km2: {LEAST:g}, kept: {KEPT:g}}}}}, stops: false}}\n  - {{id: pass_lost,",
    ),
)
ENDINGS = (
    "council_dissolves",
    "valley_taken",
    "truce_lost",
    "truce",
    "thrown_back",
    "pass_lost",
    "stalemate",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return valleys(
        tmp_path_factory.mktemp("endings"), *SWAPS, counter_share=1, counter_odds=0.8, give_way_overreach=4,
        truce_rate=0.03,
    )  # fmt: skip


def expected(world, state, outcome):
    """Return the ending of a history that did not stop early, from the map at the end and the land at midnights."""
    bloc, control = state.actors.bloc, state.cells.control

    def lost(*places):
        holders = [control[world.region.place(name).cell] for name in places]
        return any(holder < 0 or bloc[holder] != bloc[COUNCIL] for holder in holders)

    if state.pairs[pair(state, LEAGUE, COUNCIL)].truce:
        return "truce_lost" if lost("Reedham", "Saddle Pass") else "truce"
    own = np.flatnonzero(bloc == bloc[LEAGUE])
    area = outcome.daily[:, DailySeries.AREA_KM2][:, own].sum(axis=1)
    gained = area - area[0]
    if gained.max() >= LEAST and gained[-1] <= KEPT * gained.max():
        return "thrown_back"
    return "pass_lost" if lost("Saddle Pass", "Millbridge") else "stalemate"


def test_the_endings_follow_from_the_land_and_the_truces(world):
    """The League gains and loses land, with and without a truce; all endings but one that is rare come up."""
    names, seen = tuple(ending.id for ending in world.seeds.endings), Counter()
    assert names == ENDINGS
    for replicate in range(150):
        state = begun(world, replicate)
        run_on(state, np.zeros(0, EVENT).view(np.recarray))
        outcome = close(state)
        found = names[outcome.world.ending]
        seen[found] += 1
        if outcome.world.end_day == outcome.world.days:
            assert found == expected(world, state, outcome), replicate
    assert min(seen[name] for name in names[1:]) > 0


@pytest.mark.parametrize(
    ("most", "gained", "holds"),
    [(100, 50, True), (100, 50.1, False), (99.9, 0, False), (200, -30, True), (0, 0, False)],
)
def test_thrown_back_asks_for_a_gain_first_and_for_its_loss_then(most, gained, holds):
    assert thrown_back(most, gained, 100, 0.5) is holds
