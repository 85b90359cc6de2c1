"""Many histories: in order whatever the threads do, and those that fail are named, never counted."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import code_map
import numpy as np
import pytest
from typer.testing import CliRunner

import cli
from simulation import run
from simulation.engine import ensemble
from simulation.engine.ensemble import Chunk, Ensemble, History
from simulation.engine.executor import Replicates, Threads
from simulation.engine.replicate import HistoryEnd, trouble_of
from simulation.errors import RunError
from simulation.model.state import CHANGE, CaseColumn, copy_state
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world


@pytest.fixture(scope="module")
def valleys() -> World:
    return build_world(load_scenario("two-valleys", ["days=6"]))


@pytest.fixture(scope="module")
def duel() -> World:
    return build_world(load_scenario("duel"))


@pytest.fixture
def few_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets no history have more than 30 events; a duel of 20 against 18 has 18 to 37."""
    monkeypatch.setattr(f"{code_map.module(code_map.BLANK)}.MOST_EVENTS", 30)


def histories(world: World, numbers: range, workers: int = 1, seed: int = 1) -> list[History]:
    return [history for chunk in Ensemble(world, numbers, seed, workers) for history in chunk]


def same(one: History, other: History) -> bool:
    return _bytes(one) == _bytes(other)


def _bytes(history: History) -> tuple[Any, ...]:
    out = history.outcome
    arrays = (history.inputs, out.world, out.actors, out.daily, out.changes)
    return (history.replicate, history.trouble, out.people, *(each.tobytes() for each in arrays))


def threads() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name.startswith("histories")]


@pytest.mark.parametrize("workers", [2, 5])
def test_any_number_of_workers_gives_the_same(valleys: World, workers: int) -> None:
    one, many = histories(valleys, range(30)), histories(valleys, range(30), workers)
    assert [history.replicate for history in many] == list(range(30))
    assert all(map(same, one, many))


@pytest.mark.parametrize(
    ("name", "size"), [("CHUNK", 3), ("CASES", 16), ("AHEAD", 1), ("CHUNK_BYTES", 1), ("WAITING_BYTES", 1)]
)
def test_any_way_of_cutting_gives_the_same(
    valleys: World, monkeypatch: pytest.MonkeyPatch, name: str, size: int
) -> None:
    before = histories(valleys, range(30))
    monkeypatch.setattr(ensemble, name, size)
    assert all(map(same, before, histories(valleys, range(30), 2)))


