"""What the page of a comparison is made from: the comparison, and names, colours and places from the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.comparison.vocabulary import Vocabulary
from simulation.outcomes.labels import spell
from simulation.report.comparison.sides import gaining_side
from simulation.report.page_data import (
    LEAVES_OUT,
    ActorStyle,
    EndingText,
    Grid,
    MapPlace,
    actor_styles,
    ending_texts,
    licences,
    map_grid,
    map_places,
)
from simulation.results.folder import Results
from simulation.results.packed_inputs import SCENARIO
from simulation.scenario import load_scenario
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.statistics.evidence import IDENTICAL
from simulation.statistics.intervals import counted_as, fall_days, weights_of
from simulation.updating.control import cells_by_weight
from simulation.wording.phrases import UNBROKEN_PERCENT, sentence
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from simulation.comparison.comparison import Comparison
    from simulation.comparison.manifest import ComparisonManifest

REFERENCE, THE_REFERENCE = "The reference", "the reference"
"""The reference over a panel, and within a sentence."""


@dataclass(frozen=True, kw_only=True)
class ComparisonSubject:
    """A comparison with everything its page shows beside it.

    `blocs` gives the side of each actor, `weights` (0 to 1) how much a place matters; places without a weight
    are not drawn as curves. `inputs` and `together` are the reference's and `claims` how many it believes. `note` is
    what the region says of its data.
    """

    comparison: Comparison
    manifest: ComparisonManifest
    start: date
    actors: tuple[ActorStyle, ...]
    endings: tuple[EndingText, ...]
    blocs: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    grid: Grid | None = None
    places: tuple[MapPlace, ...] = ()
    leaves_out: tuple[str, ...] = LEAVES_OUT
    licences: tuple[str, ...] = ()
    note: str = ""
    inputs: Mapping[str, Input] = field(default_factory=dict)
    together: Mapping[str, InputGroup] = field(default_factory=dict)
    claims: int = 0

    def input_label(self, name: str) -> str:
        """Return what an input of the reference is called."""
        return self.inputs[name].label if name in self.inputs else spell(name)

    @property
    def reference(self) -> str:
        """The name of the scenario that the others are compared with."""
        return self.comparison.names[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The names of the other scenarios, the one that differs most clearly first."""
        return self.comparison.ranking

    @property
    def conditioned(self) -> bool:
        """Whether the histories are updated on reports."""
        return self.comparison.condition is not None

    @property
    def pairs(self) -> str:
        """How many histories every scenario has in common, with thousands separated."""
        return f"{self.comparison.replicates:,}"

    @cached_property
    def labels(self) -> dict[str, str]:
        """Each scenario's name as words to stand over a panel; the bare names where two would be alike.

        The reference is called so, because its own name is often that of a place.
        """
        told = {name: sentence(spell(name.replace("-", " "))) for name in self.comparison.names[1:]}
        unlike = len({REFERENCE, *told.values()}) > len(told)
        return {self.reference: REFERENCE} | (told if unlike else {name: name for name in told})

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the sentences of the page call things: scenarios as in its panels, and no line breaks before a %."""
        known = self.comparison.vocabulary
        return replace(known, labels=self.labels | {self.reference: THE_REFERENCE}, percent=UNBROKEN_PERCENT)

    @cached_property
    def ending_labels(self) -> dict[str, str]:
        """Every ending that the reference knows, in its order, with its label."""
        known = {ending.id: ending.label for ending in self.endings}
        ids = self.runs[self.reference].manifest.endings
        return {name: sentence(known.get(name, spell(name))) for name in ids}

    @property
    def ending_names(self) -> dict[str, str]:
        """Every ending's label with what it means, for tables."""
        meanings = self.comparison.meanings
        return {
            name: f"{label}: {meanings.get(name, '')}".rstrip(": ")
            for name, label in self.ending_labels.items()
        }

    @property
    def actor_names(self) -> dict[str, str]:
        """Names of actors by id."""
        return {actor.id: actor.name for actor in self.actors}

    @property
    def runs(self) -> dict[str, Results]:
        """The scenarios' results by name."""
        return {each.name: each.run for each in self.comparison.scenarios}

    @cached_property
    def outcomes(self) -> dict[str, pd.DataFrame]:
        """Each scenario's outcomes, one row for each replicate that finished in all, in the same order.

        On reports all count as the reference does.
        """
        tables = {name: run.outcomes.set_index("replicate") for name, run in self.runs.items()}
        shared = sorted(set.intersection(*(set(table.index) for table in tables.values())))
        rows = {name: table.loc[shared].reset_index() for name, table in tables.items()}
        return {name: counted_as(each, rows[self.reference]) for name, each in rows.items()}

    @cached_property
    def pair_weights(self) -> np.ndarray | None:
        """What each row of `outcomes` counts, f8 (rows,); None where all count alike."""
        return weights_of(self.outcomes[self.reference])

    @cached_property
    def falls(self) -> dict[str, pd.DataFrame]:
        """The day on which each place fell (rows as `outcomes`, columns places; inf: it did not)."""
        return {
            name: fall_days(
                run.places, self.outcomes[name], run.manifest.places, run.manifest.dissolves
            ).reset_index(drop=True)
            for name, run in self.runs.items()
        }

    @cached_property
    def cells(self) -> dict[str, pd.DataFrame]:
        """Each scenario's table of cells, by the weights of the pairs; {} where the runs kept no map."""
        if self.grid is None or any(run.cells.empty for run in self.comparison.runs):
            return {}
        weights, seed = self.pair_weights, self.comparison.seed
        if weights is None:
            return {name: run.cells for name, run in self.runs.items()}
        pairs = self.outcomes[self.reference]["replicate"].to_numpy()
        worlds = {name: build_world(load_scenario(run.folder / SCENARIO)) for name, run in self.runs.items()}
        return {
            name: cells_by_weight(worlds[name], run, seed, pairs, weights) for name, run in self.runs.items()
        }

    @property
    def worth(self) -> float:
        """How many histories without weights those of a scenario are worth."""
        condition = self.comparison.condition
        effective = 0.0 if condition is None else condition.evidence.effective
        return effective or float(self.comparison.replicates)

    @cached_property
    def gainers(self) -> tuple[str, ...]:
        """The actors of the side that gains most ground; () without a map or when none does."""
        if self.grid is None or not self.cells:
            return ()
        return gaining_side([*self.cells.values()], self.grid, self.blocs)

    @cached_property
    def nothing_differs(self) -> bool:
        """Whether every pair of histories is equal in everything that was compared."""
        tables = (self.comparison.endings, self.comparison.outcomes, self.comparison.falls)
        return all(bool((table["verdict"] == IDENTICAL).all()) for table in tables)


def subject(comparison: Comparison, world: World, manifest: ComparisonManifest) -> ComparisonSubject:
    """Return the comparison with what its page takes from the reference's world."""
    return ComparisonSubject(
        comparison=comparison,
        manifest=manifest,
        start=world.scenario.start,
        actors=actor_styles(world),
        endings=ending_texts(world),
        blocs=world.seeds.blocs,
        weights={place.name: place.weight for place in world.region.places},
        grid=map_grid(world),
        places=map_places(world),
        licences=licences(world),
        note=world.region.note,
        inputs=world.scenario.inputs,
        together=world.scenario.together,
        claims=len(world.seeds.claims) - len(world.seeds.disbelieved),
    )
