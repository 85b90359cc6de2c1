"""Whether region and seeds fit together: refuse names and fronts of one that the other lacks."""

from __future__ import annotations

from simulation.documents import Seeds
from simulation.errors import InputError
from simulation.io.validation import suggestion
from simulation.region import Region
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
