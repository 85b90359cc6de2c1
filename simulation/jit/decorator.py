"""The one decorator for compiled functions, and a compile cache that cannot go stale.

Numba's own cache watches only the file of the function itself, so an edited rule that another file calls
would keep running in its old form. Here the cache folder is named by a hash of every source that is compiled.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from platformdirs import user_cache_path

from simulation.errors import RunError
from simulation.jit.linking import Part

_PACKAGE = Path(__file__).parents[1]
_KEPT = 4


def source_digest() -> str:
    """Return a hash over the sources of all compiled functions and the versions that compile them."""
    digest = hashlib.sha256(f"{numba.__version__}".encode())
    files = [_PACKAGE / "errors.py"]
    for folder in ("model", "jit", "engine"):
        files += sorted((_PACKAGE / folder).rglob("*.py"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def cache_root() -> Path:
    """Return the folder of all compile caches; SIMULATE_CACHE_DIR overrides the user's cache folder."""
    chosen = os.environ.get("SIMULATE_CACHE_DIR")
    return Path(chosen) if chosen else user_cache_path("simulate", appauthor=False)


def _drop_old_caches(root: Path) -> None:
    """Keep the newest few caches; another process may be deleting the same folders."""
    if root.is_dir():
        folders = sorted((f for f in root.glob("rules-*") if f != CACHE), key=lambda f: f.stat().st_mtime)
        for folder in folders[: -_KEPT or None]:
            shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path) -> Path:
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


def _configure() -> None:
    """Tell numba where to keep what it compiles; a NUMBA_ variable that changes makes it forget that."""
    # No long loops over floats here: without vectorising, a tenth less to compile.
    vars(config).update(CACHE_DIR=str(CACHE), LOOP_VECTORIZE=0, SLP_VECTORIZE=0)


def _keep(whole: Any) -> None:
    """Let a function be kept in our folder; RunError where it would go elsewhere, where it could be stale."""
    _configure()
    whole.enable_caching()
    if CACHE not in Path(whole.stats.cache_path).parents:
        _make(CACHE)
        raise RunError(f"compiled rules cannot be kept in {CACHE}; set SIMULATE_CACHE_DIR to another folder")


CACHE = _make(cache_root() / f"rules-{source_digest()}")
_configure()
_drop_old_caches(cache_root())


def njit(function: Callable[..., Any]) -> Any:
    """Compile a function: cached, without the interpreter lock, in IEEE arithmetic (1/0 is infinite).

    What Python calls is compiled and cached whole; see `simulation.jit.linking`. With NUMBA_DISABLE_JIT it stays
    as it is.
    """
    return function if vars(config)["DISABLE_JIT"] else Part(function, _keep)


def compile_for(function: Any, *arguments: Any) -> None:
    """Compile what Python will call with arguments like these, or find it in the cache, and do not call it."""
    if isinstance(function, Part):
        function.whole.compile(tuple(map(numba.typeof, arguments)))
