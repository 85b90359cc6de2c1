"""The one rule for every path that a command or the library writes to."""

from __future__ import annotations

import os
import re
from pathlib import Path

from simulation.errors import InputError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(/|$)")


def output_path(path: Path | str) -> Path:
    """Return the path as it is written to: `~` and `~name` stand for home folders, anything else for itself.

    Errors: InputError for a URL, for a home folder that there is not, and for what no path can hold.
    """
    text = os.fspath(path)
    if "\0" in text:
        raise InputError("a path cannot hold the character NUL", file=text.replace("\0", "\\0"))
    if _URL.match(text):
        message = "is a URL, and results are written to folders of this computer only"
        raise InputError(message, file=re.sub(":/+", "://", text))  # a Path has lost a stroke
    if not text.startswith("~"):
        return Path(path)
    try:
        return Path(path).expanduser()
    except RuntimeError:
        message = "there is no such home folder; give the whole path if the name begins with ~"
        raise InputError(message, file=text) from None


def real_path(path: Path) -> Path:
    """Return where a path leads: links are followed, and stay.

    Errors: InputError for a relative path where the working folder has been removed.
    """
    try:
        return Path(os.path.realpath(path))
    except FileNotFoundError:
        message = "cannot be written: the folder that you are in is no longer there"
        raise InputError(message, file=path) from None


def working_folder() -> Path:
    """Return the folder that the process is in, without links; the root where it has been removed."""
    try:
        return Path.cwd().resolve()
    except FileNotFoundError:
        return Path("/")
