"""Where the scenarios and seeds that come with the program lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

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
