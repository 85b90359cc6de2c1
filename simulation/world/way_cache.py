"""Quickest ways kept on disk: to find them, and to import what finds them, takes a third of a warm start.

A file is named by a hash of all that decides its content, the sources that work it out included, so that it cannot
go stale. It saves time and nothing else: where it cannot be read or written, or is not what the checksum at its head
says, the ways are found again.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from simulation.io.folders import cache_root
from simulation.model.state import WAY

Find = Callable[[], np.ndarray]

_HEAD = 32
"""Bytes of the checksum that a file begins with."""
_KEPT = 4
"""Files; of a region such as Syria, with 400 places, 15 MB each."""


def cached_ways(decided_by: Sequence[np.ndarray], sources: Sequence[Path], find: Find) -> np.ndarray:
    """Return WAY (cells, places) from disk, or else as `find` gives it.

    `decided_by` are all numbers that decide what it gives, `sources` the files of the code that works it out.
    """
    file = cache_root() / f"ways-{_name(decided_by, sources)}.bin"
    with contextlib.suppress(OSError):
        content = file.read_bytes()
        if _checksum(content[_HEAD:]) == content[:_HEAD]:
            ways: np.ndarray = np.load(io.BytesIO(content[_HEAD:]), allow_pickle=False).view(WAY)
            return ways
    found = find()
    stream = io.BytesIO()
    np.save(stream, found.view(np.uint8))
    with contextlib.suppress(OSError):
        _keep(file, _checksum(stream.getbuffer()) + stream.getbuffer())
    return found


def _checksum(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_HEAD).digest()


def _name(decided_by: Sequence[np.ndarray], sources: Sequence[Path]) -> str:
    digest = hashlib.sha256(repr(WAY).encode())
    for source in sources:
        digest.update(source.read_bytes() + b"\0")
    for array in decided_by:
        digest.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:24]


def _keep(file: Path, content: bytes) -> None:
    """Write a file beside and rename it, so that nobody reads half of one; then drop the oldest."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".ways-", suffix=".bin")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(beside, file)
    except BaseException:
        os.unlink(beside)
        raise
    others = sorted(file.parent.glob("ways-*.bin"), key=lambda each: each.stat().st_mtime)
    for old in others[:-_KEPT]:
        old.unlink(missing_ok=True)
