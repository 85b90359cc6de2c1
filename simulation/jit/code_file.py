"""Machine code on disk, in place of numba's own cache, which runs whatever lies there.

Numba unpickles its files and executes what is in them without a look at whether they are whole, or whose they are.
Here a function is kept in a sealed file for each set of types of its arguments, and read from there only as it was
written. It leans on how numba takes its results apart for its own cache; where a version does that otherwise,
nothing is kept and a notice says so: every process then compiles its rules, with the same results.
"""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulation.io.sealed_file import BrokenSealError
from simulation.jit.cache import RulesCache
from simulation.jit.notices import in_a_line, say_not_kept


class CodeFiles:
    """What numba asks for the machine code of a function before it compiles, and hands it to afterwards."""

    def __init__(self, function: Callable[..., Any], way: str, cache: RulesCache) -> None:
        """Take the function, the way in which it is compiled, and where it is kept."""
        self._function, self._way, self._cache = function, way, cache

    @property
    def cache_path(self) -> str:
        """The folder."""
        return str(self._cache.folder)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the function for these types as it was compiled once, None where it must be compiled."""
        again = ""
        try:
            _make_ready(target_context)
            name, key = self._address(sig, target_context.codegen())
            content = self._cache.read(name, key)
            if content is not None:
                return _unpacked(content, target_context)
        except BrokenSealError as error:
            again = str(error)
        except Exception as error:  # what has changed inside a library may fail in any way
            again = in_a_line(error)
        self._cache.say_compiling(again)
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a function that has been compiled for these types."""
        try:
            if data.library.has_dynamic_globals or any(not each.can_cache for each in data.lifted):
                raise ValueError(f"{self._function.__qualname__} holds an address of this process")
            name, key = self._address(sig, data.codegen)
            content = _packed(data._reduce())
        except Exception as error:  # as above
            say_not_kept(self._cache.folder, in_a_line(error))
        else:
            self._cache.keep(name, key, content)

    def enable(self) -> None:
        """Do nothing: it is always of use."""

    def disable(self) -> None:
        """Do nothing."""

    def flush(self) -> None:
        """Do nothing: what is compiled once more takes the place of what was kept."""

    def _address(self, sig: Any, codegen: Any) -> tuple[str, bytes]:
        """Return the name of a file and the key of what is in it: the function, its types and the processor."""
        function = self._function
        code, cells = function.__code__, function.__closure__ or ()
        parts = (
            self._cache.folder.name, self._way, function.__module__, function.__qualname__, code.co_firstlineno,
            _digest_of(code.co_filename), repr(sig), codegen.magic_tuple(),
        )  # fmt: skip
        key = repr(parts).encode() + b"\0" + _packed(tuple(cell.cell_contents for cell in cells))
        title = f"{Path(code.co_filename).stem}.{function.__qualname__}".replace("<", "").replace(">", "")
        return f"{title[-80:]}-{hashlib.sha256(key).hexdigest()[:16]}.code", key


@functools.cache
def _digest_of(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


def _make_ready(target_context: Any) -> None:
    """Let machine code be loaded: it may call numba's runtime.

    `target_context.refresh` does more, and takes half of the time: it tells the compiler of all that numba can compile.
    Whoever compiles calls it.
    """
    from numba.core.runtime.nrt import rtsys

    rtsys.initialize(target_context)


def _packed(parts: tuple[Any, ...]) -> bytes:
    from numba.core.serialize import dumps

    packed: bytes = dumps(parts)
    return packed


def _unpacked(content: bytes, target_context: Any) -> Any:
    from numba.core.compiler import CompileResult

    return CompileResult._rebuild(target_context, *pickle.loads(content))
