"""Playing histories on the workers of a Dask cluster, whoever started it."""

from __future__ import annotations

import logging
import secrets
import time
from collections import deque
from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, islice, takewhile
from typing import Any

from distributed import CancelledError, Client, Future, KilledWorker

from simulation import arguments
from simulation.cluster import worker
from simulation.cluster.block_size import BlockSize
from simulation.cluster.identity import difference_of
from simulation.cluster.packet import Packet
from simulation.cluster.worker import Broken, Played, Unknown
from simulation.engine.executor import Addresses, Measure
from simulation.errors import InputError, RunError, SimulateError
from simulation.results.shared_parts import SharedFolder
from simulation.wording.phrases import counted
from simulation.world.world import World

AHEAD = 3
"""Blocks that are asked for at a time, for each thread of the cluster: they wait, run, or lie there played."""
AT_ONCE = 4
"""Blocks that are fetched at a time at most, so that few lie in the memory of the caller."""
PATIENCE = 5.0
"""Seconds without an answer after which it is looked whether there is any worker."""
QUICK, SLOW = 5.0, 60.0
"""Seconds after which it is said that workers compile, and after which those that have done so begin."""
_log = logging.getLogger("simulation.cluster")


@dataclass(frozen=True, eq=False)
class _TaughtWorld:
    """A world that workers know by a name, and what those that do not are told."""

    world: World
    name: str
    packet: Packet


@dataclass
class _Block:
    """Histories from a position of those asked for on, and the answer that is to come."""

    first: int
    addresses: Addresses
    answer: Future[Any]


