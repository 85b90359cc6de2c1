"""Progress on stderr: a bar with a running estimate on a terminal, plain lines when piped, events if asked for."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from simulation.io import event_lines

EVERY_SECONDS = 5.0
EVERY_SECONDS_AS_EVENTS = 0.5


def waiting(what: str, *, shown: bool) -> AbstractContextManager[object]:
    """Turn a spinner on a terminal while something takes its time; elsewhere nothing is shown."""
    if shown and event_lines.asked():
        event_lines.tell("waiting", message=what)
        return nullcontext()
    console = Console(stderr=True)
    return console.status(what) if shown and console.is_terminal else nullcontext()


class Progress:
    """Counts histories and shows the share of the most frequent ending with its 95 % interval so far."""

    def __init__(self, total: int, *, shown: bool, scenario: str = "", at_most: bool = False) -> None:
        """Prepare to show `total` histories, of a scenario where there are several, or nothing at all.

        `at_most` says that there may be fewer, and that `looked` tells of the estimate.
        """
        self.total, self.shown, self.done = total, shown, 0
        self.scenario, self.as_events = scenario, event_lines.asked()
        self._every = EVERY_SECONDS_AS_EVENTS if self.as_events else EVERY_SECONDS
        self.of = f"{scenario}: " if scenario else ""
        self.bound = "at most " if at_most else ""
        self.endings: Counter[str] = Counter()
        self._seen = ""
        self._console = Console(stderr=True)
        self._bar = self._make_bar() if shown and self._console.is_terminal and not self.as_events else None
        self._task = self._bar.add_task(self._task_name, total=total, estimate="") if self._bar else None
        self._told = time.monotonic()

    @property
    def _task_name(self) -> str:
        return f"{self.of}histories"

    def _make_bar(self) -> Bar:
        columns = (
            SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=24),
            MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[estimate]}", markup=False),
        )  # fmt: skip
        return Bar(*columns, console=self._console, transient=True)

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        if self._bar:
            self._bar.stop()

    def advance(self, number: int, endings: Sequence[str]) -> None:
        """Count finished histories and how they ended."""
        self.done += number
        self.endings.update(endings)
        if self._bar and self._task is not None:
            self._bar.update(
                self._task, advance=number, description=self._task_name, estimate=self.estimate()
            )
        elif self.shown and (time.monotonic() - self._told > self._every or self.done == self.total):
            self._say()

    def begin(self, total: int) -> None:
        """Count once more from the first, of so many histories."""
        self.total, self.done, self._seen, self.bound = total, 0, "", ""
        self.endings.clear()
        if self._bar and self._task is not None:
            self._bar.reset(self._task, total=total)

    def stage(self, said: str) -> None:
        """Show in words what is being done that counts no histories."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, estimate=said)
        elif self.shown:
            print(said, file=sys.stderr, flush=True)

    def looked(self, seen: str, last: bool) -> None:
        """Take what a look at the histories so far has shown, in words; the last look is always told."""
        self._seen = seen
        if self._bar and self._task is not None:
            self._bar.update(self._task, estimate=seen)
        elif self.shown and last and self.done != self.total:
            self._say()

    def _say(self) -> None:
        self._told = time.monotonic()
        if self.as_events:
            event_lines.tell(
                "histories", scenario=self.scenario, done=self.done, total=self.total,
                at_most=bool(self.bound), endings=dict(self.endings), estimate=self.estimate(),
            )  # fmt: skip
            return
        what = "history" if self.total == 1 else "histories"
        parts = (f"{self.of}{self.done} of {self.bound}{self.total} {what}", self.estimate())
        print("; ".join(part for part in parts if part), file=sys.stderr, flush=True)

    def estimate(self) -> str:
        """Return what the last look has shown, or the leading ending's share and interval, in words."""
        from simulation.statistics.intervals import wilson

        if self._seen or not self.endings:
            return self._seen
        name, count = self.endings.most_common(1)[0]
        share = wilson(count, self.endings.total())
        return f"{name} {share.share:.0%} ({share.low:.0%} to {share.high:.0%})"
