"""Whether region and seeds fit together, and what `validate` says of a scenario file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.documents import Seeds
from simulation.errors import InputError, united
from simulation.io.pydantic_messages import suggestion
from simulation.region import Region
from simulation.scenario.archive import Archive
from simulation.scenario.inputs import Input
from simulation.scenario.loader import base_of, load_scenario
from simulation.scenario.scenario import Scenario
from simulation.world.laydown import Body, lay_down
from simulation.world.notices import notices_of


def region_and_seeds(scenario: Scenario) -> tuple[Region, Seeds]:
    """Return the region and the seeds of a scenario; InputError for controllers that are no actors."""
    region = scenario.archive.region(scenario.region)
    seeds = scenario.archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits)
    unknown = [name for name in region.controllers if name not in seeds.actor_ids]
    if unknown:
        raise united(_no_actor(scenario, name, seeds.actor_ids) for name in unknown)
    return region, seeds


def _no_actor(scenario: Scenario, name: str, known: Sequence[str]) -> InputError:
    message = f"unknown actor '{name}'{suggestion(name, known)}"
    return InputError(message, file=scenario.region / "region.yaml", path="controllers")


def bodies_of(region: Region, seeds: Seeds) -> list[Body]:
    """Return the units at the start; InputError for a force whose front the region does not have."""
    blocs = {name: k for k, name in enumerate(dict.fromkeys(seeds.blocs.values()))}
    actors = {name: k for k, name in enumerate(seeds.actor_ids)}
    return lay_down(seeds.forces, region, actors, [blocs[seeds.blocs[name]] for name in actors])


def validity_of(file: str, overrides: Sequence[str], archive: Archive | None = None) -> dict[str, Any]:
    """Return whether a scenario can be run, a message, and its errors or notices as records.

    It never raises for what is wrong with the scenario. Its files are read now, but for those in `archive`.
    """
    archive = archive or Archive()
    try:
        if (inputs := base_of(file, overrides, archive)) is not None:
            return {"file": file, "valid": True, "message": _of_base(inputs), "base": True, "notices": []}
        scenario = load_scenario(file, overrides, archive)
        region, seeds = region_and_seeds(scenario)
        notices = notices_of(scenario, region, seeds, bodies_of(region, seeds))
    except InputError as error:
        errors = [each.record() for each in error.every]
        return {"file": file, "valid": False, "message": str(error), "errors": errors}
    return {
        "file": file,
        "valid": True,
        "message": f"valid; {_size(scenario)}",
        "digest": scenario.digest,
        "notices": [notice.record() for notice in notices],
    }


def _of_base(inputs: Mapping[str, Input]) -> str:
    uncertain = sum(each.dist is not None for each in inputs.values())
    size = f"{len(inputs)} inputs, {uncertain} of them uncertain"
    return f"valid as a base for others, without a world of its own; {size}"


def _size(scenario: Scenario) -> str:
    uncertain = sum(each.dist is not None for each in scenario.inputs.values())
    measures = f"{len(scenario.measures)} measure{'' if len(scenario.measures) == 1 else 's'}"
    days = f"{scenario.days:g} day{'' if scenario.days == 1 else 's'}"
    return f"{len(scenario.inputs)} inputs, {uncertain} of them uncertain, {measures}, {days}"
