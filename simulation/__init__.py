"""A stochastic discrete-event simulation of armed conflict, initialised from documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.api.build_region import BuiltRegion, build_region
    from simulation.api.check import Check, check
    from simulation.api.compare import Compared, compare
    from simulation.api.discover import Discovered, discover
    from simulation.api.doctor import Diagnosis, doctor
    from simulation.api.export import export
    from simulation.api.extend import extend
    from simulation.api.film import Film, film
    from simulation.api.hindcast import Hindcast, hindcast
    from simulation.api.lesson import LessonKit, lesson
    from simulation.api.merge import merge
    from simulation.api.new_conflict import NewConflict, new_conflict
    from simulation.api.open_results import open_results
    from simulation.api.open_run import open_run
    from simulation.api.pack import Pack, pack
    from simulation.api.past_runs import past_runs
    from simulation.api.replay import Replay, replay
    from simulation.api.resume import resume
    from simulation.api.run import Run, run
    from simulation.api.sensitivity import Sensitivity, sensitivity
    from simulation.api.sweep import Sweep, sweep
    from simulation.api.trace import Explanation, explain, trace
    from simulation.api.truth import truth
    from simulation.api.verify import verify
    from simulation.api.write_report import write_report
    from simulation.mesa_model import ConflictModel, OwnProcess
    from simulation.results.past_runs import PastRun
    from simulation.results.verification import Verdict
    from simulation.scenario import Scenario, load_scenario

__all__ = [
    "BuiltRegion",
    "Check",
    "Compared",
    "ConflictModel",
    "Diagnosis",
    "Discovered",
    "Explanation",
    "Film",
    "Hindcast",
    "LessonKit",
    "NewConflict",
    "OwnProcess",
    "Pack",
    "PastRun",
    "Replay",
    "Run",
    "Scenario",
    "Sensitivity",
    "Sweep",
    "Verdict",
    "build_region",
    "check",
    "compare",
    "discover",
    "doctor",
    "explain",
    "export",
    "extend",
    "film",
    "hindcast",
    "lesson",
    "load_scenario",
    "merge",
    "new_conflict",
    "open_results",
    "open_run",
    "pack",
    "past_runs",
    "replay",
    "resume",
    "run",
    "sensitivity",
    "sweep",
    "trace",
    "truth",
    "verify",
    "write_report",
]

_HOMES = {
    "BuiltRegion": "simulation.api.build_region",
    "build_region": "simulation.api.build_region",
    "Check": "simulation.api.check",
    "check": "simulation.api.check",
    "Compared": "simulation.api.compare",
    "compare": "simulation.api.compare",
    "ConflictModel": "simulation.mesa_model",
    "Diagnosis": "simulation.api.doctor",
    "doctor": "simulation.api.doctor",
    "Explanation": "simulation.api.trace",
    "Discovered": "simulation.api.discover",
    "discover": "simulation.api.discover",
    "explain": "simulation.api.trace",
    "export": "simulation.api.export",
    "extend": "simulation.api.extend",
    "Film": "simulation.api.film",
    "film": "simulation.api.film",
    "Hindcast": "simulation.api.hindcast",
    "hindcast": "simulation.api.hindcast",
    "LessonKit": "simulation.api.lesson",
    "lesson": "simulation.api.lesson",
    "merge": "simulation.api.merge",
    "NewConflict": "simulation.api.new_conflict",
    "new_conflict": "simulation.api.new_conflict",
    "open_results": "simulation.api.open_results",
    "open_run": "simulation.api.open_run",
    "OwnProcess": "simulation.mesa_model",
    "Pack": "simulation.api.pack",
    "pack": "simulation.api.pack",
    "PastRun": "simulation.results.past_runs",
    "past_runs": "simulation.api.past_runs",
    "Replay": "simulation.api.replay",
    "replay": "simulation.api.replay",
    "resume": "simulation.api.resume",
    "Run": "simulation.api.run",
    "Scenario": "simulation.scenario",
    "Sensitivity": "simulation.api.sensitivity",
    "sensitivity": "simulation.api.sensitivity",
    "Sweep": "simulation.api.sweep",
    "sweep": "simulation.api.sweep",
    "load_scenario": "simulation.scenario",
    "run": "simulation.api.run",
    "trace": "simulation.api.trace",
    "truth": "simulation.api.truth",
    "Verdict": "simulation.results.verification",
    "verify": "simulation.api.verify",
    "write_report": "simulation.api.write_report",
}


def __dir__() -> list[str]:
    """Return the public names, also those that are not loaded yet."""
    return sorted([*__all__, "__version__"])


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that checking a scenario imports nothing heavy."""
    if name == "__version__":
        from importlib.metadata import version

        return version("simulate-conflict")
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
