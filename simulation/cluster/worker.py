"""What happens in a worker: it learns a world once, and plays blocks of its histories."""

from __future__ import annotations

import threading
import time
import traceback
from collections import OrderedDict
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from distributed import get_worker

from simulation.cluster.identity import Identity, identity
from simulation.cluster.packet import Packet
from simulation.engine.executor import Addresses, Measure
from simulation.engine.loop import run_on
from simulation.engine.replicate import NO_LOG
from simulation.errors import SimulateError
from simulation.jit.decorator import compile_for
from simulation.results.shared_parts import SharedFolder
from simulation.world.world import World

MOST_WORLDS = 8
"""That a worker remembers; of one that it has forgotten it says so, and is told again."""

_worlds: OrderedDict[str, World] = OrderedDict()
_access = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Played:
    """A block of histories that were played: what is kept, how long they took [s], the size of the largest [bytes]."""

    kept: Packet
    seconds: float
    largest: int


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """A block that was not played, since the worker does not know the world."""

    worker: str


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A block that was not played as something went wrong in the worker: what, in a line, and all that led to it."""

    worker: str
    what: str
    trace: str
    is_said: bool = False
    """Whether `what` is a sentence about the worker, of something that needs no trace."""


def introduce() -> Identity:
    """Return which program this worker is."""
    return identity()


def learn(name: str, world: Packet) -> None:
    """Remember a world by its name."""
    with _access:
        if name not in _worlds:
            _worlds[name] = world.open()
        while len(_worlds) > MOST_WORLDS:
            _worlds.popitem(last=False)


def fault(folder: SharedFolder) -> str:
    """Return in words why parts cannot be written into a folder from here."""
    return folder.fault()


def warm(name: str) -> None:
    """Compile the rules, or find them in the worker's own cache, so that no block has to wait for it."""
    world = _known(name)
    if world is not None:
        _compile(world)


def play(name: str, addresses: Addresses, measure: Measure[Any]) -> Played | Unknown | Broken:
    """Play a block of histories of a world that the worker knows.

    What goes wrong is an answer as well: an exception might not survive the way back, and says not where it was raised.
    """
    worker = get_worker().address
    world = _known(name)
    if world is None:
        return Unknown(worker=worker)
    try:
        _compile(world)
        began = time.perf_counter()
        measured = measure(world)
        with closing(iter(addresses.ensemble(world, 1))) as chunks:
            histories = [history for chunk in chunks for history in chunk]
        largest = max(history.size for history in histories)
        return Played(
            kept=Packet.of(measured(histories)), seconds=time.perf_counter() - began, largest=largest
        )
    except SimulateError as error:
        return Broken(worker=worker, what=f"{error}", trace=traceback.format_exc(), is_said=True)
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        return Broken(worker=worker, what=what, trace=traceback.format_exc())


def _known(name: str) -> World | None:
    with _access:
        if name in _worlds:
            _worlds.move_to_end(name)
        return _worlds.get(name)


def _compile(world: World) -> None:
    compile_for(run_on, world.template, NO_LOG)
