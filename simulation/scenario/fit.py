"""Whether region and seeds fit together: read both, and refuse names and fronts of one that the other lacks."""

from __future__ import annotations

from simulation.documents import Seeds, load_seeds
from simulation.errors import InputError
from simulation.reading import suggestion
from simulation.region import Region, load_region
from simulation.scenario.laydown import lay_down
from simulation.scenario.scenario import Scenario


def region_and_seeds(scenario: Scenario) -> tuple[Region, Seeds]:
    """Return the region and the seeds of a scenario; InputError for a controller that is no actor."""
    region = load_region(scenario.region)
    seeds = load_seeds(scenario.seeds, scenario.claim_edits, region=scenario.region)
    for name in region.controllers:
        if name not in seeds.actor_ids:
            message = f"unknown actor '{name}'{suggestion(name, seeds.actor_ids)}"
            raise InputError(message, file=scenario.region / "region.yaml", path="controllers")
    return region, seeds


def check_fit(scenario: Scenario) -> None:
    """Refuse a scenario of which no world could be built."""
    region, seeds = region_and_seeds(scenario)
    blocs = list(dict.fromkeys(seeds.blocs.values()))
    bloc = [blocs.index(seeds.blocs[name]) for name in seeds.actor_ids]
    lay_down(seeds.forces, region, {name: k for k, name in enumerate(seeds.actor_ids)}, bloc)
