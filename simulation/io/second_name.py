"""Files under a second name, which takes no room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path


def link_or_copy(source: Path, names: Iterable[str], target: Path) -> None:
    """Give files in a folder, which nobody changes any more, the same names in another, or else copy them there."""
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / name, target / name)
        except OSError:
            shutil.copyfile(source / name, target / name)
