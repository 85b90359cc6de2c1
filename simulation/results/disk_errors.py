"""What can go wrong with a disk, in sentences about the place that somebody asked for."""

from __future__ import annotations

import errno
import os
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulation.errors import InputError, NothingFinishedError, RunError
from simulation.io.folders import cache_root

FULL = (errno.ENOSPC, errno.EDQUOT)
NOT_A_PLACE = (
    errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM,
    errno.EEXIST,
)  # fmt: skip
NOT_THE_PLACE_NAMED = (
    errno.ENOENT, errno.EINVAL, errno.ENOTSUP, errno.ENODEV, errno.ENXIO, errno.EBUSY, errno.EXDEV,
)  # fmt: skip
"""Also said of other things than places, so that the error must name the place."""
_CACHES = (f"{os.sep}numba{os.sep}", f"{os.sep}simulation{os.sep}jit{os.sep}")
"""Parts of the paths of sources that write to the cache of compiled rules."""


@contextmanager
def in_words(place: Path, hidden: Path) -> Iterator[None]:
    """Raise `InputError` or `RunError` in place of trouble with a place; see `say_in_words`."""
    try:
        yield
    except Exception as error:
        say_in_words(error, place, hidden)
        raise


def say_in_words(error: BaseException, place: Path, hidden: Path) -> None:
    """Raise in place of trouble with a place a sentence about it, and return for any other error.

    What goes to `place` is written to `hidden` beside it first; errors that name that name the place.
    Errors: InputError where the place cannot be written, RunError where a disk is full.
    """
    if isinstance(error, NothingFinishedError) and error.folder.is_relative_to(hidden):
        raise NothingFinishedError(place / error.folder.relative_to(hidden), error.first) from error
    if isinstance(error, InputError) and error.file is not None and Path(error.file).is_relative_to(hidden):
        file = place / Path(error.file).relative_to(hidden)
        raise InputError(error.message, file=file, line=error.line, path=error.path) from error
    if isinstance(error, UnicodeEncodeError):
        raise InputError("cannot be written: a file's name is not UTF-8 text", file=place) from error
    if isinstance(error, OSError) and error.errno in FULL:
        raise RunError(
            f"{full_disk(error, place)}; no results folder was made. {_remedy(error, place)}"
        ) from error
    wrong = NOT_A_PLACE if getattr(error, "filename", None) is None else NOT_A_PLACE + NOT_THE_PLACE_NAMED
    if isinstance(error, OSError) and error.errno in wrong and _is_about(place, error):
        raise InputError(f"cannot be written: {os.strerror(error.errno or 0)}", file=place) from error


def full_disk(error: OSError, place: Path) -> str:
    """Return which disk is full, as the beginning of a sentence."""
    return f"the disk with {_full_place(error, place)} is full ({os.strerror(error.errno or 0)})"


def _remedy(error: OSError, place: Path) -> str:
    if _full_place(error, place) == place:
        if place.is_relative_to(tempfile.gettempdir()) and place.parent.name.startswith(".simulate-"):
            return "Free some space, or set TMPDIR to another folder"
        return "Free some space, ask for fewer histories, or choose another place with --out"
    return "Free some space there"


def _full_place(error: OSError, place: Path) -> Path:
    """Return what could not be written.

    An error while writing to an open file names none; then it is the cache if a compiler wrote, and else the place.
    """
    if not _is_about(place, error):
        return Path(os.fsdecode(error.filename))
    frames = traceback.extract_tb(error.__traceback__)
    return cache_root() if any(part in each.filename for each in frames for part in _CACHES) else place


def _is_about(place: Path, error: OSError) -> bool:
    """Return whether an error is about a place, what is hidden beside it, what is in it or what it lies in.

    One that names no file is: no other file is being written.
    """
    if not isinstance(error.filename, str | os.PathLike):
        return True
    name, whole = Path(error.filename).absolute(), place.absolute()
    hidden = name.is_relative_to(whole.parent) and name.relative_to(whole.parent).parts[:1]
    if hidden and hidden[0].startswith((f".{whole.name}.", f"{whole.name}.unfinished")):
        return True
    return name.is_relative_to(whole) or whole.is_relative_to(name)
