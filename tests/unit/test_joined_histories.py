"""Histories are measured some at a time, but none waits long for others, and few of much memory wait together."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.engine import executor
from simulation.engine.executor import FEW, FEW_BYTES, joined


@dataclass
class Played:
    size: int


def lengths(chunks: list[list[Played]], together: int = 1) -> list[int]:
    return [len(some) for some in joined(chunks, together)]  # type: ignore[arg-type]


def test_small_histories_wait_for_each_other() -> None:
    assert lengths([[Played(1)] * 8] * 9) == [FEW, FEW, 8]


def test_large_histories_do_not_wait() -> None:
    assert lengths([[Played(FEW_BYTES)]] * 3) == [1, 1, 1]


def test_no_history_waits_long(monkeypatch) -> None:
    now = [0.0]
    monkeypatch.setattr(executor.time, "monotonic", lambda: now[0])

    def slow() -> Iterator[list[Played]]:
        for _ in range(3):
            now[0] += 0.3
            yield [Played(1)]

    assert lengths(slow()) == [1, 1, 1]  # type: ignore[arg-type]


def test_who_asks_for_more_gets_more() -> None:
    assert lengths([[Played(FEW_BYTES)]] * 5, together=2) == [2, 2, 1]


def test_nothing_is_lost_nor_turned() -> None:
    every = [Played(k) for k in range(100)]
    assert [
        each for some in joined([every[k : k + 7] for k in range(0, 100, 7)], 1) for each in some
    ] == every  # type: ignore[arg-type,misc]
