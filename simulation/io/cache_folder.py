"""Where things are kept on disk that take long to make and can be made again."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_root() -> Path:
    """Return the folder of all that is kept; SIMULATE_CACHE_DIR overrides the user's cache folder."""
    chosen = os.environ.get("SIMULATE_CACHE_DIR")
    return Path(chosen) if chosen else user_cache_path("simulate", appauthor=False)
