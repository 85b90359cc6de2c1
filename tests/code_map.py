"""Where the code lies that tests name as text: a move changes this file and no test."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "simulation"

PROCESSES, EFFECTS, PLANNING = "model/processes", "model/effects", "model/planning"
"""The folders of the rules, in the package."""

DISPATCH, DEPENDENCIES = "engine/dispatch.py", "engine/dependencies.py"
CLOCKS, LOOP = "engine/clocks.py", "engine/loop.py"
NUMBERS, PARAMETERS, STATE = "model/registry.py", "model/parameters.py", "model/state"
MUSTER, CONTROL, VIEW = f"{EFFECTS}/muster.py", f"{EFFECTS}/control.py", f"{PLANNING}/view.py"
CACHE = "jit/cache.py"
COMPILERS = "jit"
"""The only folder that knows numba."""

BUNDLED, ENSEMBLE, BLANK, API = "io.folders", "engine.ensemble", "world.blank", "api.run"
VARIANTS, TRAVEL = "scenario.variants", "region.travel"
CONSOLE, OPTIONS, COMMANDS, ERRORS = "commands.console", "commands.options", "commands", "errors"
BOUNDS, SIGNALS, EVENT_LINES = "api.bounds", "io.signals", "io.event_lines"
TYPING_PAIR = ("mesa_model/model.py", "mesa_model/agents.py")
"""The only files that may name each other, as types alone."""
BLIND_TO_TRUTH = ("scenario", "documents", "region", "engine", "world", "model", "mesa_model", "histories")
"""The folders that build or run a world: nothing in them knows what happened afterwards."""


def module(name: str) -> str:
    """Return the full name of a module of the package."""
    return f"simulation.{name}"


def module_of(file: str) -> str:
    """Return the full name of the module in a file of the package."""
    return module(file.removesuffix(".py").replace("/", "."))
