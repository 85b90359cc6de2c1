"""Which of the two ways rules are compiled: as linked parts, or each by numba's own decorator.

Linking leans on numba's inside, which may change with any version. So it is tried: its modules are imported at
each start, and the first start of a version compiles and runs a small example (see `simulation.jit.trial`). Where
that fails, rules are compiled the plain way, with the same results. SIMULATE_LINKING chooses by hand.
"""

from __future__ import annotations

import os
from importlib import import_module

import numba

from simulation.errors import InputError, RunError
from simulation.jit.cache import RulesCache
from simulation.jit.notices import in_a_line, say_once

VARIABLE = "SIMULATE_LINKING"
LINKED, PLAIN = "linked", "plain"


WORKED = "linking"
"""The note that the example worked."""


def is_linking(cache: RulesCache) -> bool:
    """Return whether rules are linked; that the example worked is noted in the cache.

    InputError for another word in SIMULATE_LINKING, RunError if it asks for `linked` and that does not work.
    """
    wish = os.environ.get(VARIABLE, "")
    if wish not in ("", LINKED, PLAIN):
        raise InputError(f"{VARIABLE} must be {LINKED} or {PLAIN}, not {wish!r}")
    if wish == PLAIN:
        return False
    trouble = _trouble(cache)
    if not trouble:
        return True
    failed = f"the rules cannot be linked with numba {numba.__version__} ({trouble})"
    if wish == LINKED:
        raise RunError(f"{VARIABLE} is {LINKED}, but {failed}")
    say_once(f"{failed}; they are compiled one by one: the first run takes longer, all results are the same")
    return False


def _trouble(cache: RulesCache) -> str | None:
    """Return why rules cannot be linked, None if they can."""
    try:
        import_module("simulation.jit.linking")
        import_module("simulation.jit.rows")
        if not cache.has_note(WORKED):
            import_module("simulation.jit.trial").link_and_run()
            cache.note(WORKED)
    except Exception as error:  # what has changed inside a library may fail in any way
        return in_a_line(error)
    return None
