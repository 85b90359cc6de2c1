"""One history as lines, through either driver; both give the same lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.engine.loop import run_on
from simulation.engine.replicate import Outcome, end_history, start_history
from simulation.histories.causal_chain import Chain, chain_of
from simulation.histories.diary import last_words, tell
from simulation.histories.explanation import place_called
from simulation.histories.observer import Causes, Happening, Told, announce, watch
from simulation.mesa_model.model import ConflictModel
from simulation.model.state import EVENT
from simulation.outcomes.events import event_line
from simulation.scenario import Scenario
from simulation.world.world import World, build_world

LOG = 4096


def trace_lines(
    scenario: Scenario | World, *, replicate: int, seed: int, driver: str = "compiled", jsonl: bool = False
) -> Iterator[str]:
    """Yield a history as JSON, one event a line, or as a story by days that closes with its ending.

    RunError when the history cannot be used.
    """
    world = scenario if isinstance(scenario, World) else build_world(scenario)
    outcomes: list[Outcome] = []
    if jsonl:
        events = EVENTS[driver](world, replicate, seed, outcomes.append)
        yield from (event_line(world, event) for event in events)
    else:
        yield f"History {replicate} of {world.scenario.name}, seed {seed}: one of many, no likelier than any other."
        yield from tell(world, HAPPENINGS[driver](world, replicate, seed, outcomes.append))
        yield last_words(world, outcomes[0])


def chain_around(world: World, place: str, *, replicate: int, seed: int, driver: str = "compiled") -> Chain:
    """Return what led to the fall of a place in a history; InputError for a name that is not on the map."""
    index = place_called(world, place)
    return chain_of(world, index, HAPPENINGS[driver](world, replicate, seed, lambda outcome: None))


def compiled_events(world: World, replicate: int, seed: int, told: Told) -> Iterator[Any]:
    """Yield the events of a history run by the compiled loop, then tell its outcome."""
    state = start_history(world, replicate, seed)
    log = np.zeros(LOG, EVENT).view(np.recarray)
    count = LOG
    while count == LOG:
        count = run_on(state, log)
        yield from log[:count].copy()
    told(end_history(world, state))


class WatchedModel(ConflictModel):
    """A model that keeps what happens together with its causes in `happenings`."""

    def __init__(self, world: World, *, replicate: int, seed: int) -> None:
        """Bring a history to its start and watch it from there."""
        super().__init__(world, replicate=replicate, seed=seed, keep_events=True)
        self.happenings: list[Happening] = []
        self._causes = Causes(self.state)

    def _fire(self) -> None:
        """Let the next event happen between two looks."""
        announce(self.state, [self._causes])
        super()._fire()
        assert self.events is not None
        self.happenings.append(self._causes.after(self.events.pop()))


def mesa_happenings(world: World, replicate: int, seed: int, told: Told) -> Iterator[Happening]:
    """Yield what happens in a history run by Mesa, then tell its outcome."""
    model = WatchedModel(world, replicate=replicate, seed=seed)
    while model.running:
        model.step()
        yield from model.happenings
        model.happenings = []
    assert model.outcome is not None
    told(model.outcome)


def mesa_events(world: World, replicate: int, seed: int, told: Told) -> Iterator[Any]:
    """Yield the events of a history run by Mesa, then tell its outcome."""
    return (happening.record for happening in mesa_happenings(world, replicate, seed, told))


EVENTS = {"compiled": compiled_events, "mesa": mesa_events}
HAPPENINGS = {"compiled": watch, "mesa": mesa_happenings}
"""What turns the crank, by the name the command line uses."""
