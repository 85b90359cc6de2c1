"""What is said of compiling, each thing once, by one logger; whoever wants silence sets its level."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container
from typing import Any

COMPILING = "compiling the rules (once for this version, about half a minute)"


_SAID: set[str] = set()


def say_once(text: str) -> None:
    """Log a text as a warning, unless that has been done before."""
    if text not in _SAID:
        _SAID.add(text)
        logging.getLogger("simulation.compiling").warning(text)


def has_compiled() -> bool:
    """Return whether rules have been compiled since the program began, and not all found in the cache."""
    return COMPILING in _SAID


def announce_compiling(ours: Container[Callable[..., Any]]) -> None:
    """Say once that rules are being compiled, as soon as numba compiles one of our functions."""
    try:
        from numba.core.event import Event, Listener, register
    except ImportError:  # numba documents it for developers only; a run does not hang on it
        return

    class Compiling(Listener):
        def on_start(self, event: Event) -> None:
            if event.data["dispatcher"].py_func in ours:
                say_once(COMPILING)

        def on_end(self, event: Event) -> None:
            pass

    register("numba:compile", Compiling())
