"""The runs of a sweep: each point into a results folder of its own, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulation.api.progress import Progress
from simulation.api.setup import Terms, manifest_of
from simulation.parameter_study.manifest import PlayedPoint, SweepManifest
from simulation.parameter_study.played_runs import played_runs, take_run
from simulation.results.checkpoint import Checkpoint
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST
from simulation.results.publication import Publication
from simulation.results.recorder import Recorder
from simulation.results.stopping_rule import rule_of
from simulation.results.unfinished import Unfinished
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.world.world import build_world


class PointPlayer:
    """Plays points into the folder of results that is made; what was played before is taken from where it lies."""

    def __init__(self, place: Publication[SweepManifest], terms: Terms, unfinished: Unfinished) -> None:
        """Prepare to play the points of the manifest of a place; histories are kept in an unfinished folder."""
        self._place, self._terms, self._unfinished = place, terms, unfinished
        self.reused = 0

    def play(self, scenarios: Sequence[Scenario]) -> list[Results]:
        """Put the run of each point into the folder of results that is made; return them in the points' order."""
        points, working = self._place.manifest.points, self._place.working
        known = played_runs(self._place.real_place.parent)
        for k, (point, scenario) in enumerate(zip(points, scenarios, strict=True), start=1):
            if point.run in known and take_run(known[point.run], working / point.folder):
                self.reused += 1
            else:
                kept = self._unfinished.checkpoint(point.folder)
                self._play(point, scenario, working / point.folder, kept, f"point {k} of {len(points)}")
        return [Results(working / point.folder) for point in points]

    def _play(
        self, point: PlayedPoint, scenario: Scenario, folder: Path, kept: Checkpoint, name: str
    ) -> None:
        """Play the run of a point into a folder, but for the histories of it that are kept."""
        executor, number = self._terms.executor, self._place.manifest.replicates
        world = build_world(scenario)
        tell(world.notices)
        manifest = manifest_of(world, rule_of((), number, None), self._terms.seed, executor.workers)
        assert manifest.digest == point.run, "a run has the same address here and alone"
        with (
            Progress(number, shown=self._terms.progress, scenario=name) as told,
            Recorder(world, manifest, folder, (), kept, executor) as recorder,
        ):
            recorder.take(range(number), told.advance)
            recorder.finish(None).recording(folder).write(folder / MANIFEST)
