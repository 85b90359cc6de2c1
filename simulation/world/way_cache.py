"""Quickest ways kept on disk: to find them, and to import what finds them, takes a third of a warm start.

All that decides them is in their key, the sources that work them out included.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from simulation.io.kept_file import keep, read_kept
from simulation.model.state import WAY

Find = Callable[[], np.ndarray]

_KEPT = 4
"""Files; of a country with 400 places, 15 MB each."""


def cached_ways(decided_by: Sequence[np.ndarray], sources: Sequence[Path], find: Find) -> np.ndarray:
    """Return WAY (cells, places) from disk, or else as `find` gives it.

    `decided_by` are all numbers that decide what it gives, `sources` the files of the code that works it out.
    """
    key = _key(decided_by, sources)
    content = read_kept("ways", key)
    if content is not None:
        ways: np.ndarray = np.load(io.BytesIO(content), allow_pickle=False).view(WAY)
        return ways
    found = find()
    stream = io.BytesIO()
    np.save(stream, found.view(np.uint8))
    keep("ways", key, stream.getbuffer(), _KEPT)
    return found


def _key(decided_by: Sequence[np.ndarray], sources: Sequence[Path]) -> bytes:
    digest = hashlib.sha256(repr(WAY).encode())
    for source in sources:
        digest.update(source.read_bytes() + b"\0")
    for array in decided_by:
        digest.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return digest.digest()
