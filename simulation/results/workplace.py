"""Where something is made before it is put in its place: hidden, unique, owned, and cleared if the owner was killed.

Beside a place `NAME` lie, while it is made, with a random token:

- `.NAME.partial-TOKEN`, the folder or file that is made;
- `.NAME.replaced-TOKEN`, for a moment, what it takes the place of;
- `.NAME.owner-TOKEN`, who makes it: a record of the process, locked (`flock`) as long as that lives.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulation.io.signals import ends_as_exceptions, forget, remember, undisturbed
from simulation.results.leftovers import clear_left, remove
from simulation.results.owner import ALIVE, new_record

TRIES = 5


class Workplace:
    """The hidden place in which `place` is made; `begin` makes its record, `clear` removes every trace."""

    def __init__(self, place: Path) -> None:
        """Choose names; nothing is made yet."""
        self.parent, self._token = place.parent, secrets.token_hex(4)
        self.working = self._beside(place.name, "partial")
        self._record = self._beside(place.name, "owner")
        self._aside: Path | None = None
        self._lock: int | None = None
        self._made: list[Path] = []

    def _beside(self, name: str, what: str) -> Path:
        return self.parent / f".{name}.{what}-{self._token}"

    def aside(self, name: str) -> Path:
        """Return where the old thing of a name goes while the new one takes its place."""
        self._aside = self._beside(name, "replaced")
        return self._aside

    def begin(self) -> None:
        """Make missing parents and the record; OSError where nothing can be written."""
        self._made = [each for each in (self.parent, *self.parent.parents) if not each.exists()]
        remember(self.clear)
        ALIVE.add(self._token)
        for left in reversed(range(TRIES)):
            self.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock = new_record(self._record)
                return
            except FileNotFoundError:  # another process has just removed the folder, which was empty
                if not left:
                    raise

    def clear(self) -> None:
        """Remove all that is hidden, and the folders made for it if nothing else is in them; may be repeated."""
        with contextlib.suppress(OSError):
            remove(self.working)
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)
        with contextlib.suppress(OSError):
            if self._aside is None or not os.path.lexists(self._aside):  # else a later run puts it back
                self._record.unlink(missing_ok=True)
        for folder in self._made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        ALIVE.discard(self._token)
        forget(self.clear)


def remove_whole(folder: Path) -> None:
    """Remove a folder, which gives up its name first: whoever is killed meanwhile leaves no half of it."""
    work = Workplace(folder)
    try:
        work.begin()
        folder.rename(work.working)
    except OSError:  # a full disk, or a system that renames nothing that is open
        remove(folder)
    finally:
        with undisturbed():
            work.clear()


@contextmanager
def scratch_folder(name: str) -> Iterator[Path]:
    """Give a folder among the temporary ones, which goes at the end of the block."""
    work = Workplace(Path(tempfile.gettempdir()) / name)
    clear_left(work.parent)
    with ends_as_exceptions():
        try:
            work.begin()
            work.working.mkdir(mode=0o700)
            yield work.working
        finally:
            with undisturbed():
                work.clear()
