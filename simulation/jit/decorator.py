"""The one decorator for compiled functions, and how objects of arrays are passed to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numba
import numpy as np
from numba.extending import is_jitted

from simulation.jit.cache import RULES
from simulation.jit.code_file import CodeFiles
from simulation.jit.fallback import LINKED, PLAIN, is_linking
from simulation.jit.state_pointer import StatePointer, declare

config: Any = numba.config

LINKING = not config.DISABLE_JIT and is_linking(RULES)
"""Whether rules are linked: compiled as parts of what Python calls."""

if LINKING:
    from simulation.jit.linking import Part
    from simulation.jit.rows import RowsAddress


def njit(function: Callable[..., Any]) -> Any:
    """Compile a function: cached, without the interpreter lock, in IEEE arithmetic (1/0 is infinite).

    Linked, only what Python calls is compiled to the end and kept; see `simulation.jit.linking`. The plain way compiles
    and keeps each function. With NUMBA_DISABLE_JIT it stays as it is.
    """
    if config.DISABLE_JIT:
        return function
    if LINKING:
        return Part(function, _keep)
    plain = numba.njit(nogil=True, error_model="numpy")(function)
    _keep(plain)
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


def _keep(called: Any) -> None:
    """Let what is compiled of a function be kept in our cache."""
    _configure()
    called._cache = CodeFiles(called.py_func, LINKED if LINKING else PLAIN, RULES)


def _configure() -> None:
    """Tell numba how to compile; it forgets that when it reads its settings again, as a NUMBA_ variable changed."""
    # No long loops over floats here: without vectorising, a tenth less to compile.
    vars(config).update(LOOP_VECTORIZE=0, SLP_VECTORIZE=0)


_configure()
