"""A run while it goes on, on the disk: what can be gone on from when the process ends at any moment.

Beside the place NAME of the results lies `NAME.unfinished` (`-2` and so on where another run has that), from the first
part on. In it are the scenario with what it is read from, the request (`unfinished.json`, the manifest of what was
asked), the journal, the parts, and a file that is locked as long as a process works on it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.errors import InputError
from simulation.io.file_system import sync
from simulation.io.output_path import real_path
from simulation.io.signals import last_words, undisturbed
from simulation.results.disk_errors import in_words
from simulation.results.journal import PARTS, Part, append, entered, whole_parts
from simulation.results.leftovers import remove
from simulation.results.manifest import Manifest
from simulation.results.manifest_reader import read_manifest
from simulation.results.owner import publishing, take
from simulation.results.packed_inputs import copy_resolved, write_resolved
from simulation.results.parts import Block, copy_as_part
from simulation.results.publication import Publication
from simulation.results.workplace import Workplace
from simulation.scenario import Scenario
from simulation.wording.phrases import counted

REQUEST, LOCK = "unfinished.json", "lock"
EVERY_SECONDS = 5.0
"""Of work at most that a process holds before it puts it on the disk."""
MOST_ROWS = 1_000_000
"""Of the daily table that a process holds before it puts them on the disk."""
NUMBER = "{:06}"
"""The name of a part, by its number."""
_SUFFIX = re.compile(r"(?P<name>.+)\.unfinished(-[0-9]+)?")
_log = logging.getLogger("simulation.results")


class UnfinishedRun:
    """The unfinished folder of a run that is to be published. Used as a context manager round the publication.

    One of the same run that nobody works on is taken up, with its `parts`. At the end of the block it is removed if
    the run was published, and stays otherwise; the exception then has a note that says how to go on.
    """

    def __init__(self, place: Publication[Manifest], scenario: Scenario, folder: Path | None = None) -> None:
        """Prepare to go on from a `folder`, or from one of the same run beside the place if there is any."""
        self.place, self.scenario = place, scenario
        self._base, self._first = place.real_place, place.manifest.first_replicate
        self.parts: tuple[Part, ...] = ()
        self.folder: Path | None = None
        self._asked_for = folder
        self._number = 0
        self.stop = self._first
        self._lock: int | None = None
        self._blocks: list[Block] = []
        self._saved: float | None = None

    def __enter__(self) -> Self:
        """Take up what is there; InputError where another process works on the folder that was named."""
        for folder in (self._asked_for,) if self._asked_for else self._same():
            if (lock := _locked(folder)) is not None:
                self._take_up(folder, lock)
                break
            if self._asked_for:
                raise InputError("another process works on it; wait for it, or end it", file=folder)
        return self

    def _same(self) -> Iterator[Path]:
        """Yield the unfinished folders of the same run beside the place."""
        for folder in takewhile(Path.exists, _names(self._base)):
            request = _request_in(folder)
            if request is not None and request.asked == self.place.manifest.asked:
                yield folder

    def _take_up(self, folder: Path, lock: int) -> None:
        self._lock, self.folder = lock, folder
        self.parts = whole_parts(folder, self._first)
        self._count(self.parts)
        _log.warning("%s: goes on from the %s there", folder, counted(self.stop - self._first, "history"))

    def adopt(self, source: Path, manifest: Manifest) -> None:
        """Begin with the histories of a finished run, unless there are as many already."""
        if self.stop < manifest.stop:
            self._drop()
            new = self._enter(
                lambda folder: [copy_as_part(source, folder, NUMBER.format(0), manifest)], source
            )
            self.parts = tuple(new)

    def folder_of(self, part: Part) -> Path:
        """Return where the tables of a part lie."""
        assert self.folder is not None
        return self.folder / PARTS / part.name

    def hold(self, block: Block) -> None:
        """Have a block written as soon as it is time; it may still grow."""
        if not self._blocks or self._blocks[-1] is not block:
            self._blocks.append(block)
        if self._saved is None:  # what is compiled before the first histories is no work that could be lost
            self._saved = time.monotonic()
        late = time.monotonic() - self._saved >= EVERY_SECONDS
        if late or sum(each.size for each in self._blocks) >= MOST_ROWS:
            self.save()

    def holds(self, block: Block) -> bool:
        """Return whether a block still waits, so that it may grow."""
        return bool(self._blocks) and self._blocks[-1] is block

    def save(self) -> None:
        """Write what waits as parts, and enter them."""
        blocks, self._blocks = self._blocks, []
        names = [NUMBER.format(self._number + k) for k in range(len(blocks))]
        with in_words(self._base, self.place.working):
            self._enter(
                lambda folder: [block.write(folder, name) for block, name in zip(blocks, names, strict=True)]
            )
        self._saved = time.monotonic()

    def _enter(self, write: Callable[[Path], list[Part]], source: Path | None = None) -> list[Part]:
        """Have parts written, enter them and return them; the folder is made with the first of them, or not at all."""
        if self.folder is not None:
            new = write(self.folder)
            append(self.folder, new)
            self._count(new)
            return new
        work = Workplace(next(each for each in _names(self._base) if not each.exists()))
        try:
            work.begin()
            work.working.mkdir()
            if source is None:
                write_resolved(self.scenario, work.working)
            else:
                copy_resolved(source, work.working)
            self.place.manifest.write(work.working / REQUEST)
            self._lock = os.open(work.working / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            take(self._lock, work.working / LOCK)
            new = write(work.working)
            append(work.working, new)
            sync(work.working)
            with undisturbed():
                self.folder = _named(work.working, self._base)
                self._count(new)
        finally:
            with undisturbed():
                work.clear()
        return new

    def _drop(self) -> None:
        """Remove the folder, which has less than what takes its place."""
        if self.folder is not None:
            remove(self.folder)
        if self._lock is not None:
            os.close(self._lock)
        self.folder, self._lock, self.parts, self._number, self.stop = None, None, (), 0, self._first

    def _count(self, parts: Sequence[Part]) -> None:
        """Count parts that are entered, and tell how to go on from them."""
        self._number += len(parts)
        self.stop = parts[-1].stop if parts else self.stop
        last_words(self.how_to_go_on() if self.stop > self._first else "")

    def how_to_go_on(self) -> str:
        """Return in words what is kept, and the command that goes on from it."""
        kept = counted(self.stop - self._first, "history")
        assert self.folder is not None
        named = self.place.folder.with_name(self.folder.name)
        folder = named if real_path(named) == self.folder else self.folder
        return f"{kept} kept: go on with simulate resume {shlex.quote(str(folder))}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder when the results are in their place; else leave it to be gone on from."""
        last_words("")
        kept = self.stop > self._first
        if self.folder is not None and (self.place.published or not kept):
            remove(self.folder)
        elif self.folder is not None and error is not None:
            error.add_note(self.how_to_go_on())
        if self._lock is not None:
            os.close(self._lock)


