"""The folder of something that is not finished: what can be gone on from when the process ends at any moment.

Beside the place NAME of the results lies `NAME.unfinished` (`-2` and so on where something else has that), from the
first part on. In it are the request (`unfinished.json`, the manifest of what was asked), what the histories are played
from, a file that is locked as long as a process works on it, and checkpoints: of a run and of a study in the folder
itself, of runs that belong together each in a folder below.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shlex
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simulation.errors import InputError
from simulation.io.file_system import sync
from simulation.io.output_path import real_path
from simulation.io.signals import last_words, undisturbed
from simulation.results.checkpoint import Checkpoint
from simulation.results.disk_errors import in_words
from simulation.results.journal import PARTS, Part, entered, journals_below, whole_parts
from simulation.results.leftovers import remove
from simulation.results.manifest_reader import stored_manifest
from simulation.results.owner import publishing, take
from simulation.results.publication import Publication
from simulation.results.shared_parts import SharedFolder, Sharing, refuse_missing, shared_by
from simulation.results.workplace import Workplace, remove_whole
from simulation.results.writing_thread import WritingThread
from simulation.wording.phrases import counted

REQUEST, LOCK = "unfinished.json", "lock"
EVERY_SECONDS = 5.0
"""Of work at most that a process holds before it puts it on the disk."""
MOST_ROWS = 500_000
"""Of the daily table that a process holds before it puts them on the disk."""
_SUFFIX = re.compile(r"(?P<name>.+)\.unfinished(-[0-9]+)?")
_log = logging.getLogger("simulation.results")


class Unfinished:
    """The unfinished folder of results that are to be published. Used as a context manager round the publication.

    Parts are written in a thread of its own: what goes wrong with one is raised when the next is to be written.

    One of the same request that nobody works on is taken up. At the end of the block it is removed if the results were
    published, and stays otherwise; the exception then has a note that says how to go on.
    """

    def __init__(
        self,
        place: Publication[Any],
        begin: Callable[[Path], object],
        folder: Path | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        """Prepare to go on from a `folder`, or from one of the same request beside the place if there is any.

        `begin` writes into a new folder what the histories are played from. With `sharing`, workers write the parts.
        """
        self.place, self._begin, self._asked_for = place, begin, folder
        self._sharing = sharing
        self._shared: SharedFolder | None = None
        self._base = place.real_place
        self.folder: Path | None = None
        self._lock: int | None = None
        self._found: dict[str, tuple[Part, ...]] = {}
        self._checkpoints: list[Checkpoint] = []
        self._saved: float | None = None
        self._thread = WritingThread(ahead=1)

    def __enter__(self) -> Self:
        """Take up what is there; InputError where another process works on the folder that was named."""
        for folder in (self._asked_for,) if self._asked_for else self._same():
            request = stored_manifest(folder / REQUEST)
            if not self._is_ours(request):
                raise InputError("what lies in it reads as another request than was begun", file=folder)
            refuse_missing(folder)
            if (lock := _locked(folder)) is not None:
                self._take_up(folder, lock, request)
                break
            if self._asked_for:
                raise InputError("another process works on it; wait for it, or end it", file=folder)
        return self

    def _same(self) -> Iterator[Path]:
        """Yield the unfinished folders of the same request beside the place."""
        for folder in takewhile(Path.exists, _names(self._base)):
            with contextlib.suppress(InputError):
                if self._is_ours(stored_manifest(folder / REQUEST)):
                    yield folder

    def _is_ours(self, request: Mapping[str, Any]) -> bool:
        manifest = self.place.manifest
        return (request.get("kind"), request.get("asked")) == (manifest.kind, manifest.asked)

    def _take_up(self, folder: Path, lock: int, request: Mapping[str, Any]) -> None:
        self._lock, self.folder = lock, folder
        self._found = {name: whole_parts(place) for name, place in journals_below(folder).items()}
        begun = {"command": tuple(request["command"]), "started": request["started"]}
        self.place.manifest = self.place.manifest.model_copy(update=begun)
        _log.warning("%s: goes on from the %s there", folder, counted(self.kept, "history"))
        self.tell()

    def checkpoint(self, name: str = "", first: int = 0) -> Checkpoint:
        """Return the checkpoint in a folder of a name within this one, of histories from `first` on."""
        if self.folder is not None and name not in self._found:  # killed before a first part was entered
            remove(self.folder / name / PARTS)
        new = Checkpoint(self, name, first, self._found.pop(name, ()))
        self._checkpoints.append(new)
        return new

    @property
    def kept(self) -> int:
        """How many histories would be gone on from."""
        waiting = sum(map(_histories, self._found.values()))
        return waiting + sum(each.kept for each in self._checkpoints)

    def shared(self) -> SharedFolder | None:
        """Give the folder in which workers write parts, made when it is first asked for; None where there is none.

        The unfinished folder, which lists it, is there before it. Errors: as in `Sharing.begin`.
        """
        if self._shared is None and self._sharing is not None:
            with self.writing(""):
                pass
            assert self.folder is not None
            self._shared = self._sharing.begin(self.folder)
        return self._shared

    def held(self) -> None:
        """Have everything written that waits, when it is time."""
        if self._saved is None:  # what is compiled before the first histories is no work that could be lost
            self._saved = time.monotonic()
        late = time.monotonic() - self._saved >= EVERY_SECONDS
        if late or sum(each.size for each in self._checkpoints) >= MOST_ROWS:
            saves = [save for each in self._checkpoints if (save := each.handed_over()) is not None]
            self._thread.do(lambda: [save() for save in saves])
            self._saved = time.monotonic()

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """Give the folder of a checkpoint to write into.

        The unfinished folder is made with the first of what is written, or not at all.
        """
        with in_words(self._base, self.place.working):
            if self.folder is not None:
                yield _made(self.folder / name)
                self.tell()
                return
            work = Workplace(next(each for each in _names(self._base) if not each.exists()))
            try:
                work.begin()
                work.working.mkdir()
                self._begin(work.working)
                self.place.manifest.write(work.working / REQUEST)
                self._lock = os.open(work.working / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
                take(self._lock, work.working / LOCK)
                yield _made(work.working / name)
                sync(work.working)
                with undisturbed():
                    self.folder = _named(work.working, self._base)
                    self.tell()
            finally:
                with undisturbed():
                    work.clear()

    def tell(self) -> None:
        """Have it said how to go on, if the program is ended from now on."""
        last_words(self.how_to_go_on() if self.kept else "")

    def how_to_go_on(self) -> str:
        """Return in words what is kept, and the command that goes on from it."""
        assert self.folder is not None
        named = self.place.folder.with_name(self.folder.name)
        folder = named if real_path(named) == self.folder else self.folder
        kept = counted(self.kept, "history")
        return f"{kept} kept: go on with simulate resume {shlex.quote(str(folder))}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the folder when the results are in their place; else leave it to be gone on from."""
        if error is not None:
            with contextlib.suppress(Exception):  # which is no news, or comes after the news
                self._thread.settle()
        self._thread.stop()
        last_words("")
        if self.folder is not None and (self.place.published or not self.kept):
            for each in shared_by(self.folder):
                each.remove()
            remove_whole(self.folder)
        elif self.folder is not None and error is not None:
            error.add_note(self.how_to_go_on())
        if self._lock is not None:
            os.close(self._lock)


def results_of(folder: Path) -> Path | None:
    """Return the name of the results that an unfinished folder is to become; None for a folder of another name."""
    found = _SUFFIX.fullmatch(folder.name)
    return folder.with_name(found["name"]) if found else None


def is_unfinished(folder: Path) -> bool:
    """Return whether a folder is that of something unfinished."""
    return (folder / REQUEST).is_file()


def kept_in(folder: Path) -> int:
    """Return how many histories lie in an unfinished folder, of all scenarios together."""
    return sum(_histories(entered(place)) for place in journals_below(folder).values())


def _histories(parts: tuple[Part, ...]) -> int:
    return parts[-1].stop - parts[0].first if parts else 0


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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


def _locked(folder: Path) -> int | None:
    """Return the lock of a folder that nobody else works on; None for any other."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    if take(lock, folder / LOCK):
        return lock
    os.close(lock)
    return None
