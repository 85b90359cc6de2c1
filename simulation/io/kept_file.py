"""Files that save time and nothing else: what was worked out once, under a hash of all that decides it.

So they cannot go stale. One that cannot be read, trusted or written costs the work again, without a word.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from simulation.io.folders import cache_root
from simulation.io.sealed_file import BrokenSealError, read_sealed, write_sealed

_DIGITS = 24
"""Of the key, in the name of a file."""


def read_kept(kind: str, key: bytes) -> bytes | None:
    """Return what was kept for a key among the files of a kind, None where there is nothing that can be trusted."""
    file = _file(kind, key)
    with contextlib.suppress(BrokenSealError):
        content = read_sealed(file, key)
        if content is not None:
            with contextlib.suppress(OSError):
                os.utime(file)
            return content
    return None


def keep(kind: str, key: bytes, content: bytes | memoryview, most: int) -> None:
    """Keep something for a key; of the files of its kind, the `most` that were used last are kept beside it."""
    file = _file(kind, key)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_sealed(file, key, content)
        for old in _last_used(file, kind)[:-most]:
            old.unlink(missing_ok=True)  # whoever reads one reads it whole


def _file(kind: str, key: bytes) -> Path:
    return cache_root() / f"{kind}-{key.hex()[:_DIGITS]}.bin"


def _last_used(file: Path, kind: str) -> list[Path]:
    """Return the files of a kind, those that nobody has used for longest first."""
    found = file.parent.glob(f"{kind}-{'[0-9a-f]' * _DIGITS}.bin")
    return sorted(found, key=lambda each: each.lstat().st_mtime)
