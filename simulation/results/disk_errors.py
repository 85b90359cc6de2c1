"""What can go wrong with a disk, in sentences about the place that somebody asked for."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulation.errors import InputError, NothingFinishedError, RunError

FULL = (errno.ENOSPC, errno.EDQUOT)
NOT_A_PLACE = (
    errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM,
    errno.EEXIST,
)  # fmt: skip


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
    Errors: InputError where the place cannot be written, RunError where the disk is full.
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
            f"the disk with {place} is full ({os.strerror(error.errno or 0)}); nothing was kept. "
            "Free some space, ask for fewer histories, or choose another place with --out"
        ) from error
    if isinstance(error, OSError) and error.errno in NOT_A_PLACE and _is_about(place.parent, error):
        raise InputError(f"cannot be written: {error.strerror}", file=place) from error


def _is_about(folder: Path, error: OSError) -> bool:
    """Return whether an error is about a folder, what is in it or what it lies in.

    One that names no file is: no other file is being written.
    """
    if not isinstance(error.filename, str | os.PathLike):
        return True
    name = Path(error.filename).absolute()
    return name.is_relative_to(folder.absolute()) or folder.absolute().is_relative_to(name)
