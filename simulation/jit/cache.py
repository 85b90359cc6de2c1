"""A compile cache that cannot go stale.

Numba's own cache watches only the file of the function itself, so an edited rule that another file calls
would keep running in its old form. Here the cache folder is named by a hash of every source that is compiled.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import numba

from simulation.errors import RunError
from simulation.io.folders import cache_root

_PACKAGE = Path(__file__).parents[1]
_COMPILED = ("model", "jit", "engine")
_KEPT = 4


def source_digest() -> str:
    """Return a hash over the sources of all compiled functions and the version that compiles them."""
    digest = hashlib.sha256(f"{numba.__version__}".encode())
    files = [_PACKAGE / "errors.py", _PACKAGE / "io" / "folders.py"]
    for folder in _COMPILED:
        files += sorted((_PACKAGE / folder).rglob("*.py"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def made(folder: Path) -> Path:
    """Make a cache folder; RunError where nothing can be written, for numba would put its files elsewhere."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise RunError(
            f"compiled rules cannot be kept in {folder} ({error.strerror}); "
            "set SIMULATE_CACHE_DIR to a folder that can be written"
        ) from error
    return folder


def _drop_old(root: Path) -> None:
    """Keep the newest few caches; another process may be deleting the same folders."""
    folders = sorted((f for f in root.glob("rules-*") if f != FOLDER), key=lambda f: f.stat().st_mtime)
    for folder in folders[: -_KEPT or None]:
        shutil.rmtree(folder, ignore_errors=True)


FOLDER = made(cache_root() / f"rules-{source_digest()}")
"""The cache of these sources."""

_drop_old(cache_root())
