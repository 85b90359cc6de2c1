"""What killed processes have left hidden in a folder is cleared by whoever makes something there later.

At once where the record says that the owner lived in this very boot and process namespace and is gone, otherwise after
`STALE` without a change. Either way only if the lock of the record is free, which other containers honour, and other
hosts too where the file system has locks.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import shutil
import time
from pathlib import Path

from simulation.io.signals import undisturbed
from simulation.results.owner import ALIVE, is_at, owner_is_gone, publishing, take

STALE = 24 * 3600.0
"""Seconds without a change after which what belongs to an unknown process is taken for left."""
_RECORD = re.compile(r"\.(?P<name>.+)\.owner-(?P<token>[0-9a-f]{8}|publishing)")
_log = logging.getLogger("simulation.results")


def clear_left(folder: Path) -> None:
    """Remove what killed processes have left hidden in a folder, and put back what they had set aside."""
    try:
        records = [found for each in os.listdir(folder) if (found := _RECORD.fullmatch(each))]
    except OSError:
        return
    for found in records:
        if found["token"] not in ALIVE:
            with contextlib.suppress(OSError), undisturbed():
                _clear_one(folder, folder / found.string, found["token"])


def _clear_one(folder: Path, record: Path, token: str) -> None:
    descriptor = os.open(record, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        if not take(descriptor, record) or not is_at(descriptor, record):
            return
        ends = (f".partial-{token}", f".replaced-{token}")
        theirs = [folder / each for each in os.listdir(folder) if each[0] == "." and each.endswith(ends)]
        gone = owner_is_gone(descriptor, token)
        if gone is None or (not gone and time.time() - max(map(_newest, [record, *theirs])) < STALE):
            return
        for path in theirs:
            if path.name.endswith(ends[0]):
                remove(path)
            else:
                place = folder / path.name.removeprefix(".").removesuffix(ends[1])
                with publishing(place):
                    settle(path, place)
        record.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _newest(path: Path) -> float:
    """Return when something last changed in a file or a folder [s since 1970]."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    return float(max(each.lstat().st_mtime for each in (path, *inside)))


def settle(aside: Path, place: Path) -> None:
    """End a replacement, whole or broken off: put the old thing back, or what is not ours into the new one.

    What cannot be put anywhere stays, under the visible name `NAME.before-TOKEN`. Whoever calls is `publishing`.
    """
    if not os.path.lexists(place):
        aside.rename(place)
        return
    try:
        if not _digest(aside) or _digest(aside) == _digest(place):
            carry_over(aside, place)
            shutil.rmtree(aside, ignore_errors=True)
            return
    except OSError as error:
        trouble = error.strerror
    else:
        trouble = "another run has taken its place"
    kept = place.parent / f"{place.name}.before-{aside.name[-8:]}"
    aside.rename(kept)
    _log.error("what lay in %s before is in %s (%s)", place, kept, trouble)


def _digest(folder: Path) -> object:
    """Return what a results folder is known by; None where there is nothing of the sort."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        return (manifest.get("kind"), manifest["digest"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, AttributeError):
        return "damaged"


def carry_over(old: Path, new: Path) -> None:
    """Move what only an old folder has into the new one: whatever somebody has laid into it."""
    for entry in list(os.scandir(old)):
        target = new / entry.name
        folder = entry.is_dir(follow_symlinks=False)
        if not os.path.lexists(target):
            os.rename(entry.path, target)
        elif folder and target.is_dir() and not target.is_symlink():
            carry_over(Path(entry.path), target)
        elif folder:  # a folder of the name of a file of ours
            os.rename(entry.path, new / f"{entry.name}.before-{secrets.token_hex(4)}")


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it; nothing need be there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
