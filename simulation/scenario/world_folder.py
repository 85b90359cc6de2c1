"""How a scenario names the folders of its seeds and its region: from its own folder, or as coming with the program."""

from __future__ import annotations

import os
from pathlib import Path

from simulation.io.folders import bundled
from simulation.io.pydantic_messages import nearest

BUNDLED = "bundled:"
"""Begins the name of a folder that comes with the program, wherever that is installed: `bundled:seeds/duel`."""
_MARKS = ("actors.yaml", "region.yaml")
"""A folder of seeds has the first file, a region the second."""
_DEPTHS = ("", "*/", "*/*/")


def world_folder(written: str, beside: Path) -> Path:
    """Return the folder that a scenario file in the folder `beside` names; ValueError, in words, for none."""
    if not written.startswith(BUNDLED):
        folder = Path(os.path.normpath((beside / written).absolute()))
        if not os.path.isdir(folder):
            raise ValueError(f"there is no folder '{written}' here ({folder})")
        return folder
    folder = bundled("seeds").parent / written.removeprefix(BUNDLED)
    if not is_bundled(folder) or written != _name_of(folder):
        names = bundled_folders()
        close = nearest(written, names) or f"; bundled are {', '.join(names)}"
        raise ValueError(f"no folder '{written}' comes with the program{close}")
    return folder


def written_folder(folder: Path, target: Path) -> str:
    """Return how a scenario file in `folder` names a folder of seeds or a region."""
    return _name_of(target) if is_bundled(target) else path_from(folder, target)


def is_bundled(folder: Path) -> bool:
    """Say whether seeds or a region come with the program."""
    inside = folder.is_relative_to(bundled("seeds")) and ".." not in folder.parts
    return inside and any(os.path.isfile(folder / mark) for mark in _MARKS)


def bundled_folders() -> tuple[str, ...]:
    """Return the names of the folders of seeds and the regions that come with the program, in order."""
    root = bundled("seeds")
    found = {file.parent for mark in _MARKS for depth in _DEPTHS for file in root.glob(depth + mark)}
    return tuple(_name_of(each) for each in sorted(found))


def _name_of(folder: Path) -> str:
    """Return the name of a bundled folder."""
    return f"{BUNDLED}{folder.relative_to(bundled('seeds').parent).as_posix()}"


def path_from(folder: Path, target: Path) -> str:
    """Return a path as it is named in a folder, with slashes; from another drive, as it is."""
    try:
        return Path(os.path.relpath(target, folder)).as_posix()
    except ValueError:
        return target.as_posix()
