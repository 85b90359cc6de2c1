"""A stochastic discrete-event simulation of armed conflict, initialised from documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.api import Explanation, Run, explain, run, trace
    from simulation.attributing import Sensitivity, sensitivity
    from simulation.comparing import Compared, compare
    from simulation.hindcasting import Hindcast, hindcast
    from simulation.mesa_model import ConflictModel
    from simulation.replaying import Replay, replay
    from simulation.scenario import Scenario, load_scenario

__all__ = [
    "Compared",
    "ConflictModel",
    "Explanation",
    "Hindcast",
    "Replay",
    "Run",
    "Scenario",
    "Sensitivity",
    "compare",
    "explain",
    "hindcast",
    "load_scenario",
    "replay",
    "run",
    "sensitivity",
    "trace",
]

_HOMES = {
    "Compared": "simulation.comparing",
    "compare": "simulation.comparing",
    "ConflictModel": "simulation.mesa_model",
    "Explanation": "simulation.api",
    "explain": "simulation.api",
    "Hindcast": "simulation.hindcasting",
    "hindcast": "simulation.hindcasting",
    "Replay": "simulation.replaying",
    "replay": "simulation.replaying",
    "Run": "simulation.api",
    "Scenario": "simulation.scenario",
    "Sensitivity": "simulation.attributing",
    "sensitivity": "simulation.attributing",
    "load_scenario": "simulation.scenario",
    "run": "simulation.api",
    "trace": "simulation.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that checking a scenario imports nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
