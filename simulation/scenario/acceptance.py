"""Whether a scenario that somebody made or changed in Python is one that a file could hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from simulation import arguments
from simulation.errors import Faults, InputError
from simulation.io.origin import DataPath, Origin, wrong
from simulation.io.yaml_file import parse
from simulation.scenario.checks import too_late, unknown_actors, unknown_inputs, unknown_places
from simulation.scenario.digest import canonical
from simulation.scenario.input_groups import wrong_groups
from simulation.scenario.input_registry import known_inputs
from simulation.scenario.input_tables import inputs_of
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import ScenarioFile


def check_scenario(scenario: Scenario) -> None:
    """Refuse a scenario that no file could hold, whoever made it: InputError with the path of the value.

    One that was loaded, or checked before, is known by its digest.
    """
    archive = arguments.an_instance("a scenario", scenario, Scenario, "a Scenario").archive
    for name in ("seeds", "region"):
        if not os.path.isdir(folder := getattr(scenario, name)):
            raise InputError(f"there is no folder '{folder}'", file="a scenario's", path=name)
    seeds = archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits)
    held = _HeldData(data=canonical(scenario), name=f"scenario {scenario.name}")
    known, faults = known_inputs(seeds.actors), Faults()
    if tuple(scenario.inputs) != tuple(known):
        faults.found += unknown_inputs(held, scenario.inputs, known)
        faults.refuse()
        missing = [name for name in known if name not in scenario.inputs]
        what = f"there is no input '{missing[0]}'" if missing else "their order is not the same"
        raise wrong(held, ("inputs",), f"must be all that a loaded scenario has; {what}")
    if scenario.digest in archive.checked:
        return
    file = parse(held, ScenarioFile)
    inputs_of(held, known, faults)
    faults.found += wrong_groups(held, file.together, known)
    measures = {index: item.measure() for index, item in enumerate(file.measures)}
    faults.found += unknown_actors(held, measures, [actor.id for actor in seeds.actors])
    faults.found += unknown_places(held, measures, archive.places(scenario.region))
    late = [index for index, each in measures.items() if not each.from_day < file.days]
    faults.found += [too_late(held, index, measures[index], file.days) for index in late]
    faults.refuse()
    archive.checked.add(scenario.digest)


@dataclass(frozen=True, kw_only=True)
class _HeldData:
    """The values of a scenario that stand in no file; an error names the scenario and the path."""

    data: Any
    name: str

    def origin_of(self, path: DataPath) -> Origin:
        """Return the path itself, in the scenario."""
        return Origin(file=self.name, path=path)
