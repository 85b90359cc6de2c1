"""The first line of a scenario that lies in a results folder: what it is called, and the digest it must have.

A copy that reads as something else, because it was edited or because other seeds lie where it looks for them, is
refused. Without the line a file is a scenario like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.io.file_cache import FileCache

_LONGEST = 500
_LINE = re.compile(r"\ufeff?# ([^/\\]+), digest ([0-9a-f]{12}): ")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a file says that it is: the name of a scenario, and the digest of everything in it."""

    name: str
    digest: str

    def check(self, digest: str, file: Path) -> None:
        """Refuse a file that reads as another scenario than it says: InputError, which says what to do."""
        if digest != self.digest:
            message = (
                f"this line says that the digest is {self.digest}, and it is {digest}: the file, its seeds or its "
                "region have changed, or another version of the program wrote it; remove the line to run it as it is"
            )
            raise InputError(message, file=file, line=1)


def head_line(name: str, digest: str) -> str:
    """Return the line by which a file is held to its digest."""
    return f"# {_on_one_line(name)}, digest {digest}: every value, and where it was written"


def loose_line(name: str, digest: str) -> str:
    """Return a line that tells as much and holds the file to nothing, since it is meant to be edited."""
    return f"# {_on_one_line(name)} with the digest {digest}: every value, and where it was written"


def promise_of(file: Path, files: FileCache) -> Promise | None:
    """Return what the first line of a file promises; InputError where it cannot be read."""
    start = files.content(file)[:_LONGEST].decode(errors="replace")
    found = _LINE.match(start.splitlines()[0]) if start else None
    return Promise(name=found[1], digest=found[2]) if found else None


def _on_one_line(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
