"""What the file system must be asked or told for a whole folder to be put in its place."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from pathlib import Path


def sync(path: Path, *, inside: bool = True) -> None:
    """Have a file or a folder, with what is `inside` it, on the disk itself before it gets its name.

    Otherwise a power cut soon after the renaming can leave empty files under the final name, and a disk that is
    reached over a network would say only then that it is full.
    """
    for each in (*path.rglob("*"), path) if inside and path.is_dir() else (path,):
        if each.is_dir():
            with contextlib.suppress(PermissionError):  # of a folder in which one may write and not look
                _sync_one(each)
        else:
            _sync_one(each)


def _sync_one(path: Path) -> None:
    """Have one file or folder on the disk; a file system that cannot promise it is taken as it is."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def is_mount_point(path: Path) -> bool:
    """Return whether another file system or folder is mounted at a real path, which can then not be renamed."""
    if os.path.ismount(path):
        return True
    try:
        mounts = (
            Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        )
    except OSError:
        return False
    octal = re.compile(r"\\([0-7]{3})")
    return any(
        octal.sub(lambda found: chr(int(found[1], 8)), line.split()[4]) == str(path) for line in mounts
    )
