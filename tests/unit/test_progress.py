"""Progress: plain lines when piped, a bar on a terminal, nothing when not wanted."""

from __future__ import annotations

import io
import json
import logging

import pytest
from rich.console import Console

from simulation.api import progress
from simulation.api.progress import EVERY_SECONDS, EVERY_SECONDS_AS_EVENTS, Progress, waiting
from simulation.io import event_lines


class Clock:
    """A clock that stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    still = Clock()
    monkeypatch.setattr(progress, "time", still)
    return still


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Stands in for a terminal on stderr; returns what it was sent."""
    sent = io.StringIO()
    console = Console(file=sent, force_terminal=True, width=120, color_system=None)
    monkeypatch.setattr(progress, "Console", lambda **_: console)
    return sent


def test_a_line_every_few_seconds_and_one_at_the_end(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(40, shown=True) as told:
        told.advance(8, ["truce"] * 8)
        clock.now += EVERY_SECONDS - 0.1
        told.advance(8, ["truce"] * 8)
        clock.now += 0.2
        told.advance(8, ["contained"] * 8)
        clock.now += 0.2
        told.advance(8, ["contained"] * 8)
        told.advance(8, ["truce"] * 8)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "24 of 40 histories; truce 67% (47% to 82%)",
        "40 of 40 histories; truce 60% (45% to 74%)",
    ]


def test_failed_histories_are_counted_but_end_in_nothing(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(8, shown=True) as told:
        told.advance(8, [])
    assert capsys.readouterr().err == "8 of 8 histories\n"


def test_estimate_names_the_most_frequent_ending_with_its_wilson_interval() -> None:
    told = Progress(1000, shown=False)
    assert told.estimate() == ""
    told.advance(10, ["b"])
    assert told.estimate() == "b 100% (21% to 100%)"
    told.advance(10, ["a"] * 3)
    assert told.estimate() == "a 75% (30% to 95%)"  # of the four that ended, not of the twenty that ran


def test_nothing_is_shown_when_not_wanted(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(8, shown=False) as told:
        clock.now += 10 * EVERY_SECONDS
        told.advance(8, ["a"] * 8)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_with_counts_and_estimate(
    terminal: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(40, shown=True) as told:
        told.advance(12, ["truce"] * 9 + ["contained"] * 3)
        told._bar.refresh()  # type: ignore[union-attr]
    shown = terminal.getvalue().split("\r")
    assert any("histories" in line and "12/40" in line and "truce 75%" in line for line in shown)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shown", [True, False])
def test_waiting_turns_a_spinner_on_a_terminal_that_wants_it(terminal: io.StringIO, shown: bool) -> None:
    with waiting("laying out the world", shown=shown):
        pass
    assert ("laying out the world" in terminal.getvalue()) is shown


def test_waiting_shows_nothing_when_piped(capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("laying out the world", shown=True):
        pass
    assert capsys.readouterr() == ("", "")


def test_one_history_is_said_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(1, shown=True) as told:
        told.advance(1, ["truce"])
    assert capsys.readouterr().err.startswith("1 of 1 history; truce 100%")


def test_the_bar_goes_away_when_interrupted(terminal: io.StringIO) -> None:
    with pytest.raises(KeyboardInterrupt), Progress(40, shown=True) as told:
        raise KeyboardInterrupt
    assert told._bar is not None and told._bar.finished is False
    assert not told._bar.live.is_started
    assert terminal.getvalue().rstrip("\n").endswith(("\x1b[?25h", "\x1b[2K"))  # cursor back, line cleared


def test_a_scenario_may_have_brackets_in_its_name(terminal: io.StringIO) -> None:
    with Progress(40, shown=True, scenario="[/final] :smile:") as told:
        told.advance(8, ["truce"] * 8)
    assert "[/final] :smile:: histories" in terminal.getvalue()


def test_a_look_is_told_at_the_end_and_in_between_when_it_is_time(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with Progress(100, shown=True, at_most=True) as told:
        told.advance(10, ["truce"] * 10)
        told.looked("ending.truce 1.00 ± 0.3 (asked: 0.1)", False)
        clock.now += EVERY_SECONDS + 0.1
        told.advance(5, ["truce"] * 5)
        told.looked("ending.truce 1.00 ± 0.09 (asked: 0.1)", True)
    assert capsys.readouterr().err.splitlines() == [
        "15 of at most 100 histories; ending.truce 1.00 ± 0.3 (asked: 0.1)",
        "15 of at most 100 histories; ending.truce 1.00 ± 0.09 (asked: 0.1)",
    ]


def test_another_program_is_told_in_events(
    clock: Clock, terminal: io.StringIO, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_lines, "_Asked", type("Asked", (), {"yes": False}))
    package = logging.getLogger("simulation")
    monkeypatch.setattr(package, "handlers", [])
    event_lines.ask()
    with waiting("laying out the worlds", shown=True), Progress(16, shown=True, scenario="duel") as told:
        told.advance(8, ["truce"] * 8)
        clock.now += EVERY_SECONDS_AS_EVENTS + 0.1
        told.advance(4, ["truce"] * 4)
        logging.getLogger("simulation.scenario").warning("notice: %s", "an ice\tcap")
        told.advance(4, ["contained"] * 4)
    with Progress(8, shown=False) as silent:
        silent.advance(8, ["truce"] * 8)
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [each["event"] for each in events] == ["waiting", "histories", "notice", "histories"]
    last = {"scenario": "duel", "done": 16, "total": 16, "endings": {"truce": 12, "contained": 4}}
    assert events[-1].items() >= last.items()
    assert (events[2]["message"], terminal.getvalue()) == ("notice: an ice\tcap", "")
