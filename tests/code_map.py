"""Where the code lies that tests name as text: a move changes this file and no test."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "simulation"

PROCESSES, EFFECTS, PLANNING = "processes", "effects", "planning"
"""The folders of the rules, in the package."""

DISPATCH, DEPENDENCIES = "processes/table.py", "processes/pending.py"
CLOCKS, LOOP = "engine/clocks.py", "engine/replicate.py"
NUMBERS, PARAMETERS = "process.py", "parameters.py"
MUSTER, CONTROL, VIEW = f"{EFFECTS}/muster.py", f"{EFFECTS}/control.py", f"{PLANNING}/view.py"
COMPILERS = ("compiled.py", "parts.py", "passing.py")
"""The only files that know numba."""

BUNDLED, ENSEMBLE, BLANK, API = "bundle", "engine.ensemble", "scenario.blank", "api"
CONSOLE, OPTIONS, COMMANDS, ERRORS = "console", "options", "commands", "errors"
YAML_READERS = ("documents.claim", "documents.force", "documents.actor", "scenario.chain")
BLIND_TO_TRUTH = (
    "scenario",
    "documents",
    "region",
    "engine",
    "processes",
    "effects",
    "planning",
    "mesa_model",
    "histories",
)
"""The folders that build or run a world: nothing in them knows what happened afterwards."""


def module(name: str) -> str:
    """Return the full name of a module of the package."""
    return f"simulation.{name}"


def module_of(file: str) -> str:
    """Return the full name of the module in a file of the package."""
    return module(file.removesuffix(".py").replace("/", "."))