@dataclass(eq=False)
class DaskExecutor:
    """Plays histories on the workers of a cluster; it is left as it was found, and may be used by others meanwhile."""

    client: Client
    workers: int = field(default=0, init=False)
    """Threads of the cluster when this began; workers may come and go."""
    _worlds: list[_TaughtWorld] = field(default_factory=list, init=False)
    _address: str = field(init=False, repr=False)
    _where: str = field(init=False, repr=False)
    _run: str = field(default_factory=lambda: secrets.token_hex(8), init=False)
    """Part of the key of each block: tasks with one key are one task, whoever asks for them."""
    _asked: Iterator[int] = field(default_factory=count, init=False)

    def __post_init__(self) -> None:
        """Wait for a worker and look at all that are there; InputError for one that would play other histories."""
        assert self.client.scheduler is not None
        self._address = str(self.client.scheduler.address)
        self._where = f"the Dask cluster at {self._address}"
        with self._in_words():
            threads = self._threads()
            if not threads:
                _log.warning("%s has no worker yet: waiting for one", self._where)
                self.client.wait_for_workers(1)
                threads = self._threads()
            self.workers = sum(threads.values())
            for sentence in (*self._difference_of_scheduler(), *self._differences(threads)):
                raise InputError(sentence)

    def play[T](
        self, world: World, addresses: Addresses, measure: Measure[T], together: int = 1
    ) -> Generator[T, None, None]:
        """Yield what is kept of all histories, as `Executor.play`: a block at a time, of about a second.

        Errors: RunError where the scheduler is lost, or something goes wrong in a worker. Workers that are lost are
        not: their blocks are played by others.
        """
        known, size, first = self._taught(world), BlockSize(world), 0
        blocks: deque[_Block] = deque()
        try:
            while blocks or first < len(addresses):
                with self._in_words():
                    threads = max(1, sum(self._threads().values()))
                    while first < len(addresses) and len(blocks) < AHEAD * threads:
                        stop = first + size.next(len(addresses) - first, threads)
                        part = addresses.part(first, stop)
                        blocks.append(_Block(first, part, self._ask(known, part, measure)))
                        first = stop
                    played = self._fetch(blocks, known, measure)
                for number, block in played:
                    size.note(number, block.seconds, block.largest)
                    yield block.kept.open()
        finally:
            if self.client.status == "running":
                with suppress(Exception):
                    self.client.cancel([block.answer for block in blocks], force=True)

    def reach(self, folder: SharedFolder) -> None:
        """Look whether all workers that are there can write into a folder; InputError for the first that cannot."""
        with self._in_words():
            answers = self.client.run(worker.fault, folder, workers=list(self._threads()), on_error="return")
        for address, answer in sorted(answers.items()):
            if isinstance(answer, str) and answer:
                raise InputError(f"worker {address} {answer}")

    def _ask(self, known: _TaughtWorld, part: Addresses, measure: Measure[Any]) -> Future[Any]:
        key = f"histories-{self._run}-{next(self._asked)}"
        return self.client.submit(worker.play, known.name, part, measure, key=key, pure=False)

    def _fetch(
        self, blocks: deque[_Block], known: _TaughtWorld, measure: Measure[Any]
    ) -> list[tuple[int, Played]]:
        """Wait for the first block; return it, and those after it that are done, with their numbers of histories."""
        self._wait_for(blocks[0])
        done = list(takewhile(lambda block: block.answer.done(), islice(blocks, AT_ONCE)))
        found: list[tuple[int, Played]] = []
        for block, answer in zip(done, self.client.gather([each.answer for each in done]), strict=True):
            if isinstance(answer, Unknown):
                self._teach([answer.worker], known)
                block.answer = self._ask(known, block.addresses, measure)
                break
            if isinstance(answer, Broken):
                how = "" if answer.is_said else "failed while it played histories: "
                what = f"worker {answer.worker} {how}{answer.what}"
                raise RunError(what) from RuntimeError(answer.trace)
            blocks.popleft()
            found.append((len(block.addresses), answer))
        return found

    def _wait_for(self, block: _Block) -> None:
        """Wait until a block is done, and say once that there is no worker when that is so."""
        is_said = False
        while True:
            try:
                block.answer.exception(timeout=PATIENCE)
                return
            except TimeoutError:
                if not is_said and not self._threads():
                    _log.warning("%s has no worker left: waiting for one", self._where)
                    is_said = True

    def _taught(self, world: World) -> _TaughtWorld:
        """Return a world that the workers know, having told those that are there if they have not been told."""
        for each in self._worlds:
            if each.world is world:
                return each
        name = f"{self._run}-{len(self._worlds)}"
        known = _TaughtWorld(world, name, Packet.of(world))
        with self._in_words():
            self._teach(self._threads(), known)
            if not self._worlds:
                self._warm(known)
        self._worlds.append(known)
        return known

    def _teach(self, workers: Collection[str], known: _TaughtWorld) -> None:
        """Tell some workers a world; RunError for one that came later and would play other histories."""
        for sentence in self._differences(workers):
            raise RunError(sentence)
        answers = self.client.run(
            worker.learn, known.name, known.packet, workers=list(workers), on_error="return"
        )
        for address, answer in answers.items():
            if isinstance(answer, Exception) and address in self._threads():
                what = f"{type(answer).__name__}: {answer}".splitlines()[0]
                raise RunError(f"worker {address} could not be told the scenario: {what}") from answer

    def _warm(self, known: _TaughtWorld) -> None:
        """Let every worker compile what it lacks, but do not wait for those that are busy with something else."""
        answers = [
            self.client.submit(
                worker.warm, known.name, workers=[each], allow_other_workers=True, pure=False,
                key=f"compiling-{self._run}-{next(self._asked)}",
            )
            for each in self._threads()
        ]  # fmt: skip
        if not _done_within(answers, QUICK):
            _log.warning(
                "workers compile the rules, or are busy (once for this version, about half a minute)"
            )
            _done_within(answers, SLOW)

    def _difference_of_scheduler(self) -> Iterator[str]:
        """Yield in words how the scheduler is another program than this; it opens what passes through it."""
        try:
            answer = self.client.run_on_scheduler(worker.introduce)
        except OSError:
            raise
        except Exception as error:
            answer = error
        yield from difference_of(f"the scheduler at {self._address}", answer)

    def _differences(self, workers: Collection[str]) -> Iterator[str]:
        """Yield in words how workers are another program than this; those that have gone meanwhile are passed over."""
        answers = self.client.run(worker.introduce, workers=list(workers), on_error="return")
        for address, answer in sorted(answers.items()):
            yield from difference_of(f"worker {address}", answer)

    def _threads(self) -> Mapping[str, int]:
        """Return how many threads each worker has that is there now."""
        found: dict[str, int] = self.client.nthreads()
        return found

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Raise RunError in place of what the cluster says when it is lost or gives up."""
        try:
            yield
        except SimulateError:
            raise
        except KilledWorker as error:
            message = (
                f"{self._where} lost {counted(error.allowed_failures + 1, 'worker')} while they played the same "
                f"histories, at last {error.last_worker.address}: they may lack memory or time; see what their logs say"
            )
            raise RunError(message) from error
        except (CancelledError, OSError) as error:
            raise RunError(f"{self._where} is lost: its scheduler has gone, or was started again") from error
        except Exception as error:
            what = f"{type(error).__name__}: {error}".splitlines()[0]
            raise RunError(f"{self._where} cannot play histories: {what}") from error


def _done_within(answers: Collection[Future[Any]], seconds: float) -> bool:
    """Wait for answers, whatever they are, and return whether all have come in time."""
    deadline = time.monotonic() + seconds
    for answer in answers:
        try:
            answer.exception(timeout=max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            return False
    return True


def executor_on(client: Any) -> DaskExecutor:
    """Return what plays histories on the cluster of a client; InputError for what is none, and as DaskExecutor."""
    arguments.an_instance("client", client, Client, "a distributed.Client")
    if client.asynchronous or client.status != "running":
        raise InputError("client must be one that is connected and waits for answers (asynchronous=False)")
    return DaskExecutor(client)
