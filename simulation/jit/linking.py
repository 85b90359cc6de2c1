"""Rules are compiled as parts of what Python calls, not one by one.

Numba makes every function a program of its own: it takes in all that the function calls, optimises the whole and
turns it into machine code, so that a rule is compiled once for itself and again for each function above it. Of a
few hundred rules Python calls six in a run. Here a function that compiled code calls stays an unfinished part,
and is optimised and turned into machine code where it is used; one that Python calls is made whole, and kept in the
cache on disk. Compiling then takes two fifths of the time, and histories three quarters, because the compiler knows
all who call a function. All here leans on numba's inside, and is optional: see `simulation.jit.fallback`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any

from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.environment import lookup_environment
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering

OPTIONS = {
    "nopython": True,
    "nogil": True,
    "error_model": "numpy",
    "boundscheck": None,
    "no_cfunc_wrapper": True,
}


class _PartCode(JITCodeLibrary):
    """The code of a part with all that it calls, to be linked into a whole."""

    def _optimize_final_module(self) -> None:
        """Leave that to the whole."""

    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalized = True


class _WholeCode(JITCodeLibrary):
    """The code of a whole, parts included."""

    def _optimize_final_module(self) -> None:
        """Optimise, knowing that nobody else calls the parts: what is called once, say, needs no call at all."""
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        super()._optimize_final_module()


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(NativeLowering):
    """Numba's last step without its end: no machine code, no address to call."""

    _name = "part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Write the code of a part and make it known to the functions that will call it."""
        state.library = _PartCode(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        written = state["cr"]
        # Numba finds a function by what Python would call: some built-in of its own, which is never called.
        key: Any = [].append
        state.targetctx.insert_user_function(key, written.fndesc, [state.library])
        state["cr"] = written._replace(cfunc=key)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class _WholeLowering(NativeLowering):
    """Numba's last step."""

    _name = "whole_lowering"

    def run_pass(self, state: Any) -> bool:
        """Write the code of a whole and turn it into machine code."""
        state.library = _WholeCode(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        super().run_pass(state)
        _furnish(state.library)
        return True


def _furnish(library: JITCodeLibrary) -> None:
    """Give the parts of a whole their environments, which `print` and `raise` need, as numba does for a function."""
    for variable in library._final_module.global_variables:
        environment = lookup_environment(variable.name)
        if environment is not None:
            library.codegen.set_env(variable.name, environment)


class _Compiler(CompilerBase):
    """Numba's steps with another last one."""

    last: type[NativeLowering]

    def define_pipelines(self) -> list[Any]:
        """Return the one list of steps."""
        steps = DefaultPassBuilder.define_nopython_pipeline(self.state)
        steps.passes = [(self.last if step is NativeLowering else step, told) for step, told in steps.passes]
        return [steps]


class _PartCompiler(_Compiler):
    last = _PartLowering


class _WholeCompiler(_Compiler):
    last = _WholeLowering


class Part(CPUDispatcher):
    """A compiled function: a part for those compiled functions that call it, a whole when Python does."""

    def __init__(self, function: Callable[..., Any], keep: Callable[[CPUDispatcher], None]) -> None:
        """Take the function, and who lets a whole be kept on disk; nothing is compiled before it is called."""
        super().__init__(
            function, targetoptions=OPTIONS | {"no_cpython_wrapper": True}, pipeline_class=_PartCompiler
        )
        self._keep = keep

    @property
    def whole(self) -> Any:
        """The same function as Python calls it, kept in the cache on disk."""
        if "_whole" not in self.__dict__:
            whole = CPUDispatcher(self.py_func, targetoptions=OPTIONS, pipeline_class=_WholeCompiler)
            self._keep(whole)
            self.__dict__.setdefault("_whole", whole)  # threads may come here together; all get the first one
        return self.__dict__["_whole"]

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the whole."""
        return self.whole(*arguments, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as the name that the function has in its module."""
        return _named, (self.py_func.__module__, self.py_func.__qualname__)


def _named(module: str, name: str) -> Any:
    return attrgetter(name)(import_module(module))
