"""The one decorator for compiled functions, and how objects of arrays are passed to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from weakref import WeakSet

import numba
import numpy as np
from numba.extending import is_jitted

from simulation.errors import RunError
from simulation.jit.cache import FOLDER, made
from simulation.jit.fallback import LINKED, PLAIN, is_linking
from simulation.jit.notices import announce_compiling
from simulation.jit.state_pointer import StatePointer, declare

config: Any = numba.config

LINKING = not config.DISABLE_JIT and is_linking(FOLDER)
"""Whether rules are linked: compiled as parts of what Python calls."""

if LINKING:
    from simulation.jit.linking import Part
    from simulation.jit.rows import RowsAddress

CACHE = made(FOLDER / (LINKED if LINKING else PLAIN))

_ours: WeakSet[Callable[..., Any]] = WeakSet()


def njit(function: Callable[..., Any]) -> Any:
    """Compile a function: cached, without the interpreter lock, in IEEE arithmetic (1/0 is infinite).

    Linked, only what Python calls is compiled to the end and kept; see `simulation.jit.linking`. The plain way compiles
    and keeps each function. With NUMBA_DISABLE_JIT it stays as it is.
    """
    if config.DISABLE_JIT:
        return function
    _ours.add(function)
    if LINKING:
        return Part(function, _keep)
    _configure()
    plain = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    _check(plain)
    return plain


def pass_by_address(passed: type, layout: Mapping[str, tuple[np.dtype, int]], row: int) -> None:
    """Let compiled functions take objects of a class; see `simulation.jit.state_pointer.declare`."""
    declare(passed, layout, row, RowsAddress if LINKING else StatePointer)


def as_called(function: Any) -> Any:
    """Return the numba function that runs when Python calls a compiled one."""
    return getattr(function, "whole", function)


def compile_for(function: Any, *arguments: Any) -> None:
    """Compile what Python will call with arguments like these, or find it in the cache, and do not call it."""
    if is_jitted(function):
        as_called(function).compile(tuple(map(numba.typeof, arguments)))


def _configure() -> None:
    """Tell numba where to keep what it compiles; a NUMBA_ variable that changes makes it forget that."""
    # No long loops over floats here: without vectorising, a tenth less to compile.
    vars(config).update(CACHE_DIR=str(CACHE), LOOP_VECTORIZE=0, SLP_VECTORIZE=0)


def _keep(whole: Any) -> None:
    """Let a function be kept in our folder."""
    _configure()
    whole.enable_caching()
    _check(whole)


def _check(kept: Any) -> None:
    """Raise RunError where a function would be kept elsewhere, where it could be stale."""
    if CACHE not in Path(kept.stats.cache_path).parents:
        made(CACHE)
        raise RunError(f"compiled rules cannot be kept in {CACHE}; set SIMULATE_CACHE_DIR to another folder")


_configure()
announce_compiling(_ours)
