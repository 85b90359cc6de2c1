"""Processes in plain Python, from outside the package: something more that can happen, under Mesa alone.

The rules of the package are compiled and played in batches; these are asked anew after every event, and are meant for
trying an idea out. A package may offer some to others as entry points of the group `simulate.processes`.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.errors import InputError, RunError
from simulation.io.pydantic_messages import nearest

if TYPE_CHECKING:
    from simulation.mesa_model.agents import UnitAgent

GROUP = "simulate.processes"


class OwnProcess:
    """One kind of thing that can happen to units, at a rate that may depend on anything in the model.

    Subclass it, say `rate` and `fire`, and hand it to `ConflictModel(…, processes=[…])`. Its `name` is part of the
    address of its random numbers, so that a history with it shares all other luck with the history without it.
    """

    name: str = ""

    def units(self, model: Any) -> Iterable[UnitAgent]:
        """Return the units of a `ConflictModel` that it can happen to; all, if you do not say otherwise."""
        every: Iterable[UnitAgent] = model.units.values()
        return every

    def rate(self, unit: UnitAgent) -> float:
        """Return how often it happens to a unit, per day; constant until the next event of the history."""
        raise NotImplementedError

    def fire(self, unit: UnitAgent, rng: np.random.Generator) -> None:
        """Let it happen to a unit: set its strength, cohesion or cell. `rng` is for this event alone."""
        raise NotImplementedError


class Happening(NamedTuple):
    """One event of an own process: when (days), of which process, to which unit."""

    day: float
    process: str
    unit: str


class OwnClocks:
    """When own processes happen: to each unit when its rates, added up over time, have used up a random budget.

    A budget is drawn from the exponential distribution with mean 1, by the address (seed, replicate, process, unit,
    how often before): for rates that are constant between events this is exact (Anderson 2007, J. Chem. Phys. 127).
    """

    def __init__(self, model: Any, processes: Iterable[OwnProcess | str]) -> None:
        """Take the processes of a `ConflictModel`, or the names of entry points."""
        self.processes = tuple(_found(each) for each in processes)
        self._model, self._day = model, 0.0
        self._left: dict[tuple[str, int], float] = {}
        self._count: dict[tuple[str, int], int] = {}
        self._rates: dict[tuple[str, int], float] = {}

    def next(self) -> tuple[float, OwnProcess, UnitAgent] | None:
        """Ask for all rates again; return when the next event is (days), of what and to whom, or None."""
        self._use_up()
        soonest = None
        for process, unit in self._pairs():
            key = (process.name, unit.index)
            rate = self._rates[key] = _checked(process, process.rate(unit))
            left = self._left.setdefault(key, self._rng(key, 0).exponential())
            day = self._day + left / rate if rate > 0 else math.inf
            if math.isfinite(day) and (soonest is None or day < soonest[0]):
                soonest = (day, process, unit)
        return soonest

    def fire(self, process: OwnProcess, unit: UnitAgent) -> Happening:
        """Let a process happen to a unit now."""
        self._use_up()
        key = (process.name, unit.index)
        count = self._count[key] = self._count.get(key, 0) + 1
        # Before it happens: what it sets of the unit makes the model look at all clocks again.
        self._left[key] = self._rng(key, 2 * count).exponential()
        happened = Happening(self._day, process.name, unit.name)
        process.fire(unit, self._rng(key, 2 * count - 1))
        return happened

    def _use_up(self) -> None:
        """Take from all budgets what the rates of the time since the last look have used."""
        passed = self._model.time - self._day
        self._day = self._model.time
        for key, rate in self._rates.items():
            self._left[key] = max(0.0, self._left[key] - rate * passed)
        self._rates = {}

    def _pairs(self) -> Iterator[tuple[OwnProcess, UnitAgent]]:
        for process in self.processes:
            for unit in process.units(self._model):
                yield process, unit

    def _rng(self, key: tuple[str, int], draw: int) -> np.random.Generator:
        """Return the random numbers of an address."""
        name, unit = key
        address = (self._model.seed, self._model.replicate, zlib.crc32(name.encode()), unit, draw)
        return np.random.default_rng(address)


def _found(given: OwnProcess | str) -> OwnProcess:
    """Return a process, that of an entry point if a name is given; InputError for what is none."""
    known = {each.name: each for each in entry_points(group=GROUP)} if isinstance(given, str) else {}
    if isinstance(given, str) and given not in known:
        installed = ", ".join(known) or "none"
        message = f"no installed package offers a process '{given}' ({GROUP}: {installed}){nearest(given, list(known))}"
        raise InputError(message)
    process = known[given].load()() if isinstance(given, str) else given
    if not isinstance(process, OwnProcess):
        raise InputError(
            f"a process must be an OwnProcess or the name of an entry point, not {process!r:.60}"
        )
    if not process.name:
        raise InputError(f"{type(process).__name__} needs a name, by which its random numbers are drawn")
    return process


def _checked(process: OwnProcess, rate: float) -> float:
    if not 0 <= rate < math.inf:
        raise RunError(f"the process '{process.name}' has a rate of {rate}, which must be 0 or more a day")
    return float(rate)
