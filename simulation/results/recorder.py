"""Running the histories of a world into the folder of a run, some at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.engine.executor import Addresses, Executor, Replicates, Threads
from simulation.errors import NothingFinishedError
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.tables import to_columns
from simulation.outcomes.targets import Target
from simulation.results.checkpoint import Checkpoint
from simulation.results.collected import Collected, Collecting
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.results.monitor import TargetMonitor
from simulation.results.packed_inputs import SCENARIO, write_resolved
from simulation.results.part_tables import read_pieces, read_whole
from simulation.results.parts import Block, counts_in
from simulation.results.run_tables import RunTables
from simulation.results.shared_parts import SharedFolder, WritingParts
from simulation.results.stopping_rule import StoppingRecord
from simulation.world.world import World

Advance = Callable[[int, list[str]], None]
"""Told how many histories have finished, and the endings of those that can be used."""


class Recorder:
    """Fills the folder of a run: `take` replicates in order, then `finish`. Used as a context manager.

    With `kept` the histories are also put there part by part, and those that lie there are not played again.
    """

    def __init__(
        self,
        world: World,
        manifest: Manifest,
        folder: Path,
        targets: Sequence[Target] = (),
        kept: Checkpoint | None = None,
        executor: Executor | None = None,
        source: Callable[[range], Addresses] | None = None,
    ) -> None:
        """Prepare to write histories of a world to `folder`, which is made where it is not there.

        Without `executor` they are played on as many threads as the manifest says. The values of `targets` can be read
        from `watch` while histories come. `source` gives the histories of some numbers; without it they are plain ones.
        """
        self.world, self.manifest, self.folder = world, manifest, folder
        self.watch = TargetMonitor(targets, world)
        self._tables, self._failed = RunTables(folder), list[Failure]()
        self._source = source or (lambda numbers: Replicates(numbers, manifest.seed))
        self._executor = executor or Threads(manifest.workers)
        self._kept, self._parts = kept, deque(kept.parts if kept else ())
        self._counts, self._block = CellCounts(world), Block(first=0, stop=0, counts=CellCounts(world))

    def __enter__(self) -> Self:
        """Begin the folder with the resolved scenario."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / SCENARIO).exists():
            write_resolved(self.world.scenario, self.folder, self._kept.source if self._kept else None)
        return self

    def take(self, replicates: range, advance: Advance) -> None:
        """Run some replicates, all later than those before, and write their rows as they come."""
        start = self._take_kept(replicates, advance)
        self._close_block(start)
        wanted = self._source(range(start, replicates.stop))
        shared = self._kept.shared if self._kept is not None and len(wanted) else None
        if shared is not None:
            self._take_written(wanted, shared, advance)
            return
        with closing(self._executor.play(self.world, wanted, Collecting)) as collected:
            for some in collected:
                self._write(some)
                advance(len(some.failed) + len(some.endings), some.endings)

    def _take_written(self, wanted: Addresses, shared: SharedFolder, advance: Advance) -> None:
        """Let workers write the histories as parts, enter these, and join them in their order as they come."""
        assert self._kept is not None
        with closing(self._executor.play(self.world, wanted, WritingParts(shared))) as parts:
            for part in parts:
                self._kept.enter(part)
                place = self._kept.folder_of(part)
                self.join(place, range(part.first, part.stop), part.failed, advance)

    def _write(self, some: Collected) -> None:
        """Write the rows of some histories, and have them put on the disk as parts if they are to be."""
        tables = self._tables.add(**some.rows) if some.rows else None
        if some.rows:
            self.watch.take(some.rows)
        self._failed += some.failed
        self._block.counts.add_changes(len(some.endings), some.changes)
        if self._kept is not None:
            self._block.take(some.stop, some.failed, tables)
            self._kept.hold(self._block)
            if not self._kept.holds(self._block):
                self._close_block(some.stop)

    def _close_block(self, following: int) -> None:
        """Let the histories that follow be another block: no part holds some from before a look and some from after."""
        self._counts.merge(self._block.counts)
        self._block = Block(first=following, stop=following, counts=CellCounts(self.world))

    def _take_kept(self, replicates: range, advance: Advance) -> int:
        """Take those of some replicates that lie in parts; return the first that does not."""
        start = replicates.start
        while self._parts and self._parts[0].stop <= replicates.stop:
            assert self._kept is not None
            part = self._parts.popleft()
            self.join(self._kept.folder_of(part), range(part.first, part.stop), part.failed, advance)
            start = part.stop
        return start

    def join(self, folder: Path, replicates: range, failed: Sequence[Failure], advance: Advance) -> None:
        """Take replicates whose four tables lie in a folder, but for those that failed."""
        self._failed += failed
        good, endings = len(replicates) - len(failed), list[str]()
        if good:
            self._tables.append(folder, replicates[-1])
            self._counts.merge(counts_in(folder, self.world, good))
            if self.watch.targets:
                rows = {name: to_columns(read_whole(folder, name)) for name in ("outcomes", "places")}
                self.watch.take(rows)
            endings = [end for rows in read_pieces(folder, "outcomes") for end in rows["ending"].to_pylist()]
        advance(len(replicates), endings)

    def finish(self, stopping: StoppingRecord | None) -> Manifest:
        """Write the map and close the tables; return the manifest of the finished run, not yet in the folder.

        NothingFinishedError where no history finished.
        """
        self._close_block(0)
        if not self._counts.histories:
            first = "".join(f"{each.replicate}: {each.reason}" for each in self._failed[:1])
            raise NothingFinishedError(self.folder, first)
        self._tables.add_cells(self._counts.table())
        self._tables.close()
        return self.manifest.settled(stopping).done(tuple(self._failed))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what is still open."""
        self._tables.__exit__(kind, error, trace)
