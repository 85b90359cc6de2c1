"""From a scenario to a world: names become indices, documents and map become arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation import arguments
from simulation.documents import Seeds
from simulation.errors import InputError
from simulation.model.state import PARAMS, State
from simulation.region import Region
from simulation.scenario.acceptance import check_scenario
from simulation.scenario.case_draws import draw_cases
from simulation.scenario.notice import Notice
from simulation.scenario.scenario import Scenario
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted, listed
from simulation.world.actors import actor_rows, note_holdings, pair_rows, set_bits
from simulation.world.blank import (
    blank_changes,
    blank_clocks,
    blank_days,
    blank_event,
    blank_heap,
    blank_roll,
    blank_shortlist,
    blank_world,
    clock_counts,
)
from simulation.world.calendar import calendar
from simulation.world.cases import filled
from simulation.world.consistency import bodies_of, region_and_seeds
from simulation.world.depth import depths
from simulation.world.endings import ending_rows
from simulation.world.land import cell_rows, land_of, note_enclaves
from simulation.world.laydown import Body
from simulation.world.notices import notices_of
from simulation.world.units import link_rows, unit_rows


@dataclass(frozen=True, kw_only=True)
class World:
    """A scenario made ready to run: names, map and the template state that every history starts from.

    `digest` is that of the scenario from which it was built: with another one it would be a world that nobody made.
    """

    scenario: Scenario
    seeds: Seeds
    region: Region
    template: State
    bodies: tuple[Body, ...]
    digest: str

    def __post_init__(self) -> None:
        """Refuse parts that do not belong together: InputError."""
        kinds = {"scenario": Scenario, "seeds": Seeds, "region": Region, "template": State, "bodies": tuple}
        for name, kind in kinds.items():
            arguments.an_instance(f"a world's {name}", getattr(self, name), kind, f"a {kind.__name__}")
        sizes = len(self.template.actors), len(self.template.places), len(self.template.ground)
        fits = sizes == (len(self.actors), len(self.places), len(self.region.cells))
        if not fits or self.scenario.digest != self.digest:
            raise InputError(
                "a world belongs to the scenario that it was built from; build another with build_world"
            )

    def __repr__(self) -> str:
        """Return the scenario and the sizes of the world on one line."""
        sizes = ((self.actors, "actor"), (self.places, "place"), (self.region.cells, "cell"))
        return one_line(self, f"of {self.scenario.name}: {listed([counted(len(x), of) for x, of in sizes])}")

    @property
    def actors(self) -> tuple[str, ...]:
        """Names of actors by index."""
        return self.seeds.actor_ids

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Names of places by index."""
        return tuple(place.name for place in self.region.places)

    @property
    def endings(self) -> tuple[str, ...]:
        """Names of endings by index."""
        return tuple(ending.id for ending in self.seeds.endings)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What of the scenario can have no effect, or not the one that it seems to have."""
        return notices_of(self.scenario, self.region, self.seeds, self.bodies)

    def cases(self, cases: range, seed: int) -> tuple[np.ndarray, np.recarray, np.ndarray]:
        """Return inputs (cases, inputs), PARAMS (cases,) and quantities (cases, actors, quantities)."""
        inputs = draw_cases(self.scenario.inputs, cases, seed, self.scenario.together)
        return inputs, *self.filled(inputs)

    def filled(self, inputs: np.ndarray) -> tuple[np.recarray, np.ndarray]:
        """Return PARAMS (cases,) and quantities (cases, actors, quantities) for inputs (cases, inputs)."""
        return filled(tuple(self.scenario.inputs), self.actors, inputs)


def build_worlds(scenarios: Iterable[Scenario]) -> list[World]:
    """Return the worlds of several scenarios; those of one region share its ways. InputError as in `build_world`."""
    worlds: list[World] = []
    for scenario in scenarios:
        check_scenario(scenario)
        region = scenario.archive.region(scenario.region)
        beside = next((world for world in worlds if world.region is region), None)
        worlds.append(build_world(scenario, beside))
    return worlds


def build_world(scenario: Scenario, beside: World | None = None) -> World:
    """Return the world of a scenario; InputError as in `check_scenario`, and where seeds or region do not fit together.

    `beside` is a world of the same region, whose ways between places this one shares.
    """
    check_scenario(scenario)
    region, seeds = region_and_seeds(scenario)
    bodies = bodies_of(region, seeds)
    ways = None if beside is None else beside.template.ways.view(np.recarray)
    template = _template(scenario, region, seeds, bodies, ways)
    return World(
        scenario=scenario,
        seeds=seeds,
        region=region,
        template=template,
        bodies=tuple(bodies),
        digest=scenario.digest,
    )


def _template(
    scenario: Scenario, region: Region, seeds: Seeds, bodies: list[Body], ways: np.recarray | None
) -> State:
    index = {name: k for k, name in enumerate(seeds.actor_ids)}
    places = {place.name: k for k, place in enumerate(region.places)}
    land, actors = land_of(region, index, ways), actor_rows(seeds, region, bodies)
    note_holdings(actors, land, region)
    note_enclaves(land, actors.bloc)
    pairs = pair_rows(seeds, actors)
    set_bits(actors, pairs)
    land.ground.depth_km = depths(
        region, np.where(land.ground.control0 >= 0, actors.bloc[land.ground.control0], -1)
    )
    measures = calendar(scenario, seeds, actors.fights, places)
    links = link_rows(seeds, index, places, first=len(bodies))
    units = unit_rows(bodies, links, measures)
    counts = clock_counts(
        cells=len(land.ground), actors=len(actors), units=len(units), links=len(links), measures=len(measures)
    )
    return State(
        world=blank_world(scenario, region, counts, actors=len(actors), units=len(units)),
        event=blank_event(),
        params=np.zeros(1, PARAMS).view(np.recarray),
        actors=actors,
        units=units,
        cells=cell_rows(region, land.ground, bodies, actors.bloc),
        places=land.places,
        pairs=pairs,
        links=links,
        clocks=blank_clocks(counts),
        heap=blank_heap(counts),
        running=np.zeros(int(counts.sum()), np.int8),
        presence=np.zeros((len(land.ground), len(actors)), np.int32),
        daily=blank_days(scenario.days, len(actors)),
        changes=blank_changes(),
        measures=measures,
        endings=ending_rows(seeds, index, places),
        ground=land.ground,
        ways=land.ways,
        shortlist=blank_shortlist(len(land.places)),
        roll=blank_roll(len(units)),
    )
