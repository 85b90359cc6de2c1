"""Sealed files: what is kept on disk comes back as it was written, from somebody who is trusted, or not at all.

A file begins with its length and a checksum over what it is kept for, its key, and what is in it. So it is found out
when a file was cut short, changed or exchanged for another. A checksum is no signature, and stops nobody who means
harm: so a file or folder is not believed unless it belongs to the user or to root, and nobody else may write to it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import time
from functools import partial
from pathlib import Path

_LENGTH, _CHECKSUM = 8, 32
"""Bytes at the head of a file."""
_PARTIAL = ".simulate-partial"
"""The end of a name that nobody else gives: what has it may be removed, whatever folder it is in."""
_ABANDONED = 3600.0
"""Seconds after which a half-written file belongs to nobody any more."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_READ, _ALL = stat.S_IRUSR | stat.S_IXUSR, stat.S_IRWXU


class BrokenSealError(Exception):
    """A file is not what was written to it, or somebody else may have written it; it says which and why."""

    def __init__(self, file: Path, why: str) -> None:
        """Take the file and a predicate."""
        super().__init__(f"{file} {why}")


def read_sealed(file: Path, key: bytes) -> bytes | None:
    """Return what was written to a file for a key, None where there is no file.

    Errors: BrokenSealError where there is anything else.
    """
    try:
        with open(file, "rb", opener=_open_at_once) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BrokenSealError(file, "is no file")
            if doubt := _doubt(status):
                raise BrokenSealError(file, doubt)
            if stream.read(_LENGTH) != _length(status.st_size - _LENGTH - _CHECKSUM):
                raise BrokenSealError(file, "is damaged")
            checksum, content = stream.read(_CHECKSUM), stream.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        raise BrokenSealError(file, "is no file") from None
    except (OSError, MemoryError) as error:
        why = getattr(error, "strerror", None) or "too large"
        raise BrokenSealError(file, f"cannot be read ({why})") from error
    if checksum != _seal(key, content):
        raise BrokenSealError(file, "is damaged")
    return content


def write_sealed(file: Path, key: bytes, content: bytes | memoryview) -> None:
    """Write a file beside and rename it, so that nobody reads half of one; OSError where that cannot be done."""
    beside = file.with_name(f".{file.name}.{os.urandom(8).hex()}{_PARTIAL}")
    try:
        with open(beside, "xb", opener=partial(os.open, mode=0o644)) as stream:
            for part in (_length(len(content)), _seal(key, content), content):
                stream.write(part)
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        os.replace(beside, file)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _clear_abandoned(file.parent)


def lock_folder(folder: Path) -> None:
    """See to it that nobody but the user can write to a folder.

    Errors: FileNotFoundError where there is none, another OSError where it is somebody else's or cannot be read.
    """
    status = folder.stat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    mode = stat.S_IMODE(status.st_mode) & ~_OTHERS_MAY_WRITE
    if mode & _READ != _READ:
        mode |= _ALL
    if mode != stat.S_IMODE(status.st_mode) and _has_owners() and status.st_uid == os.geteuid():
        with contextlib.suppress(OSError):
            folder.chmod(mode)
            status = folder.stat()
    if doubt := _doubt(status):
        raise PermissionError(errno.EPERM, doubt, str(folder))


def make_folder(folder: Path) -> None:
    """Make a folder to which only the user can write, in place of a file or of a link that leads nowhere.

    Errors: OSError where it cannot be made or written to, or is somebody else's.
    """
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    except FileExistsError:
        folder.unlink(missing_ok=True)
        folder.mkdir(mode=0o755, exist_ok=True)
    lock_folder(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        read_only = os.statvfs(folder).f_flag & os.ST_RDONLY if hasattr(os, "statvfs") else False
        trouble = errno.EROFS if read_only else errno.EACCES
        raise OSError(trouble, os.strerror(trouble), str(folder))


def _open_at_once(path: str, flags: int) -> int:
    """Open a file, and do not wait where it is a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _length(content: int) -> bytes:
    return content.to_bytes(_LENGTH, "little", signed=True)


def _seal(key: bytes, content: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(hashlib.sha256(key).digest())
    digest.update(content)
    return digest.digest()


def _has_owners() -> bool:
    """Return whether this system knows whose a file is, as Windows does not in these words."""
    return hasattr(os, "geteuid")


def _doubt(status: os.stat_result) -> str:
    """Return why somebody else may have written a file or folder, nothing where nobody can have."""
    if _has_owners():
        if status.st_uid not in (os.geteuid(), 0):
            return "belongs to somebody else"
        if status.st_mode & _OTHERS_MAY_WRITE:
            return "can be written by others"
    return ""


def _clear_abandoned(folder: Path) -> None:
    """Remove what writers have left that were killed."""
    with contextlib.suppress(OSError):
        for each in folder.glob(f".*{_PARTIAL}"):
            if each.stat().st_mtime < time.time() - _ABANDONED:
                each.unlink(missing_ok=True)
