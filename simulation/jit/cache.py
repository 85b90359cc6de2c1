"""The folder of compiled rules, which cannot go stale: it is named by all that decides what is compiled.

Whatever is wrong with it costs half a minute and stops nothing: what cannot be kept is compiled by every process.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

import llvmlite
import numba
import numpy as np

from simulation.io.folders import cache_root
from simulation.io.sealed_file import BrokenSealError, lock_folder, make_folder, read_sealed, write_sealed
from simulation.jit.notices import say_compiling, say_not_kept

_PACKAGE = Path(__file__).parents[1]
_COMPILED = ("model", "jit", "engine")
_OUTSIDE = (_PACKAGE / "errors.py", _PACKAGE / "io" / "folders.py", _PACKAGE / "io" / "sealed_file.py")
_KEPT = 4
"""Folders beside the one in use that are kept, whenever they were last used."""
_IN_USE = 86_400.0
"""Seconds after its last use for which a folder is kept in any case: another process may still read from it."""


_DIGITS = 16
"""Of a hash, in the name of a folder."""


@functools.cache
def source_digest() -> str:
    """Return a hash over the sources of all compiled functions and the version that compiles them."""
    digest = hashlib.sha256(numba.__version__.encode())
    files = [*_OUTSIDE, *(each for name in _COMPILED for each in sorted((_PACKAGE / name).rglob("*.py")))]
    for file in files:
        name = file.relative_to(_PACKAGE).as_posix()
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_DIGITS]


def folder_name() -> str:
    """Return the name of the cache of these sources, compiled by these versions of Python and its libraries."""
    decided_by = (source_digest(), sys.implementation.cache_tag, llvmlite.__version__, np.__version__)
    return f"rules-{hashlib.sha256(repr(decided_by).encode()).hexdigest()[:_DIGITS]}"


class RulesCache:
    """A folder of sealed files; nothing is read or written before it is asked for something.

    What goes wrong with a disk is said, once, and stops nobody.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder
        self._is_used = self._has_dropped = False

    def read(self, name: str, key: bytes) -> bytes | None:
        """Return what was kept under a name for a key, None where there is nothing.

        Errors: BrokenSealError where there is something that cannot be trusted.
        """
        try:
            self._use()
        except OSError:  # said when it is to be written to
            return None
        return read_sealed(self.folder / name, key)

    def keep(self, name: str, key: bytes, content: bytes) -> None:
        """Keep something under a name for a key, or say why that cannot be."""
        try:
            self._make()
            write_sealed(self.folder / name, key, content)
        except OSError as error:
            self._say_not_kept(error)

    def say_compiling(self, again: str = "") -> None:
        """Say that something is being compiled and, if so, why `again`; where it cannot be kept, that instead."""
        try:
            self._make()
        except OSError as error:
            self._say_not_kept(error)
        say_compiling(again)

    def has_note(self, name: str) -> bool:
        """Return whether something was noted for all later processes."""
        try:
            return self.read(name, b"") is not None
        except BrokenSealError:
            return False

    def note(self, name: str) -> None:
        """Note something, where that can be done."""
        with contextlib.suppress(OSError):
            self._make()
            write_sealed(self.folder / name, b"", b"")

    def _use(self) -> None:
        """Look at the folder once, and leave a sign that it is in use; OSError where it cannot be trusted."""
        if not self._is_used:
            lock_folder(self.folder)
            with contextlib.suppress(OSError):
                os.utime(self.folder)
            self._is_used = True

    def _make(self) -> None:
        """Make the folder, and drop old ones once; OSError where it cannot be written to."""
        make_folder(self.folder)
        if not self._has_dropped:
            self._has_dropped = True
            _drop_old(self.folder)

    def _say_not_kept(self, error: OSError) -> None:
        say_not_kept(self.folder, error.strerror or str(error))


def _drop_old(used: Path) -> None:
    """Drop caches of other versions, but those used last; another process may be deleting the same folders."""
    with contextlib.suppress(OSError):
        others = [
            (each.stat(), each) for each in used.parent.glob(f"rules-{'[0-9a-f]' * _DIGITS}") if each != used
        ]
        others.sort(key=lambda found: found[0].st_mtime)
        for status, folder in others[:-_KEPT]:
            ours = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
            if ours and status.st_mtime < time.time() - _IN_USE:
                shutil.rmtree(folder, ignore_errors=True)


RULES = RulesCache(cache_root() / folder_name())
"""The cache of these sources."""
