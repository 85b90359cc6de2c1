"""A single file that is whole or absent."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from simulation.errors import InputError
from simulation.io.signals import ends_as_exceptions
from simulation.results.disk_errors import in_words


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let a file be written beside its place, and put it there; one of that name is replaced.

    On any exception or signal nothing of it is left, and what was there stays. Errors: InputError for a
    place that cannot be written, RunError for a full disk.
    """
    hidden = path.parent / f".{path.name}.partial-{os.getpid()}"
    if not path.parent.is_dir():
        raise InputError(f"cannot be written: {os.strerror(errno.ENOENT)}", file=path)
    if path.exists() and not path.is_file():  # a device or a pipe, which is nobody's to replace
        with in_words(path, path):
            write(path)
        return
    with ends_as_exceptions(), in_words(path, hidden):
        try:
            write(hidden)
            hidden.replace(path)
        finally:
            hidden.unlink(missing_ok=True)
