"""Whether region and seeds fit together, and what `validate` says of a scenario file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.documents import Seeds
from simulation.errors import InputError
from simulation.io.pydantic_messages import suggestion
from simulation.region import Region
from simulation.scenario.archive import Archive
from simulation.scenario.loader import load_scenario
from simulation.scenario.scenario import Scenario
from simulation.world.laydown import Body, lay_down


def region_and_seeds(scenario: Scenario) -> tuple[Region, Seeds]:
    """Return the region and the seeds of a scenario; InputError for a controller that is no actor."""
    region = scenario.archive.region(scenario.region)
    seeds = scenario.archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits)
    for name in region.controllers:
        if name not in seeds.actor_ids:
            message = f"unknown actor '{name}'{suggestion(name, seeds.actor_ids)}"
            raise InputError(message, file=scenario.region / "region.yaml", path="controllers")
    return region, seeds


def bodies_of(region: Region, seeds: Seeds) -> list[Body]:
    """Return the units at the start; InputError for a force whose front the region does not have."""
    blocs = {name: k for k, name in enumerate(dict.fromkeys(seeds.blocs.values()))}
    actors = {name: k for k, name in enumerate(seeds.actor_ids)}
    return lay_down(seeds.forces, region, actors, [blocs[seeds.blocs[name]] for name in actors])


def check_fit(scenario: Scenario) -> None:
    """Refuse a scenario of which no world could be built."""
    bodies_of(*region_and_seeds(scenario))


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
