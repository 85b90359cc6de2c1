"""Quickest ways kept on disk: to find them, and to import what finds them, takes a third of a warm start.

A file is named by a hash of all that decides its content, the sources that work it out included, so that it cannot
go stale. It saves a second and nothing else: where it cannot be read, trusted or written, the ways are found again,
without a word.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from simulation.io.folders import cache_root
from simulation.io.sealed_file import BrokenSealError, read_sealed, write_sealed
from simulation.model.state import WAY

Find = Callable[[], np.ndarray]

_DIGITS = 24
"""Of the key, in the name of a file."""
_KEPT = 4
"""Files; of a region such as Syria, with 400 places, 15 MB each."""


def cached_ways(decided_by: Sequence[np.ndarray], sources: Sequence[Path], find: Find) -> np.ndarray:
    """Return WAY (cells, places) from disk, or else as `find` gives it.

    `decided_by` are all numbers that decide what it gives, `sources` the files of the code that works it out.
    """
    key = _key(decided_by, sources)
    file = cache_root() / f"ways-{key.hex()[:_DIGITS]}.bin"
    with contextlib.suppress(BrokenSealError):
        content = read_sealed(file, key)
        if content is not None:
            _mark_used(file)
            ways: np.ndarray = np.load(io.BytesIO(content), allow_pickle=False).view(WAY)
            return ways
    found = find()
    stream = io.BytesIO()
    np.save(stream, found.view(np.uint8))
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_sealed(file, key, stream.getbuffer())
        _drop_old(file)
    return found


def _key(decided_by: Sequence[np.ndarray], sources: Sequence[Path]) -> bytes:
    digest = hashlib.sha256(repr(WAY).encode())
    for source in sources:
        digest.update(source.read_bytes() + b"\0")
    for array in decided_by:
        digest.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return digest.digest()


def _mark_used(file: Path) -> None:
    with contextlib.suppress(OSError):
        os.utime(file)


def _drop_old(used: Path) -> None:
    """Drop the files that nobody has used for longest; whoever reads one reads it whole."""
    others = sorted(
        used.parent.glob(f"ways-{'[0-9a-f]' * _DIGITS}.bin"), key=lambda each: each.lstat().st_mtime
    )
    for old in others[:-_KEPT]:
        old.unlink(missing_ok=True)
