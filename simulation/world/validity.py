"""What `validate` says of a scenario file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.errors import InputError
from simulation.scenario.archive import Archive
from simulation.scenario.loader import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.world.consistency import check_fit


def validity_of(file: str, overrides: Sequence[str], archive: Archive | None = None) -> dict[str, Any]:
    """Return whether a scenario can be run, and a message; never raises for what is wrong with it.

    Its files are read now, but for those in `archive`.
    """
    try:
        scenario = load_scenario(file, overrides, archive)
        check_fit(scenario)
    except InputError as error:
        return {"file": file, "valid": False, "message": str(error)}
    return {"file": file, "valid": True, "message": f"valid; {_size(scenario)}", "digest": scenario.digest}


def _size(scenario: Scenario) -> str:
    uncertain = sum(each.dist is not None for each in scenario.inputs.values())
    measures = f"{len(scenario.measures)} measure{'' if len(scenario.measures) == 1 else 's'}"
    days = f"{scenario.days:g} day{'' if scenario.days == 1 else 's'}"
    return f"{len(scenario.inputs)} inputs, {uncertain} of them uncertain, {measures}, {days}"
