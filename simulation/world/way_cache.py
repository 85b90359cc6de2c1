"""Quickest ways kept on disk: to find them, and to import what finds them, takes a third of a warm start.

A file is named by a hash of all that decides its content, the sources that work it out included, so that it cannot
go stale. It saves time and nothing else: where it cannot be read or written, the ways are found again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from simulation.io.cache_folder import cache_root
from simulation.region import travel

_KEPT = 8
"""Files; of a region such as Syria 3 MB each."""

Find = Callable[[], np.ndarray]


def cached_days(cost: np.ndarray, neighbours: np.ndarray, targets: np.ndarray, find: Find) -> np.ndarray:
    """Return what `travel.days_to` gives, f8 (targets, n), from disk, or else as `find` gives it."""
    file = cache_root() / f"ways-{_name(cost, neighbours, targets)}.npy"
    shape = len(targets), len(cost)
    with contextlib.suppress(OSError, ValueError, EOFError):
        days: np.ndarray = np.load(file, allow_pickle=False)
        if days.shape == shape and days.dtype == np.float64:
            return days
    days = find()
    with contextlib.suppress(OSError):
        _keep(file, days)
    return days


def _name(*arrays: np.ndarray) -> str:
    digest = hashlib.sha256(Path(travel.__file__).read_bytes())
    for array in arrays:
        digest.update(f"{array.dtype} {array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:24]


def _keep(file: Path, days: np.ndarray) -> None:
    """Write a file beside and rename it, so that nobody reads half of one; then drop the oldest."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".ways-", suffix=".npy")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            np.save(stream, days)
        os.replace(beside, file)
    except BaseException:
        os.unlink(beside)
        raise
    others = sorted(file.parent.glob("ways-*.npy"), key=lambda each: each.stat().st_mtime)
    for old in others[:-_KEPT]:
        old.unlink(missing_ok=True)
