"""What is settled before the first history: numbers within bounds, the world, the manifest, the folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from simulation.api.bounds import MOST_REPLICATES, MOST_SEED, MOST_WORKERS
from simulation.errors import InputError
from simulation.outcomes.collector import ending_names
from simulation.outcomes.targets import targets_of
from simulation.results.engine_digest import engine_version
from simulation.results.manifest import Manifest
from simulation.results.stopping_rule import Rule, rule_of
from simulation.scenario import Scenario, load_scenario
from simulation.world.world import World


def scenario_of(scenario: Scenario | str | Path, overrides: Sequence[str] = ()) -> Scenario:
    """Return a scenario as it is, or the one of a file or bundled name with its overrides."""
    return scenario if isinstance(scenario, Scenario) else load_scenario(scenario, overrides)


def checked_rule(
    until: Sequence[str], replicates: int | None, most: int | None, seed: int, workers: int
) -> Rule:
    """Return the rule for the number of histories; InputError where a number or a target cannot be."""
    rule = rule_of(targets_of(until), replicates, most)
    check_numbers(
        replicates=(rule.first, 1, MOST_REPLICATES),
        max_replicates=(rule.most, 1, MOST_REPLICATES),
        seed=(seed, 0, MOST_SEED),
        workers=(workers, 1, MOST_WORKERS),
    )
    return rule


def check_numbers(**numbers: tuple[int, int, int]) -> None:
    """Refuse a number outside its bounds; each is given as (number, lowest, highest)."""
    for name, (number, low, high) in numbers.items():
        if not low <= number <= high:
            raise InputError(f"{name} must be {low} to {high}, not {number}")


def threads_of(workers: int | None) -> int:
    """Return the number of threads: all cores where none is asked for."""
    return workers if workers is not None else os.cpu_count() or 1


def manifest_of(world: World, rule: Rule, seed: int, workers: int) -> Manifest:
    """Return the manifest of a run that begins now."""
    scenario, actors = world.scenario, (*world.actors, "")
    holders = world.template.places.holder0
    return Manifest(
        scenario=scenario.name,
        scenario_digest=scenario.digest,
        title=scenario.title,
        start=scenario.start.isoformat(),
        days=scenario.days,
        seed=seed,
        replicates=rule.first,
        stopping=rule.stopping(),
        per_case=1,
        workers=workers,
        engine_version=engine_version(),
        endings=ending_names(world),
        dissolves={e.id: e.when.dissolved for e in world.seeds.endings if e.when.dissolved is not None},
        places={name: actors[holder] for name, holder in zip(world.places, holders, strict=True)},
    )
