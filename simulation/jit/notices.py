"""What is said of compiling, each thing once, by one logger; whoever wants silence sets its level."""

from __future__ import annotations

import logging
from pathlib import Path

COMPILING = "compiling the rules (once for this version, about half a minute)"
AGAIN = "compiling the rules again (up to half a minute)"
NOT_KEPT = "compiled rules are not kept in"
REMEDY = "set SIMULATE_CACHE_DIR to a folder that can be written"


_SAID: set[str] = set()


def say_once(text: str) -> None:
    """Log a text as a warning, unless that has been done before."""
    if text not in _SAID:
        _SAID.add(text)
        logging.getLogger("simulation.compiling").warning(text)


def has_compiled() -> bool:
    """Return whether rules have been compiled since the program began, and not all found in the cache."""
    return COMPILING in _SAID


def say_compiling(again: str = "") -> None:
    """Say that rules are being compiled, and why `again` where they had been kept; the first reason is the one told."""
    if not has_compiled():
        say_once(f"{AGAIN}: {again}" if again else COMPILING)
        _SAID.add(COMPILING)


def say_not_kept(folder: Path, why: str) -> None:
    """Say, once, that what is compiled is for this process alone, and what to do about it."""
    if NOT_KEPT not in _SAID:
        say_once(f"{NOT_KEPT} {folder} ({why}): every command compiles them, about half a minute; {REMEDY}")
        _SAID.update((NOT_KEPT, COMPILING))


def in_a_line(error: Exception) -> str:
    """Return the name of an error and what it says, as far as that is one line."""
    return f"{type(error).__name__}: {error}".splitlines()[0]