def request_of(folder: Path) -> Manifest:
    """Return what was asked of the run in an unfinished folder; InputError for any other folder."""
    if not (folder / REQUEST).is_file():
        raise InputError(f"not the folder of an unfinished run: it has no {REQUEST}", file=folder)
    return read_manifest(folder / REQUEST)


def results_of(folder: Path) -> Path | None:
    """Return the name of the results that an unfinished folder is to become; None for a folder of another name."""
    found = _SUFFIX.fullmatch(folder.name)
    return folder.with_name(found["name"]) if found else None


def is_unfinished(folder: Path) -> bool:
    """Return whether a folder is that of an unfinished run."""
    return (folder / REQUEST).is_file()


def kept_in(folder: Path, manifest: Manifest) -> int:
    """Return how many histories lie in an unfinished folder."""
    parts = entered(folder, manifest.first_replicate)
    return parts[-1].stop - manifest.first_replicate if parts else 0


def _names(place: Path) -> Iterator[Path]:
    """Yield the names that an unfinished folder of a place may have."""
    yield place.with_name(f"{place.name}.unfinished")
    for number in range(2, 10_000):
        yield place.with_name(f"{place.name}.unfinished-{number}")


def _named(made: Path, place: Path) -> Path:
    """Give a folder the first name that is free; return it."""
    for name in _names(place):
        with publishing(name):
            if not name.exists():
                made.rename(name)
                sync(name.parent, inside=False)
                return name
    raise InputError("has too many unfinished folders beside it; remove some", file=place)


def _request_in(folder: Path) -> Manifest | None:
    with contextlib.suppress(InputError):
        return request_of(folder)
    return None


def _locked(folder: Path) -> int | None:
    """Return the lock of a folder that nobody else works on; None for any other."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    if take(lock, folder / LOCK):
        return lock
    os.close(lock)
    return None
