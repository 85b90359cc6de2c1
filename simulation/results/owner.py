"""Whose something hidden is: a record of the process in a file that is locked as long as the process lives."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from simulation.io.signals import forget, remember, undisturbed

if sys.platform != "win32":
    import fcntl

ALIVE: set[str] = set()
"""Tokens of what this process is making."""
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL)
_MADE_BY = "simulate"
_log = logging.getLogger("simulation.results")


@contextmanager
def publishing(place: Path) -> Iterator[None]:
    """Be the only process that puts something in a place, where the system has locks."""
    if sys.platform == "win32":
        yield
        return
    lock = place.parent / f".{place.name}.owner-publishing"

    def drop() -> None:
        lock.unlink(missing_ok=True)

    while (held := _lock_now(lock, drop)) is None:
        time.sleep(0.02)
    try:
        yield
    finally:
        with undisturbed():
            drop()
            forget(drop)
            os.close(held)


def _lock_now(path: Path, drop: Callable[[], None]) -> int | None:
    """Return the descriptor of a file that is locked now, and this process's; None where another has it."""
    with undisturbed():
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if not take(descriptor, path) or not is_at(descriptor, path):
            os.close(descriptor)
            return None
        remember(drop)
        with contextlib.suppress(OSError):  # a full disk does not take away the lock
            os.ftruncate(descriptor, 0)
            os.write(descriptor, record_of_this_process())
        return descriptor


def new_record(path: Path) -> int:
    """Make the record of this process, locked, and return its descriptor; FileExistsError where there is one.

    Where the system can, it appears with all that it says, so that whoever is killed leaves none that tells nobody
    whose it is.
    """
    with contextlib.suppress(
        OSError, AttributeError
    ):  # then this is no such system, or the next lines say what is wrong
        return _written(os.open(path.parent, os.O_RDWR | os.O_TMPFILE, 0o600), path, named=False)
    return _written(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), path, named=True)


def _written(descriptor: int, path: Path, *, named: bool) -> int:
    """Lock and write a record, and give it its name unless it has it."""
    try:
        take(descriptor, path)
        os.write(descriptor, record_of_this_process())
        if not named:
            # Only with a folder, which an absolute path ignores, does Python ask that the link be followed.
            link = f"/proc/self/fd/{descriptor}"
            os.link(link, path, src_dir_fd=descriptor, follow_symlinks=True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def take(descriptor: int, path: Path) -> bool:
    """Lock an open file without waiting; return whether it is ours."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        _log.warning(
            "the file system of %s has no locks: write to it from one process at a time", path.parent
        )
    return True


def is_at(descriptor: int, path: Path) -> bool:
    """Return whether a path still leads to the open file."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def record_of_this_process() -> bytes:
    """Return what a record says: the process, when it began, and in which system its number means something."""
    record = {"made_by": _MADE_BY, "pid": os.getpid(), "started": _started("self"), **_world()}
    return json.dumps(record).encode()


def _world() -> dict[str, str]:
    """Return in which system a process number means something; empty texts where that cannot be told."""
    world = {"host": platform.node(), "boot": "", "processes": ""}
    with contextlib.suppress(OSError):
        if os.readlink("/proc/self") == str(os.getpid()):
            world["boot"] = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            world["processes"] = os.readlink("/proc/self/ns/pid")
    return world


def _started(process: int | str) -> str:
    """Return when a process began, in ticks since the boot; "" where there is no such process."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _is_gone(owner: dict[str, Any], token: str) -> bool:
    """Return whether the process of a record is known to have ended."""
    world = _world()
    if not world["boot"] or any(owner.get(key) != value for key, value in world.items()):
        return False
    if owner.get("pid") == os.getpid() and owner.get("started") == _started("self"):
        return token not in ALIVE
    return bool(_started(str(owner.get("pid"))) != owner.get("started"))


def owner_is_gone(descriptor: int, token: str) -> bool | None:
    """Return whether the process of an open record is known to have ended, False where that cannot be told.

    None for what is no record, or another user's.
    """
    if hasattr(os, "geteuid") and os.fstat(descriptor).st_uid != os.geteuid():
        return None
    text = os.read(descriptor, 4096)
    try:
        owner = json.loads(text) if text else {"made_by": _MADE_BY}
    except ValueError:
        return None
    if not isinstance(owner, dict) or owner.get("made_by") != _MADE_BY:
        return None
    return _is_gone(owner, token)
