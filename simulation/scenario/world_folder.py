"""How a scenario names the folders of its seeds and its region: from its own folder, or as coming with the program."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

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
        if not folder.is_dir():
            raise ValueError(f"there is no folder '{written}' here ({folder})")
        return folder
    names = bundled_folders()
    if written not in names:
        close = nearest(written, tuple(names)) or f"; bundled are {', '.join(names)}"
        raise ValueError(f"no folder '{written}' comes with the program{close}")
    return names[written]


def written_folder(folder: Path, target: Path) -> str:
    """Return how a scenario file in `folder` names a folder of seeds or a region."""
    names = {path: name for name, path in bundled_folders().items()}
    return names.get(target) or path_from(folder, target)


def is_bundled(folder: Path) -> bool:
    """Say whether seeds or a region come with the program."""
    return folder in bundled_folders().values()


def bundled_folders() -> dict[str, Path]:
    """Return the folders of seeds and the regions that come with the program, by their names."""
    root = bundled("seeds")
    found = sorted({file.parent for mark in _MARKS for depth in _DEPTHS for file in root.glob(depth + mark)})
    return {f"{BUNDLED}{PurePosixPath('seeds', *each.relative_to(root).parts)}": each for each in found}


def path_from(folder: Path, target: Path) -> str:
    """Return a path as it is named in a folder, with slashes; from another drive, as it is."""
    try:
        return Path(os.path.relpath(target, folder)).as_posix()
    except ValueError:
        return target.as_posix()
