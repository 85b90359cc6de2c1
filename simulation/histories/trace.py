"""One history as lines, or as what led to the fall of a place; the same from either driver."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.histories.causal_chain import CausalChain, chain_of
from simulation.histories.diary import last_words, tell
from simulation.histories.drivers import DRIVERS, Driver, outcome_of
from simulation.histories.explanation import place_called
from simulation.histories.observer import watch
from simulation.outcomes.events import Event, event_line
from simulation.world.world import World


def trace_lines(
    world: World,
    *,
    replicate: int,
    seed: int,
    driver: str = "compiled",
    jsonl: bool = False,
    why: str = "one of many, no likelier than any other.",
) -> Iterator[str]:
    """Yield a history as JSON, one event a line, or as a story by days that closes with its ending.

    A story begins with `why` it is this one. RunError when the history cannot be used.
    """
    played = DRIVERS[driver](world, replicate, seed)
    if jsonl:
        yield from (event_line(world, event) for event in events(played))
        return
    yield f"History {replicate} of {world.scenario.name}, seed {seed}: {why}"
    yield from tell(world, watch(played))
    yield last_words(world, outcome_of(played))


def chain_around(
    world: World, place: str, *, replicate: int, seed: int, driver: str = "compiled"
) -> CausalChain:
    """Return what led to the fall of a place in a history; InputError for a name that is not on the map."""
    index = place_called(world, place)
    return chain_of(world, index, watch(DRIVERS[driver](world, replicate, seed)))


def events(driver: Driver) -> Iterator[Event]:
    """Yield the events of a history while it is played; RunError when it cannot be used."""
    log = EventLog()
    for _ in driver.play([log]):
        yield from log.taken()


class EventLog:
    """Keeps what happens until it is taken."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._events: list[Event] = []

    def before(self, process: int, entity: int, time: float) -> None:
        """Look at nothing."""

    def after(self, record: Event) -> None:
        """Keep an event."""
        self._events.append(record)

    def taken(self) -> list[Event]:
        """Return what happened since it was asked last."""
        taken, self._events = self._events, []
        return taken
