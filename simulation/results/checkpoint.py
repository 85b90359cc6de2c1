"""A checkpoint: what has finished of one sequence of histories, on the disk in parts with their journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Protocol

from simulation.errors import RunError
from simulation.results.folder import Results
from simulation.results.journal import Part, append, replace
from simulation.results.manifest import Manifest
from simulation.results.packed_inputs import SCENARIO
from simulation.results.parts import copy_as_part
from simulation.results.shared_parts import SharedFolder

NUMBER = "{:06}"
"""The name of a part, by its number."""


class Waiting(Protocol):
    """Finished histories in memory that are to become a part, such as the `Block` of a run."""

    @property
    def size(self) -> int:
        """The number of rows that wait."""

    def write(self, folder: Path, name: str) -> Part:
        """Write them as a part of a name, which is on the disk when this returns; it has to be entered."""


class Home(Protocol):
    """The unfinished folder in which checkpoints lie; None where there is none yet."""

    folder: Path | None

    def held(self) -> None:
        """Have everything written that waits, when it is time."""

    def shared(self) -> SharedFolder | None:
        """Give the folder in which workers write parts, made when it is first asked for; None where there is none."""

    def writing(self, name: str) -> AbstractContextManager[Path]:
        """Give the folder of a checkpoint to write into; the first time the unfinished folder is made."""


class Checkpoint:
    """The histories from `first` on that are kept in an unfinished folder, or in a folder of a name within it.

    `parts` are those that were there when it was taken up, in the order of their histories.
    """

    def __init__(self, home: Home, name: str, first: int, parts: Sequence[Part] = ()) -> None:
        """Go on from some parts, which are whole."""
        self._home, self._name, self._first = home, name, first
        self.parts = tuple(parts)
        self.stop = parts[-1].stop if parts else first
        self._number = parts[-1].number + 1 if parts else 0
        self._waiting: list[Waiting] = []
        self._elsewhere: dict[int, Path] = {}

    @property
    def source(self) -> Path | None:
        """A folder in which the resolved scenario lies as it was written first; None where there is none yet."""
        here = self._folder
        return here if here is not None and (here / SCENARIO).is_file() else self._elsewhere.get(self._first)

    @property
    def _folder(self) -> Path | None:
        return None if self._home.folder is None else self._home.folder / self._name

    @property
    def kept(self) -> int:
        """How many histories would be gone on from."""
        return self.stop - self._first

    @property
    def size(self) -> int:
        """The number of rows that wait in memory."""
        return sum(each.size for each in self._waiting)

    def folder_of(self, part: Part) -> Path:
        """Return where the files of a part lie."""
        if part.first in self._elsewhere:
            return self._elsewhere[part.first]
        assert self._folder is not None
        return part.place(self._folder)

    @property
    def shared(self) -> SharedFolder | None:
        """Where workers are to write parts themselves; None where they are not to."""
        return self._home.shared()

    def enter(self, part: Part) -> None:
        """Enter a part that a worker has written; RunError where it is not as the worker wrote it."""
        with self._home.writing(self._name) as folder:
            if not part.is_whole(folder):
                where = part.place(folder)
                raise RunError(
                    f"what a worker wrote is not here as it wrote it, in {where}: is that one folder?"
                )
            append(folder, [part])
            self._count([part])

    def hold(self, block: Waiting) -> None:
        """Have a block written as soon as it is time; it may still grow."""
        if not self.holds(block):
            self._waiting.append(block)
        self._home.held()

    def holds(self, block: Waiting) -> bool:
        """Return whether a block still waits, so that it may grow."""
        return bool(self._waiting) and self._waiting[-1] is block

    def handed_over(self) -> Callable[[], None] | None:
        """Return what writes all that waits as parts and enters them; none of it may grow any more."""
        waiting, self._waiting = self._waiting, []
        return partial(self._save, waiting) if waiting else None

    def _save(self, waiting: Sequence[Waiting]) -> None:
        with self._home.writing(self._name) as folder:
            new = [block.write(folder, NUMBER.format(k)) for k, block in enumerate(waiting, self._number)]
            append(folder, new)
            self._count(new)

    def begin_with(self, runs: Sequence[Results], most: int) -> None:
        """Begin with the histories of finished runs, which follow each other, unless there are as many already.

        They are copied, so that all is in one place, unless they are all that will be played (`most`).
        """
        if runs and runs[-1].manifest.stop == self._first + most:
            self.parts = tuple(_part_of(each.manifest) for each in runs)
            self._elsewhere = {each.manifest.first_replicate: each.folder for each in runs}
            return
        if runs and self.stop < runs[-1].manifest.stop:
            with self._home.writing(self._name) as folder:
                new = [
                    copy_as_part(each.folder, folder, NUMBER.format(k), each.manifest)
                    for k, each in enumerate(runs, self._number)
                ]
                replace(folder, new)
                self.parts = tuple(new)
                self._count(new)

    def _count(self, new: Sequence[Part]) -> None:
        self.stop, self._number = new[-1].stop, new[-1].number + 1


def _part_of(manifest: Manifest) -> Part:
    """Return the part that a finished run is, where it lies."""
    first, stop = manifest.first_replicate, manifest.stop
    return Part(name=NUMBER.format(0), first=first, stop=stop, failed=manifest.failed, files={})
