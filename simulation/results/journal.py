"""The journal of a checkpoint: a line for each part that lies whole on the disk, in the order of the histories."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulation.io.file_system import sync
from simulation.results.file_record import FileRecord, fault_of
from simulation.results.manifest_head import Failure

JOURNAL, PARTS = "journal.jsonl", "parts"
"""Within the folder of a checkpoint: the journal, and the folder of the parts."""


class Part(BaseModel):
    """The histories from `first` to `stop` (not with it): a folder with what there is of those that did not fail."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: str = Field(pattern="^[0-9]{6,}(-[0-9a-f]{8})?$")
    first: int = Field(ge=0)
    stop: int
    failed: tuple[Failure, ...] = ()
    files: Mapping[str, FileRecord]
    at: str = ""
    """The folder in which it lies where a worker has written it; else it lies in that of the checkpoint."""

    @property
    def number(self) -> int:
        """The number that its name begins with; those of later parts are higher."""
        return int(self.name.partition("-")[0])

    @property
    def histories(self) -> int:
        """How many histories did not fail."""
        return self.stop - self.first - len(self.failed)

    def place(self, folder: Path) -> Path:
        """Return where its files lie, of a checkpoint in a folder."""
        return (Path(self.at) if self.at else folder) / PARTS / self.name

    def is_whole(self, folder: Path) -> bool:
        """Return whether its files are as they were written, of a checkpoint in a folder."""
        place = self.place(folder)
        return not any(fault_of(place / name, record) for name, record in self.files.items())


def append(folder: Path, parts: Sequence[Part]) -> None:
    """Enter parts that lie on the disk; they count from the moment when this returns."""
    descriptor = os.open(folder / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        os.write(descriptor, _text(parts).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(folder: Path, parts: Sequence[Part]) -> None:
    """Enter parts in place of all that were entered before."""
    new = folder / f"{JOURNAL}.new"
    new.write_text(_text(parts), encoding="utf-8")
    sync(new)
    new.replace(folder / JOURNAL)


def entered(folder: Path) -> tuple[Part, ...]:
    """Return the parts of the journal as far as their histories follow each other without a gap."""
    parts: list[Part] = []
    for part in _lines(folder / JOURNAL):
        if parts and part.first != parts[-1].stop:
            break
        parts.append(part)
    return tuple(parts)


def whole_parts(folder: Path) -> tuple[Part, ...]:
    """Return the parts that can be gone on from, and remove all that is not theirs.

    From the first part on that is not as it was written nothing is used, for the histories must follow each other.
    """
    parts: list[Part] = []
    for part in entered(folder):
        if not part.is_whole(folder):
            break
        parts.append(part)
    known = {part.name for part in parts if not part.at}
    for place in list((folder / PARTS).iterdir()) if (folder / PARTS).is_dir() else []:
        if place.name not in known:
            shutil.rmtree(place, ignore_errors=True)
    replace(folder, parts)
    return tuple(parts)


def journals_below(folder: Path) -> dict[str, Path]:
    """Return the folders at and below one that have a journal, by their path within it ("" for itself)."""
    found = sorted(each.parent for each in folder.rglob(JOURNAL))
    return {"" if each == folder else each.relative_to(folder).as_posix(): each for each in found}


def _text(parts: Sequence[Part]) -> str:
    return "".join(f"{part.model_dump_json()}\n" for part in parts)


def _lines(journal: Path) -> Iterator[Part]:
    """Yield the parts that are entered; a line that was broken off ends them."""
    try:
        lines = journal.read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield Part.model_validate_json(json.dumps(json.loads(line)))
        except (ValueError, ValidationError):
            return
