"""The folders of the program: what comes with it, and what is kept that takes long to make."""

from __future__ import annotations

import functools
import os
import tempfile
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from simulation.errors import RunError

Kind = Literal["scenarios", "seeds"]
FIRST_CASE = "aleppo"
"""The bundled scenario with the most in it: what a hindcast and the self-test take where none is named."""


@functools.cache
def bundled(kind: Kind) -> Path:
    """Return the folder of bundled scenarios or seeds: inside an installed wheel, or beside the package.

    Errors: RunError when neither is there, which means a broken installation.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "bundled" / kind, package.parent / kind):
        if folder.is_dir():
            return folder
    raise RunError(f"the installation is incomplete: its folder '{kind}' is missing; install simulate again")


def cache_root() -> Path:
    """Return the folder of all that is kept; SIMULATE_CACHE_DIR, a path as in a shell, overrides the user's own.

    It need not be there, nor be a folder. Who has no home has a folder among the temporary ones.
    """
    chosen = os.environ.get("SIMULATE_CACHE_DIR", "")
    try:
        root = os.path.expanduser(chosen if chosen.strip() else user_cache_path("simulate", appauthor=False))
    except RuntimeError:  # what platformdirs says where there is no home, and older ones do not
        root = "~"
    if root == "~" or root.startswith(f"~{os.sep}"):
        return Path(tempfile.gettempdir()) / f"simulate-{getattr(os, 'getuid', os.getpid)()}"
    return Path(root).absolute()
