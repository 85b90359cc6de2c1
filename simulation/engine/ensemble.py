"""Many replicates on several threads, handed over in order whatever the threads do."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from simulation.engine.branch import Descent
from simulation.engine.replicate import HistoryEnd, run_one, trouble_of, with_room
from simulation.model.state import LOG_FULL, State, copy_state
from simulation.world.world import World

CHUNK = 8
AHEAD = 4
CASES = 1024
CHUNK_BYTES = 16 << 20
"""A chunk of long histories has fewer than `CHUNK` of them, and at least one."""
WAITING_BYTES = 64 << 20
"""Of chunks that wait until those before them are done there are fewer than `AHEAD` a thread when they are long."""


@dataclass(frozen=True, kw_only=True)
class History:
    """One replicate: the inputs it was given and what came of it; `trouble` says why it cannot be used.

    One that branched off from another has its `descent`.
    """

    replicate: int
    inputs: np.ndarray
    outcome: HistoryEnd
    trouble: str = ""
    descent: Descent | None = None

    @property
    def size(self) -> int:
        """What it takes of memory, near enough [bytes]."""
        return int(self.outcome.daily.nbytes + self.outcome.changes.nbytes)


@dataclass(frozen=True)
class Chunk:
    """Histories that were played one after the other, and what was raised by the one after them."""

    histories: list[History]
    error: Exception | None = None

    def __iter__(self) -> Iterator[list[History]]:
        """Yield the histories, if any, and then raise the error, if any."""
        if self.histories:
            yield self.histories
        if self.error is not None:
            raise self.error


@dataclass
class Ensemble:
    """The histories of a world, replicate by replicate; case k is the k-th draw of the inputs.

    Iterating yields lists of histories in order. Closing the iterator stops the threads within one chunk.
    """

    world: World
    replicates: range
    seed: int
    workers: int
    _local: threading.local = field(default_factory=threading.local, init=False)
    _largest: int = field(default=0, init=False)
    """The size of the largest history so far [bytes]; how much is done at a time decides no number."""

    def __iter__(self) -> Generator[list[History], None, None]:
        """Yield chunks of histories in order of replicate."""
        stop = threading.Event()
        pool = ThreadPoolExecutor(self.workers, thread_name_prefix="histories")
        waiting: deque[Future[Chunk]] = deque()
        try:
            for job in self._jobs():
                waiting.append(pool.submit(self._chunk, stop, *job))
                while len(waiting) >= self._ahead():
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)

    def _jobs(self) -> Iterator[tuple[int, np.ndarray, np.ndarray, np.ndarray]]:
        for first in range(self.replicates.start, self.replicates.stop, CASES):
            cases = range(first, min(first + CASES, self.replicates.stop))
            inputs, params, quantities = self.world.cases(cases, self.seed)
            k = 0
            while k < len(cases):
                part = slice(k, k + self._at_a_time())
                yield first + k, inputs[part], params[part], quantities[part]
                k = part.stop

    def _at_a_time(self) -> int:
        """Return how many histories the next chunk has."""
        return max(1, min(CHUNK, CHUNK_BYTES // self._size()))

    def _ahead(self) -> int:
        """Return how many chunks may wait or run, at least one a thread."""
        return max(
            self.workers, min(self.workers * AHEAD, WAITING_BYTES // (self._at_a_time() * self._size()))
        )

    def _size(self) -> int:
        """Return the size of a history to reckon with [bytes]: before one is done, that of one to the last day."""
        return self._largest or self.world.template.daily.nbytes

    def _chunk(
        self,
        stop: threading.Event,
        first: int,
        inputs: np.ndarray,
        params: np.ndarray,
        quantities: np.ndarray,
    ) -> Chunk:
        histories: list[History] = []
        for k in range(len(params)):
            if stop.is_set():
                break
            try:
                outcome = self._run(params[k], quantities[k], first + k)
            except Exception as error:  # raised where the histories before it have been handed over
                return Chunk(histories, error)
            trouble = trouble_of(self.world, outcome)
            history = History(
                replicate=first + k,
                inputs=inputs[k],
                outcome=outcome,
                trouble=trouble,
                descent=self._descent(first + k),
            )
            histories.append(history)
            self._largest = max(self._largest, history.size)
        return Chunk(histories)

    def _run(self, params: np.record, quantities: np.ndarray, replicate: int) -> HistoryEnd:
        """Run one history, again with more room when its list of changes was too short."""
        while True:
            outcome = self._play(params, quantities, replicate)
            if not outcome.world.status & LOG_FULL:
                return outcome
            state = self._state()
            self._local.state = with_room(state, 4 * len(state.changes))

    def _descent(self, replicate: int) -> Descent | None:
        return None

    def _play(self, params: np.record, quantities: np.ndarray, replicate: int) -> HistoryEnd:
        return run_one(self._state(), self.world.template, params, quantities, self.seed, replicate)

    def _state(self) -> State:
        if not hasattr(self._local, "state"):
            self._local.state = copy_state(self.world.template)
        state: State = self._local.state
        return state