@pytest.mark.parametrize(("days", "most"), [(6, 8), (10_000, 1)])
def test_long_histories_are_done_few_at_a_time(days: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the first has ended it is taken to last to its last day, and then as long as the longest."""
    monkeypatch.setattr(ensemble, "CHUNK_BYTES", 2 << 20)
    monkeypatch.setattr(ensemble, "WAITING_BYTES", 2 << 20)
    many = Ensemble(build_world(load_scenario("two-valleys", [f"days={days}"])), range(32), 1, 1)
    first = next(iter(many))
    assert len(first) == most and many._ahead() == (4 if most == 8 else 1)


def test_order_is_kept_when_the_first_are_the_slowest(duel: World, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Ensemble._chunk

    def slow_at_first(self: Ensemble, stop: threading.Event, first: int, *rest: Any) -> Chunk:
        time.sleep(0.2 if first == 0 else 0)
        return quick(self, stop, first, *rest)

    monkeypatch.setattr(Ensemble, "_chunk", slow_at_first)
    assert [history.replicate for history in histories(duel, range(60), 4)] == list(range(60))


@pytest.mark.parametrize("workers", [1, 3])
def test_what_was_played_before_one_raises_is_handed_over(
    duel: World, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_run, found = ensemble.run_one, []

    def breaks(*arguments: Any) -> HistoryEnd:
        if arguments[-1] == 21:
            raise ZeroDivisionError
        return really_run(*arguments)

    monkeypatch.setattr(ensemble, "run_one", breaks)
    played = Threads(workers).play(duel, Replicates(range(60), 1), lambda _: list)
    with pytest.raises(ZeroDivisionError):
        found.extend(history.replicate for some in played for history in some)
    assert found == list(range(21)) and not threads()


def test_a_history_alone_is_the_same_as_among_many(valleys: World) -> None:
    many = histories(valleys, range(30), 2)
    assert all(map(same, many, histories(valleys, range(10))))
    (alone,) = histories(valleys, range(17, 18))
    assert same(alone, many[17])


def test_histories_and_seeds_differ(duel: World) -> None:
    """A duel draws no inputs, so that luck alone can make the difference."""
    seeds = (1, 2, 1 + 2**32)
    found = [history for seed in seeds for history in histories(duel, range(8), seed=seed)]
    assert len({history.outcome.world.end_day for history in found}) == 24


def test_iterating_twice_gives_the_same(duel: World) -> None:
    both = Ensemble(duel, range(20), 1, 2)
    first, second = ([history for chunk in both for history in chunk] for _ in range(2))
    assert len(second) == 20
    assert all(map(same, first, second))


def test_closing_stops_the_threads_within_a_history(duel: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    really_run = ensemble.run_one

    def slowly(*arguments: Any) -> HistoryEnd:
        begun.append(arguments[-1])
        time.sleep(0.05)
        return really_run(*arguments)

    monkeypatch.setattr(ensemble, "run_one", slowly)
    chunks = iter(Ensemble(duel, range(10_000), 1, 2))
    next(chunks)
    so_far = len(begun)
    chunks.close()
    assert threads() == []
    assert len(begun) - so_far <= 4  # two threads, and one more each while closing


def test_what_goes_wrong_in_a_thread_is_raised(duel: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> HistoryEnd:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(ensemble, "run_one", fail)
    with pytest.raises(ZeroDivisionError, match="planted"):
        histories(duel, range(100), 2)
    assert threads() == []


def test_too_little_room_for_changes_makes_no_difference(valleys: World) -> None:
    small = replace(copy_state(valleys.template), changes=np.zeros(2, CHANGE).view(np.recarray))
    cramped = histories(dataclasses.replace(valleys, template=small), range(12), 2)
    assert max(len(history.outcome.changes) for history in cramped) > 2
    assert all(map(same, cramped, histories(valleys, range(12))))


class Spoilt:
    """A world in which one case has a kill rate that is no number."""

    def __init__(self, world: World, case: int, rate: float) -> None:
        self.template, self._world, self._case, self._rate = world.template, world, case, rate

    def cases(self, cases: range, seed: int) -> Any:
        inputs, params, quantities = self._world.cases(cases, seed)
        quantities[[number == self._case for number in cases], :, CaseColumn.KILL_RATE] = self._rate
        return inputs, params, quantities


@pytest.mark.parametrize("rate", [np.nan, -1.0, np.inf])
def test_a_bad_rate_is_the_trouble_of_its_history_alone(duel: World, rate: float) -> None:
    found = histories(Spoilt(duel, 5, rate), range(16))  # type: ignore[arg-type]
    assert [history.replicate for history in found if history.trouble] == [5]
    assert (
        found[5].trouble == "process casualty told a rate that is no finite number from zero up, on day 0.000"
    )
    right = histories(duel, range(16))
    assert all(same(found[k], right[k]) for k in range(16) if k != 5)


def test_too_many_events_are_trouble(few_events: None) -> None:
    found = histories(build_world(load_scenario("duel")), range(40))
    bad = {history.replicate for history in found if history.trouble}
    assert 0 < len(bad) < 40
    assert all(history.outcome.world.events == 30 for history in found if history.replicate in bad)
    assert all(found[number].trouble.startswith("more than 30 events by day ") for number in bad)


def test_what_does_not_balance_is_trouble(duel: World) -> None:
    (history,) = histories(duel, range(1))
    assert history.trouble == ""
    guests = dataclasses.replace(history.outcome, people=history.outcome.people + 1)
    assert trouble_of(duel, guests) == "people do not balance"
    actors = history.outcome.actors.copy()
    actors.killed[1] += 1
    ghosts = dataclasses.replace(history.outcome, actors=actors)
    assert trouble_of(duel, ghosts) == "fighters do not balance: [0, -1]"


def test_a_run_lists_failed_histories_and_keeps_the_others(few_events: None, tmp_path: Path) -> None:
    done = run("duel", replicates=40, out=tmp_path / "run", report=False)
    kept, failed = list(done.outcomes["replicate"]), [each.replicate for each in done.failed]
    assert failed and sorted(kept + failed) == list(range(40))
    assert done.outcomes["events"].max() <= 29
    document = done.summary()
    assert [each["replicate"] for each in document["manifest"]["failed"]] == failed
    assert sum(share["count"] for share in document["endings"].values()) == len(kept)
    assert set(done.results.daily["replicate"]) == set(kept)
    assert f"{len(failed)} histories failed; the first, {failed[0]}: more than 30 events" in done.text()


@pytest.fixture
def away_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path)
    yield tmp_path


def test_the_command_says_so_with_status_3(few_events: None, away_from_home: Path) -> None:
    arguments = ["run", "duel", "-n", "40", "--no-report", "--quiet", "--out", str(away_from_home / "run")]
    done = CliRunner().invoke(cli.app, arguments)
    assert done.exit_code == 3
    assert "histories failed; the first, " in done.stdout
    assert done.stderr == ""
    assert (away_from_home / "run" / "outcomes.parquet").is_file()


def test_a_run_of_which_nothing_is_left_is_our_failure(
    monkeypatch: pytest.MonkeyPatch, away_from_home: Path
) -> None:
    monkeypatch.setattr(f"{code_map.module(code_map.BLANK)}.MOST_EVENTS", 5)
    out = away_from_home / "run"
    with pytest.raises(RunError, match=r"no replicate finished.*more than 5 events"):
        run("duel", replicates=10, out=out, report=False)
    arguments = ["run", "duel", "-n", "10", "--no-report", "--out", str(out)]
    done = CliRunner().invoke(cli.app, arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert list(away_from_home.glob("*run*")) == []
