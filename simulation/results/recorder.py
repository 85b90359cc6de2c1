"""Running the histories of a world into the folder of a run, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.engine.ensemble import Ensemble, History
from simulation.errors import NothingFinishedError
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.targets import Target
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.results.monitor import TargetMonitor
from simulation.results.packed_inputs import write_resolved
from simulation.results.run_tables import RunTables
from simulation.results.stopping_rule import StoppingRecord
from simulation.world.world import World

Advance = Callable[[int, list[str]], None]
"""Told how many histories have finished, and the endings of those that can be used."""


class Recorder:
    """Fills the folder of a run: `take` replicates in order, then `finish`. Used as a context manager."""

    def __init__(
        self, world: World, manifest: Manifest, folder: Path, targets: Sequence[Target] = ()
    ) -> None:
        """Prepare to write histories of a world to `folder`, which is made where it is not there.

        The values of `targets` can be read from `watch` while histories come.
        """
        self.world, self.manifest, self.folder = world, manifest, folder
        self.watch = TargetMonitor(targets, world)
        self._tables, self._failed = RunTables(folder), list[Failure]()
        self._collector, self._names = Collector(world), ending_names(world)

    def __enter__(self) -> Self:
        """Begin the folder with the resolved scenario."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_resolved(self.world.scenario, self.folder)
        return self

    def take(self, replicates: range, advance: Advance) -> None:
        """Run some replicates, all later than those before, and write their rows as they come."""
        ensemble = Ensemble(self.world, replicates, self.manifest.seed, self.manifest.workers)
        with closing(iter(ensemble)) as chunks:
            for histories in chunks:
                good = [history for history in histories if not history.trouble]
                self._failed += [
                    Failure(replicate=h.replicate, reason=h.trouble) for h in histories if h.trouble
                ]
                if good:
                    rows = self._collector.add(good)
                    self._tables.add(**rows)
                    self.watch.take(rows)
                advance(len(histories), [self._ending(history) for history in good])

    def finish(self, stopping: StoppingRecord | None) -> Manifest:
        """Write the map and close the tables; return the manifest of the finished run, not yet in the folder.

        NothingFinishedError where no history finished.
        """
        if not self._collector.histories:
            first = "".join(f"{each.replicate}: {each.reason}" for each in self._failed[:1])
            raise NothingFinishedError(self.folder, first)
        self._tables.add_cells(self._collector.cells())
        self._tables.close()
        return self.manifest.settled(stopping).done(tuple(self._failed))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is still open."""
        self._tables.__exit__(kind, error, trace)

    def _ending(self, history: History) -> str:
        return self._names[int(history.outcome.world.ending)]
