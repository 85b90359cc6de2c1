"""Plays what pupils ask for, on threads of this laptop: a few histories of each pupil in turn, so that nobody waits."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from simulation.classroom.plan import Plan
from simulation.classroom.store import Play
from simulation.engine.executor import Replicates, Threads
from simulation.results.collected import Collecting

AT_A_TIME = 5
"""Histories of a pupil before it is another's turn."""
TRIES = 3
NICENESS = 5
"""Of the threads that play: whoever waits for a page comes first."""
_log = logging.getLogger("simulation.classroom")

Found = list[list[float | None]]
Told = Callable[[Play, int, Found], None]
"""Takes what was found in histories of a play from a number on; a history that failed found nothing."""


@dataclass
class _Piece:
    """Histories of a play that are still to be played, and how often they went wrong."""

    play: Play
    numbers: range
    tries: int = 0


class Player:
    """Threads that play histories of a plan. `told` is called from them."""

    def __init__(self, plan: Plan, told: Told, workers: int) -> None:
        """Prepare; nothing is played before `start`."""
        self._plan, self._told, self._workers = plan, told, workers
        self._waiting: deque[_Piece] = deque()
        self._changed = threading.Condition()
        self._busy, self._ended = 0, False
        self._threads: list[threading.Thread] = []
        self.trouble = ""
        """What went wrong for good, in one sentence."""

    def warm_up(self) -> None:
        """Play a history of each choice that nobody sees, so that all is compiled."""
        for choice in range(len(self._plan.choices)):
            self._play(choice, range(1))

    def start(self) -> None:
        """Begin to play what is asked for."""
        self._threads = [
            threading.Thread(target=self._work, name=f"player-{k}", daemon=True) for k in range(self._workers)
        ]
        for thread in self._threads:
            thread.start()

    def add(self, play: Play, missing: Iterable[int] | None = None) -> None:
        """Have a play played, or only those of its histories that are `missing`, after what waits already."""
        numbers = range(play.first, play.stop) if missing is None else missing
        with self._changed:
            self._waiting.extend(_Piece(play=play, numbers=each) for each in _runs(numbers))
            self._changed.notify_all()

    def finish(self) -> None:
        """Return when nothing waits or is played any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or not (self._waiting or self._busy))

    def stop(self) -> None:
        """End after the histories that are being played."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        while (piece := self._next()) is not None:
            try:
                self._told(piece.play, piece.numbers.start, self._play(piece.play.choice, piece.numbers))
            except Exception as error:  # the lesson goes on for all others
                self._again(piece, error)
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _next(self) -> _Piece | None:
        """Wait for the next few histories, and put the rest of their play last; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._waiting)
            if self._ended:
                return None
            piece = self._waiting.popleft()
            now, rest = piece.numbers[:AT_A_TIME], piece.numbers[AT_A_TIME:]
            if rest:
                self._waiting.append(_Piece(play=piece.play, numbers=rest, tries=piece.tries))
            self._busy += 1
            return _Piece(play=piece.play, numbers=now, tries=piece.tries)

    def _again(self, piece: _Piece, error: Exception) -> None:
        _log.warning("histories %s: %s: %s", piece.numbers, type(error).__name__, error)
        if piece.tries + 1 < TRIES:
            with self._changed:
                self._waiting.append(_Piece(play=piece.play, numbers=piece.numbers, tries=piece.tries + 1))
        else:
            last = piece.numbers.stop - 1
            self.trouble = f"Histories {piece.numbers.start} to {last} could not be played or kept: {error}"

    def _play(self, choice: int, numbers: range) -> Found:
        found: Found = []
        addresses = Replicates(numbers, self._plan.seed)
        world = self._plan.choices[choice].world
        for some in Threads(1).play(world, addresses, Collecting, together=len(numbers)):
            rows, failed = iter(self._plan.rows(choice, some.rows)), {each.replicate for each in some.failed}
            found += [[] if number in failed else next(rows) for number in numbers]
        return found


def _runs(numbers: Iterable[int]) -> list[range]:
    """Return numbers, which rise, as ranges without gaps."""
    found: list[range] = []
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found
