"""All chains of a scenario together, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from simulation.scenario.scenario import Scenario
from simulation.sources.alliances import actors_group, relations_group
from simulation.sources.citations import claims_group, weights_group
from simulation.sources.context import material_of
from simulation.sources.entry import Citation, Entry, EntryGroup
from simulation.sources.ground import data_group, forces_group, places_group
from simulation.sources.numbers import actor_numbers, groups_group, measures_group, rule_numbers
from simulation.sources.outcomes import processes_group, results_group
from simulation.sources.wars import wars_group


@dataclass(frozen=True, kw_only=True)
class SourceChains:
    """Where everything of one scenario comes from: the groups, and every claim by id."""

    scenario: str
    title: str
    digest: str
    groups: tuple[EntryGroup, ...]
    cited: Mapping[str, Citation]

    @cached_property
    def changed(self) -> tuple[Entry, ...]:
        """The entries that the scenario's own edits and overrides changed."""
        return tuple(entry for group in self.groups for entry in group.entries if entry.change)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[tuple[EntryGroup, Entry], ...]]:
        """Every entry by its key and its other names, in small letters; most names have one entry."""
        found: dict[str, list[tuple[EntryGroup, Entry]]] = {}
        for group in self.groups:
            for entry in group.entries:
                for name in dict.fromkeys(word.lower() for word in (entry.key, *entry.names)):
                    found.setdefault(name, []).append((group, entry))
        return {name: tuple(entries) for name, entries in found.items()}


def chains_of(scenario: Scenario, before: Scenario | None = None) -> SourceChains:
    """Return the chains of a scenario.

    `before` is the scenario without the overrides of the command line, to say what they replace.
    """
    material = material_of(scenario, before)
    resting = (
        actors_group(material),
        relations_group(material),
        wars_group(material),
        actor_numbers(material),
        rule_numbers(material),
        *(() if not (joint := groups_group(material)).entries else (joint,)),
        measures_group(material),
        forces_group(material),
        data_group(material),
        places_group(material),
    )
    groups = (
        *resting,
        claims_group(material, resting[1:]),
        weights_group(material),
        results_group(material),
        processes_group(),
    )
    return SourceChains(
        scenario=scenario.name,
        title=scenario.title,
        digest=scenario.digest,
        groups=groups,
        cited=material.cited,
    )
