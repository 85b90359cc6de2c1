"""Work in the writing thread is done in order, and what goes wrong with it is told to whoever gives more."""

from __future__ import annotations

import errno
import threading

import pytest

from simulation.io import signals
from simulation.results.writing_thread import AHEAD, WritingThread


def full() -> None:
    raise OSError(errno.ENOSPC, "full")


def test_it_is_done_in_order_and_elsewhere() -> None:
    thread, done = WritingThread(), []
    for k in range(20):
        thread.do(lambda k=k: done.append((k, threading.current_thread().name)))
    thread.settle()
    assert [k for k, _ in done] == list(range(20)) and {name for _, name in done} == {"writing_0"}
    thread.stop()


def test_a_full_disk_reaches_the_caller_and_nothing_follows_it() -> None:
    thread, done = WritingThread(), []
    thread.do(full)
    with pytest.raises(OSError, match="full"):
        for k in range(20):
            thread.do(lambda k=k: done.append(k))
        thread.settle()
    thread.stop()
    assert done == []


def test_whoever_gives_more_waits_for_those_before() -> None:
    thread, go, given = WritingThread(), threading.Event(), []

    def give() -> None:
        for k in range(AHEAD + 1):
            thread.do(go.wait)
            given.append(k)

    giver = threading.Thread(target=give)
    giver.start()
    giver.join(0.2)
    assert given == list(range(AHEAD))
    go.set()
    giver.join()
    thread.stop()
    assert len(given) == AHEAD + 1


def test_what_waits_is_dropped_when_it_is_stopped() -> None:
    thread, began, go, done = WritingThread(), threading.Event(), threading.Event(), []
    thread.do(lambda: (began.set(), go.wait()))
    thread.do(lambda: done.append(1))
    began.wait()
    stopping = threading.Thread(target=thread.stop)
    stopping.start()
    go.set()
    stopping.join()
    assert done == []


def test_a_signal_that_ends_the_program_lets_nothing_begin() -> None:
    """It takes the lock for good; here it is given back."""
    thread, done = WritingThread(), []
    with signals._background:
        thread.do(lambda: done.append(1))
        assert done == []
    thread.settle()
    thread.stop()
    assert done == [1]
