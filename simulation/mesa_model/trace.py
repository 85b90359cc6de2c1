"""One history as lines, through either driver; both give the same lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from simulation.engine.batch import Outcome
from simulation.engine.replicate import run_on
from simulation.mesa_model.history import end_history, ending_of, start_history
from simulation.mesa_model.model import ConflictModel
from simulation.results.events import event_line, tell
from simulation.results.words import sentence
from simulation.scenario import Scenario
from simulation.scenario.build import World, build_world
from simulation.state import EVENT

LOG = 4096

Told = Callable[[Outcome], None]


def trace_lines(
    scenario: Scenario | World, *, replicate: int, seed: int, driver: str = "compiled", jsonl: bool = False
) -> Iterator[str]:
    """Yield a history as JSON, one event a line, or as a story by days that closes with its ending.

    RunError when the history cannot be used.
    """
    world = scenario if isinstance(scenario, World) else build_world(scenario)
    outcomes: list[Outcome] = []
    events = DRIVERS[driver](world, replicate, seed, outcomes.append)
    if jsonl:
        yield from (event_line(world, event) for event in events)
    else:
        yield from tell(world, events)
        yield _last_words(world, outcomes[0])


def compiled_events(world: World, replicate: int, seed: int, told: Told) -> Iterator[Any]:
    """Yield the events of a history run by the compiled loop, then tell its outcome."""
    state = start_history(world, replicate, seed)
    log = np.zeros(LOG, EVENT).view(np.recarray)
    count = LOG
    while count == LOG:
        count = run_on(state, log)
        yield from log[:count].copy()
    told(end_history(world, state))


def mesa_events(world: World, replicate: int, seed: int, told: Told) -> Iterator[Any]:
    """Yield the events of a history run by Mesa, then tell its outcome."""
    model = ConflictModel(world, replicate=replicate, seed=seed, keep_events=True)
    while model.running:
        model.step()
        yield from model.events or ()
        model.events = []
    assert model.outcome is not None
    told(model.outcome)


DRIVERS = {"compiled": compiled_events, "mesa": mesa_events}
"""What turns the crank, by the name the command line uses."""


def _last_words(world: World, outcome: Outcome) -> str:
    ending = ending_of(world, outcome)
    meaning = next((sentence(e.meaning) for e in world.seeds.endings if e.id == ending), "No ending holds")
    return f"The history ends on day {outcome.world.end_day:.2f}: {meaning}."
