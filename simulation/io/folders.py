"""The folders of the program: what comes with it, and what is kept that takes long to make."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path

from simulation.errors import RunError

Kind = Literal["scenarios", "seeds"]


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
    """Return the folder of all that is kept; SIMULATE_CACHE_DIR overrides the user's cache folder."""
    chosen = os.environ.get("SIMULATE_CACHE_DIR")
    return Path(chosen) if chosen else user_cache_path("simulate", appauthor=False)
