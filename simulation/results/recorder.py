"""Running the histories of a world into a results folder, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from simulation.engine.ensemble import Ensemble, History
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.targets import Target
from simulation.results.manifest import Failure
from simulation.results.monitor import Watch
from simulation.results.writer import ResultsWriter
from simulation.world.world import World

Advance = Callable[[int, list[str]], None]
"""Told how many histories have finished, and the endings of those that can be used."""


class Filling:
    """A results folder that is being filled: `take` replicates in order, then `finish`."""

    def __init__(self, world: World, writer: ResultsWriter, targets: Sequence[Target] = ()) -> None:
        """Prepare to write histories of a world; the writer is entered and left by whoever made it.

        The values of `targets` can be read from `watch` while histories come.
        """
        self.world, self.writer, self.failed = world, writer, list[Failure]()
        self.watch = Watch(targets, world)
        self._collector, self._names = Collector(world), ending_names(world)

    def take(self, replicates: range, seed: int, workers: int, advance: Advance) -> None:
        """Run some replicates, all later than those before, and write their rows as they come."""
        with closing(iter(Ensemble(self.world, replicates, seed, workers))) as chunks:
            for histories in chunks:
                good = [history for history in histories if not history.trouble]
                self.failed += [
                    Failure(replicate=h.replicate, reason=h.trouble) for h in histories if h.trouble
                ]
                if good:
                    rows = self._collector.add(good)
                    self.writer.add(**rows)
                    self.watch.take(rows)
                advance(len(histories), [self._ending(history) for history in good])

    def finish(self) -> Path:
        """Write the map and seal the folder; return where it can be read."""
        if self._collector.histories:
            self.writer.add_cells(self._collector.cells())
        return self.writer.seal(tuple(self.failed))

    def _ending(self, history: History) -> str:
        return self._names[int(history.outcome.world.ending)]
