"""A folder for what is only needed for a while, which is gone afterwards, however the work in it ends."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from simulation.io.signals import forget, remember


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Make an empty folder among the system's temporary ones; it goes at the end of the block, or by a signal."""
    with TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as made:
        remove = partial(shutil.rmtree, made, ignore_errors=True)
        remember(remove)
        try:
            yield Path(made)
        finally:
            forget(remove)
