"""What is lost with ground: strikes with bases, and land that nobody comes for only once."""

from collections.abc import Iterator

import numpy as np
from running import begun

from simulation.engine.loop import fire, next_event
from simulation.model.registry import Process
from simulation.model.state import PlaceKind, State
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

STEP = 25
"""Events between two looks; a look takes far longer than an event."""


def looked_at(world: World, histories: int) -> Iterator[State]:
    """Yield the states of some histories as they go on."""
    for k in range(histories):
        state, events = begun(world, k), 0
        while (clock := next_event(state)) >= 0:
            fire(state, clock)
            events += 1
            if events % STEP == 0:
                yield state


def test_strikes_fall_with_the_share_of_bases_lost() -> None:
    world = build_world(
        load_scenario(
            "aleppo", ["days=12", "inputs.flyable_share=1", "inputs.hts_appetite=1", "inputs.attack_odds=0.8"]
        )
    )
    russia, shares = world.actors.index("russia"), set()
    for state in looked_at(world, 3):
        actors = state.actors
        bases = state.places[state.places.kind == PlaceKind.BASE]
        own = np.flatnonzero(actors.bloc == actors.bloc[russia])
        share = min(1, np.isin(bases.holder, own).sum() / np.isin(bases.holder0, own).sum())
        rate = state.clocks.rate[int(state.world.first_clock[0, Process.SORTIE]) + russia]
        if rate > 0:
            assert rate == actors.sorties_per_day[russia] * share
            shares.add(share)
    assert len(shares) > 2 and min(shares) < 1


def test_land_that_nobody_comes_for_passes_only_once() -> None:
    """Between two sides who both hold land beside it, it would else pass to and fro."""
    world = build_world(
        load_scenario("aleppo", ["days=12", "inputs.join_rate=0.5", "inputs.sweep_enclosed=0.3"])
    )
    seen = 0
    for state in looked_at(world, 3):
        cells, ground, actors = state.cells, state.ground, state.actors
        foes = (actors.foe_bits[:, None] >> np.arange(len(actors))) & 1
        near = ground.neighbours
        other = cells.control[near]
        hostile = (near >= 0) & (other >= 0) & (foes[cells.control[:, None], other] == 1)
        taken = hostile & (other != ground.control0[near])
        troops = (state.presence[near, other] * hostile).sum(axis=1)
        empty = (cells.fighters == 0) & (cells.control >= 0) & (cells.control != ground.control0)
        enclosed = hostile.sum(axis=1) >= 0.3 * (near >= 0).sum(axis=1)
        left_alone = np.flatnonzero(empty & enclosed & taken.any(axis=1) & (troops == 0))
        first = int(state.world.first_clock[0, Process.SEIZE])
        assert (state.clocks.rate[first + left_alone] == 0).all()
        seen += len(left_alone)
    assert seen > 50
