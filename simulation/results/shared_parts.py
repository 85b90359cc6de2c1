"""Parts that the workers of a cluster write themselves, into a folder that they share with the caller."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from simulation.engine.ensemble import History
from simulation.errors import InputError, RunError
from simulation.io.file_system import sync
from simulation.outcomes.cell_counts import CellCounts
from simulation.results.collected import Collecting
from simulation.results.disk_errors import FULL, in_words
from simulation.results.journal import PARTS, Part
from simulation.results.leftovers import remove
from simulation.results.parts import Block
from simulation.results.run_tables import tables_of
from simulation.world.world import World

WORD, SHARED = "word", "shared.json"
"""A file in the shared folder by which others know it; and the list of such folders, in an unfinished folder."""
NAME = "{:06}-{}"
"""The name of a part that a worker writes: its first history, and a token, for two may have written the same."""
PATIENCE = 10.0
"""Seconds for a part that a worker is writing to come to its end, when all of them are removed."""
_log = logging.getLogger("simulation.results")


@dataclass(frozen=True, kw_only=True)
class SharedFolder:
    """A folder of parts within one that was named; whoever reads the `word` in it sees the same folder."""

    place: Path
    word: str

    @property
    def within(self) -> Path:
        """The folder that was named."""
        return self.place.parent

    def begin(self) -> None:
        """Make it; InputError where it cannot be made, RunError for a full disk."""
        with in_words(self.within, self.within):
            (self.place / PARTS).mkdir(parents=True)
            (self.place / WORD).write_text(self.word, encoding="utf-8")

    def fault(self) -> str:
        """Return in words why nothing can be written into it from here; nothing where all is well."""
        try:
            found = (self.place / WORD).read_text(encoding="utf-8")
            may = os.access(self.place / PARTS, os.W_OK)
        except OSError as error:
            return f"does not see {self.within} as it is here ({error.strerror}): it must be shared by all"
        if found != self.word:
            return f"sees another folder at {self.within}: it must be shared by all"
        return "" if may else f"may not write into {self.within}"

    def remove(self) -> None:
        """Remove it, its word first, so that no worker begins to write into it; one may still be about to end."""
        with contextlib.suppress(OSError):
            (self.place / WORD).unlink()
        deadline = time.monotonic() + PATIENCE
        remove(self.place)
        while self.place.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
            remove(self.place)
        if self.place.exists():
            _log.warning("%s could not be removed: remove it by hand", self.place)


@runtime_checkable
class Reaching(Protocol):
    """What plays histories elsewhere, and can say whether all workers reach a folder."""

    def reach(self, folder: SharedFolder) -> None:
        """Look whether all workers can write into a folder; InputError for the first that cannot."""


@dataclass(frozen=True)
class Sharing:
    """Where workers are to write parts: a folder within `within`; `reached` raises InputError where one cannot."""

    within: Path
    reached: Callable[[SharedFolder], object]

    def begin(self, unfinished: Path) -> SharedFolder:
        """Make a folder there, which an unfinished folder lists first; return it when all workers see it."""
        token = secrets.token_hex(4)
        new = SharedFolder(place=self.within / f"{unfinished.name}-{token}", word=secrets.token_hex(8))
        listed = [*shared_by(unfinished), new]
        told = [{"place": str(each.place), "word": each.word} for each in listed]
        (written := unfinished / f"{SHARED}.new").write_text(json.dumps(told), encoding="utf-8")
        sync(written)
        written.replace(unfinished / SHARED)
        new.begin()
        self.reached(new)
        return new


def shared_by(unfinished: Path) -> list[SharedFolder]:
    """Return the shared folders that an unfinished folder lists."""
    try:
        listed = json.loads((unfinished / SHARED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [SharedFolder(place=Path(each["place"]), word=each["word"]) for each in listed]


def refuse_missing(unfinished: Path) -> None:
    """Refuse to go on where the folders that somebody named are not there, as one that is not mounted: InputError."""
    for each in shared_by(unfinished):
        if not each.within.is_dir():
            message = f"parts of it lie in {each.within}, which is not there: mount it, or remove this to begin again"
            raise InputError(message, file=unfinished)


@dataclass(frozen=True)
class WritingParts:
    """Writes histories as a part, wherever they are played: the `Measure` of a run whose parts are shared."""

    folder: SharedFolder

    def __call__(self, world: World) -> Callable[[Sequence[History]], Part]:
        """Prepare for the histories of a world."""
        collect = Collecting(world)

        def written(histories: Sequence[History]) -> Part:
            some = collect(histories)
            first, within = histories[0].replicate, self.folder.within
            if fault := self.folder.fault():
                raise RunError(fault)
            block = Block(first=first, stop=some.stop, counts=CellCounts(world))
            block.counts.add_changes(len(some.endings), some.changes)
            block.take(some.stop, some.failed, tables_of(some.rows) if some.rows else None)
            try:
                part = block.write(self.folder.place, NAME.format(first, secrets.token_hex(4)))
            except OSError as error:
                why = os.strerror(error.errno or 0)
                full = f"finds the disk with {within} full ({why}): free some space there"
                message = full if error.errno in FULL else f"cannot write into {within}: {why}"
                raise RunError(message) from error
            return part.model_copy(update={"at": str(self.folder.place)})

        return written
