"""What each command of `simulate` does: a module with a function of its own name is a command.

The other modules are what commands share. A name that Python keeps for itself ends in an underscore: `list_`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

ORDER = (
    "run", "compare", "sweep", "sensitivity", "discover", "trace", "replay", "check", "hindcast", "truth", "new",
    "draft", "validate", "verify", "show", "sources", "list_", "lesson", "try_", "pack", "classroom", "results",
    "resume", "extend", "merge", "region", "report", "export", "schema", "doctor", "selftest",
)  # fmt: skip
"""The commands that come first in the help, in this order; any other comes after them."""


def commands() -> Iterator[tuple[str, Callable[..., None]]]:
    """Yield each command as (name, function), in the order of the help."""
    others = sorted({each.name for each in iter_modules(__path__)} - set(ORDER))
    for name in (*ORDER, *others):
        function = getattr(import_module(f"{__name__}.{name}"), name, None)
        if function is not None:
            yield name.removesuffix("_"), function
