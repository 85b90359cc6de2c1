"""Playing the points of a sweep one after the other, each a run that is kept as soon as it is finished."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.api.progress import Progress
from simulation.api.recording import record
from simulation.api.setup import manifest_of
from simulation.engine.executor import Executor
from simulation.errors import InputError
from simulation.io.signals import last_words
from simulation.parameter_study.manifest import PlayedPoint, SweepManifest
from simulation.parameter_study.played_runs import played_runs, take_run
from simulation.results.disk_errors import in_words
from simulation.results.folder import Results
from simulation.results.leftovers import remove
from simulation.results.manifest import Manifest
from simulation.results.owner import take
from simulation.results.packed_inputs import write_resolved
from simulation.results.publication import Publication
from simulation.results.stopping_rule import rule_of
from simulation.results.unfinished import LOCK, Unfinished
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.wording.phrases import counted
from simulation.world.world import build_world


class PointPlayer:
    """Plays points into `NAME.unfinished` beside the place of the results. Used as a context manager.

    That folder stays where the sweep does not come to its end, and the same command then goes on from it. What has
    been played before, there or elsewhere in the folder of results, is taken from where it lies.
    """

    def __init__(self, place: Publication[SweepManifest], executor: Executor, *, shown: bool) -> None:
        """Prepare to play the points of the manifest of a place."""
        self._place, self._executor, self._shown = place, executor, shown
        self._folder = place.real_place.with_name(f"{place.real_place.name}.unfinished")
        self._lock: int | None = None
        self.reused = self._kept = 0

    def __enter__(self) -> Self:
        """Begin; InputError where another process plays the same points."""
        with in_words(self._place.real_place, self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        if not take(lock, self._folder / LOCK):
            os.close(lock)
            raise InputError("another process works on it; wait for it, or end it", file=self._folder)
        self._lock = lock
        return self

    def play(self, scenarios: Sequence[Scenario]) -> list[Results]:
        """Put the run of each point into the folder of results that is made; return them in the points' order."""
        points = self._place.manifest.points
        known = played_runs(self._folder.parent, self._folder)
        for k, (point, scenario) in enumerate(zip(points, scenarios, strict=True), start=1):
            target = self._place.working / point.folder
            if point.run in known and take_run(known[point.run], target):
                self.reused += 1
            else:
                take_run(self._played(point, scenario, f"point {k} of {len(points)}"), target)
        return [Results(self._place.working / point.folder) for point in points]

    def _played(self, point: PlayedPoint, scenario: Scenario, name: str) -> Path:
        """Play the run of a point; return where it lies."""
        asked = self._place.manifest
        rule = rule_of((), asked.replicates, None)
        world = build_world(scenario)
        tell(world.notices)
        manifest = manifest_of(world, rule, asked.seed, self._executor.workers)
        assert manifest.digest == point.run, "a run has the same address here and alone"
        place = Publication(manifest, self._folder / point.run)
        with (
            Progress(asked.replicates, shown=self._shown, scenario=name) as told,
            _KeptPoint(place, scenario, self._how_to_go_on) as kept,
            place,
        ):
            record(world, rule, place, told, kept.checkpoint(), self._executor)
        self._kept += 1
        last_words(self._how_to_go_on())
        return self._folder / point.run

    def _how_to_go_on(self) -> str:
        done = counted(self.reused + self._kept, "point")
        return f"{done} of {len(self._place.manifest.points)} kept: the same command goes on from there"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder when the results are in their place, or where there is nothing in it."""
        last_words("")
        runs = any(each.is_dir() for each in self._folder.iterdir())
        if self._place.published or not runs:
            remove(self._folder)
        elif error is not None and not getattr(error, "__notes__", ()):
            error.add_note(self._how_to_go_on())
        if self._lock is not None:
            os.close(self._lock)


class _KeptPoint(Unfinished):
    """The run of a point while it goes on, which is gone on from by the command of the whole sweep."""

    def __init__(self, place: Publication[Manifest], scenario: Scenario, how: Callable[[], str]) -> None:
        super().__init__(place, partial(write_resolved, scenario))
        self._how = how

    def how_to_go_on(self) -> str:
        """Return in words what is kept, and what goes on from it."""
        return self._how()
