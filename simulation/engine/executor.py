"""Where histories are played: on threads of this process, or wherever else somebody has workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, Self

from simulation.engine.ensemble import Ensemble, History
from simulation.engine.replicate import compile_drivers
from simulation.jit.notices import has_compiled
from simulation.world.world import World

FEW, FEW_BYTES, FEW_SECONDS = 32, 16 << 20, 0.25
"""How many histories, of how many bytes, or of how long a time are measured at once where nobody asks for more."""

type Measure[T] = Callable[[World], Callable[[Sequence[History]], T]]
"""Makes for a world what turns some of its histories into what is kept of them.

It is called where the histories are played, so that only what is kept need travel.
"""


class Addresses(Protocol):
    """Histories by their addresses: whoever has the world can play them, anywhere, and they are the same."""

    def __len__(self) -> int:
        """Return how many there are."""

    def part(self, first: int, stop: int) -> Self:
        """Return those from a position on to before another."""

    def ensemble(self, world: World, workers: int) -> Ensemble:
        """Return the histories of a world that have these addresses, to be played on threads of this process."""


@dataclass(frozen=True)
class Replicates:
    """The histories of a run that have these numbers."""

    numbers: range
    seed: int

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)

    def part(self, first: int, stop: int) -> Self:
        """Return those from a position on to before another."""
        return type(self)(self.numbers[first:stop], self.seed)

    def ensemble(self, world: World, workers: int) -> Ensemble:
        """Return the histories of a world that have these numbers."""
        return Ensemble(world, self.numbers, self.seed, workers)


class Executor(Protocol):
    """Plays histories, on whatever and however many at a time, and hands over in order what is kept of them."""

    @property
    def workers(self) -> int:
        """How many histories are played at the same time."""

    def play[T](
        self, world: World, addresses: Addresses, measure: Measure[T], together: int = 1
    ) -> Generator[T, None, None]:
        """Yield what is kept of all histories, some at a time and in order; closing it ends what is played.

        At least `together` are measured at once, but for the last. How they are cut decides no number.
        """


@dataclass(frozen=True)
class Threads:
    """Plays histories on threads of this process."""

    workers: int

    def play[T](
        self, world: World, addresses: Addresses, measure: Measure[T], together: int = 1
    ) -> Generator[T, None, None]:
        """Yield what is kept of all histories, as `Executor.play`; it is measured in the caller's thread."""
        measured = measure(world)
        with closing(iter(addresses.ensemble(world, self.workers))) as chunks:
            yield from map(measured, joined(chunks, together))
        if has_compiled():  # whoever looks at a single history next need not wait once more
            compile_drivers(world.template)


def joined(chunks: Iterable[list[History]], together: int) -> Iterator[list[History]]:
    """Yield histories in lists of at least so many, but for the last.

    They wait for each other up to `FEW`, `FEW_BYTES` or `FEW_SECONDS`: to measure eight at a time takes twice as long.
    Where a history raises, those before it are yielded first.
    """
    waiting: list[History] = []
    size, began = 0, time.monotonic()
    raised: Exception | None = None
    try:
        for chunk in chunks:
            waiting += chunk
            size += sum(history.size for history in chunk)
            is_enough = len(waiting) >= FEW or size >= FEW_BYTES or time.monotonic() - began >= FEW_SECONDS
            if is_enough and len(waiting) >= together:
                yield waiting
                waiting, size, began = [], 0, time.monotonic()
    except Exception as error:
        raised = error
    if waiting:
        yield waiting
    if raised is not None:
        raise raised
