"""A single file that is whole or absent, and never over something else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simulation.errors import InputError
from simulation.io.file_system import sync
from simulation.io.output_path import output_path, real_path
from simulation.io.signals import ends_as_exceptions, undisturbed
from simulation.results.disk_errors import in_words
from simulation.results.leftovers import clear_left
from simulation.results.workplace import Workplace

DEVICES = tuple(map(Path, ("/dev", "/dev/fd", "/proc/self/fd")))
Mark = str | Callable[[Path], bool]
"""How a file that may be replaced is known: by a text near its beginning, or by looking into it."""
_LOOKED_AT = 4096
"""Bytes at the beginning of a file in which its mark is looked for."""


def checked_file(path: Path | str, mark: Mark) -> Path:
    """Return where a file will be written, when that can be done; nothing is left there.

    `mark` tells the files that may be replaced. Errors: InputError for a place that
    cannot be written, or that holds something else; RunError for a full disk.
    """
    path = output_path(path)
    if not _is_device(path):
        work = Workplace(real_path(path))
        with ends_as_exceptions(), in_words(path, work.working):
            _refuse_other(path, mark)
            try:
                work.begin()
                work.working.touch()
            finally:
                with undisturbed():
                    work.clear()
    return path


def write_whole(path: Path | str, write: Callable[[Path], object], mark: Mark) -> None:
    """Let a file be written beside its place, and put it there; one with the same mark is replaced.

    A link is followed and stays; missing folders are made. On any exception or signal nothing of it is left,
    and what was there stays. Errors as of `checked_file`.
    """
    path = output_path(path)
    if _is_device(path):  # nobody's to replace
        with in_words(path, path):
            write(path)
        return
    place = real_path(path)
    clear_left(place.parent)
    work = Workplace(place)
    with ends_as_exceptions(), in_words(path, work.working):
        try:
            work.begin()
            write(work.working)
            sync(work.working)
            with undisturbed():
                _refuse_other(path, mark)
                work.working.replace(place)
            sync(place.parent, inside=False)
        finally:
            with undisturbed():
                work.clear()


def _is_device(path: Path) -> bool:
    """Return whether a path is no place for a file but something that takes what is written, such as /dev/stdout."""
    return path.absolute().parent in DEVICES or (path.exists() and not path.is_file() and not path.is_dir())


def _refuse_other(path: Path, mark: Mark) -> None:
    """Raise InputError when something is there that is neither empty nor has the mark."""
    if path.is_dir():
        raise InputError("a folder, not a file; choose another file", file=path)
    if not path.exists() or not path.stat().st_size:
        return
    if not (_begins_with(path, mark) if isinstance(mark, str) else mark(path)):
        message = "holds something else, which is never overwritten; choose another file or remove it"
        raise InputError(message, file=path)


def _begins_with(path: Path, mark: str) -> bool:
    with path.open("rb") as file:
        return mark.encode() in file.read(_LOOKED_AT)
