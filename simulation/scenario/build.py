"""From a scenario to a world: names become indices, documents and map become arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.documents import Seeds
from simulation.layout import clock_counts
from simulation.parameters import PARAMETERS
from simulation.process import Process
from simulation.region import Region
from simulation.region.travel import Speeds, days_to, next_steps, step_days
from simulation.scenario.calendar import calendar
from simulation.scenario.fit import region_and_seeds
from simulation.scenario.inputs import draw_cases
from simulation.scenario.laydown import Body, controller_of_cells, lay_down
from simulation.scenario.numbers import filled
from simulation.scenario.scenario import Scenario
from simulation.scenario.sides import actor_rows, defender_of, pair_rows, set_bits
from simulation.state import (
    ALWAYS,
    BASE,
    CAPITAL,
    CELL,
    CHANGE,
    CLOCK,
    DISSOLVED,
    ENDING,
    GROUND,
    LINK,
    LOST,
    M2_PER_KM2,
    NEAR_PLACES,
    NONE_LEFT,
    PARAMS,
    PLACE,
    SEND,
    SERIES,
    TOWN,
    TRUCE,
    UNCHAINED,
    UNDRAWN,
    UNIT,
    WAY,
    WORLD,
    State,
)

RESERVE_BODIES = 16
"""Bodies that an ally can send onto the map in one history."""
MOST_EVENTS = 5_000_000
CHANGES = 16_384


@dataclass(frozen=True, kw_only=True)
class World:
    """A scenario made ready to run: names, map and the template state that every history starts from."""

    scenario: Scenario
    seeds: Seeds
    region: Region
    template: State
    bodies: tuple[Body, ...]

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

    def cases(self, cases: range, seed: int) -> tuple[np.ndarray, np.recarray, np.ndarray]:
        """Return inputs (cases, inputs), PARAMS (cases,) and quantities (cases, actors, quantities)."""
        inputs = draw_cases(self.scenario.inputs, cases, seed)
        return inputs, *self.filled(inputs)

    def filled(self, inputs: np.ndarray) -> tuple[np.recarray, np.ndarray]:
        """Return PARAMS (cases,) and quantities (cases, actors, quantities) for inputs (cases, inputs)."""
        return filled(tuple(self.scenario.inputs), self.actors, inputs)


def build_world(scenario: Scenario) -> World:
    """Return the world of a scenario; InputError where seeds or region do not fit together."""
    region, seeds = region_and_seeds(scenario)
    actors = {name: k for k, name in enumerate(seeds.actor_ids)}
    places = {place.name: k for k, place in enumerate(region.places)}
    seats = [places[actor.seat] if actor.seat is not None else -1 for actor in seeds.actors]
    rows = actor_rows(seeds, [], [region.places[k].cell if k >= 0 else -1 for k in seats])
    bodies = lay_down(seeds.forces, region, actors, rows.bloc)
    rows.fights[sorted({body.actor for body in bodies if body.share > 0})] = 1
    measures = calendar(scenario, seeds.truces, actors, places)
    links = _links(seeds, actors, places, len(bodies))
    units = _units(bodies, links, measures)
    template = _assemble(scenario, seeds, region, actors, places, rows, bodies, units, links, measures)
    return World(scenario=scenario, seeds=seeds, region=region, template=template, bodies=tuple(bodies))


def _links(seeds: Seeds, actors: dict[str, int], places: dict[str, int], first: int) -> np.recarray:
    """Return one row per ally that can send bodies: it fights on the map, and fights whom its client fights.

    One of the two has a seat, where bodies arrive. The bodies follow the units laid down.
    """
    fighting, parties = {force.actor for force in seeds.forces}, {*seeds.attackers, defender_of(seeds)}
    seat = {actor.id: actor.seat for actor in seeds.actors}
    helpers = [
        (s.patron, s.client, entry)
        for s in seeds.supports
        if {s.patron, s.client} <= fighting
        and (entry := seat[s.patron] or seat[s.client]) is not None
        and any(seeds.at_war(s.patron, foe) and seeds.at_war(s.client, foe) for foe in parties if foe)
    ]
    rows = np.zeros(len(helpers), LINK).view(np.recarray)
    for k, (patron, client, entry) in enumerate(helpers):
        start = first + k * RESERVE_BODIES
        rows[k] = actors[patron], actors[client], places[entry], 0, start, start + RESERVE_BODIES
    return rows


def _units(bodies: list[Body], links: np.recarray, measures: np.recarray) -> np.recarray:
    """Return the units laid down, then the bodies that allies may send, then those that measures send."""
    sends = np.flatnonzero(measures.kind == SEND)
    units = np.zeros(len(bodies) + len(links) * RESERVE_BODIES + len(sends), UNIT).view(np.recarray)
    units.cell = units.home = units.next_unit = units.target = units.next_cell = units.force = -1
    units.arrives, units.mobility, units.kind = np.inf, 2, 2
    for k, body in enumerate(bodies):
        u = units[k]
        u.actor, u.force, u.kind, u.mobility = body.actor, body.force, body.kind, body.mobility
        u.home, u.share, u.willing = body.cell, body.share, body.willing
    for link in links:
        units.actor[link.next_unit : link.last_unit] = link.actor
    for k, row in enumerate(sends, start=len(units) - len(sends)):
        units.actor[k] = measures.a[row]
        measures.unit[row] = k
    return units


def _cells(region: Region, control: np.ndarray, bodies: list[Body], bloc: np.ndarray) -> np.recarray:
    cells = np.zeros(len(region.cells), CELL).view(np.recarray)
    cells.control, cells.residents = control, region.cells.population
    cells.first_unit = cells.refuge = cells.next_touched = -1
    cells.quiet_since = -np.inf
    for body in bodies:
        held = control[body.cell]
        if held >= 0 and bloc[held] == bloc[body.actor]:
            cells.dug_in[body.cell] = max(cells.dug_in[body.cell], body.dug_in)
    return cells


def _ground(region: Region, control: np.ndarray, ways: np.recarray) -> np.recarray:
    ground = np.zeros(len(region.cells), GROUND).view(np.recarray)
    for name in ("governorate", "road", "villages", "ruggedness", "urban"):
        ground[name] = region.cells[name]
    ground.control0, ground.first_place = control, -1
    ground.area_m2 = np.round(region.area_km2 * M2_PER_KM2)
    ground.neighbours, ground.step_km, ground.near_places = region.neighbours, region.step_km, -1
    near = ways.near[:, :NEAR_PLACES].astype(np.int64)
    near = np.where(np.isfinite(np.take_along_axis(ways.km, near, axis=1)), near, -1)
    ground["near_places"][:, : near.shape[1]] = near
    return ground


def _places(region: Region, control: np.ndarray, ground: np.recarray) -> np.recarray:
    """Return the places, chained by cell with the weightiest first."""
    rows = np.zeros(len(region.places), PLACE).view(np.recarray)
    kinds, seats = {"base": BASE, "capital": CAPITAL}, set(region.governorate_seat.values())
    for k, place in enumerate(region.places):
        x = rows[k]
        x.cell, x.kind, x.weight = place.cell, kinds.get(place.kind, TOWN), place.weight
        x.governorate, x.seat = region.governorates.index(place.governorate), place.name in seats
        x.crossing, x.holder, x.holder0 = place.kind == "crossing", control[place.cell], control[place.cell]
        x.seen_in, x.next_place = -1, -1
    for k in np.argsort(rows.weight, kind="stable"):
        rows.next_place[k] = ground.first_place[rows.cell[k]]
        ground.first_place[rows.cell[k]] = k
    return rows


def _endings(seeds: Seeds, actors: dict[str, int], places: dict[str, int]) -> np.recarray:
    rows = np.zeros(len(seeds.endings), ENDING).view(np.recarray)
    for k, ending in enumerate(seeds.endings):
        when, row = ending.when, rows[k]
        lost = [places[name] for name in when.lost or ()]
        row.p0, row.p1, row.p2, row.p3, row.p4, row.p5 = (lost + [-1] * 6)[:6]
        row.stops = ending.stops
        if when.dissolved is not None:
            row.kind, row.a = DISSOLVED, actors[when.dissolved]
        elif when.truce is not None:
            row.kind, row.a, row.b = TRUCE, actors[when.truce[0]], actors[when.truce[1]]
        elif when.by is not None:
            row.kind, row.a = LOST, actors[when.by]
        elif when.none_left is not None:
            row.kind, row.a = NONE_LEFT, actors[when.none_left]
        else:
            row.kind = ALWAYS
    return rows


def _ways(region: Region) -> np.recarray:
    """Return the ways to every place at the default speeds of the model.

    `km` counts road kilometres: the length of main road that takes as long as the quickest way; infinite
    where none leads.
    """
    default = {name: each.default for name, each in PARAMETERS.items()}
    slow, fast = default["track_speed"], default["road_speed"]
    speeds = Speeds(
        off_road=slow,
        secondary=slow,
        primary=fast,
        motorway=fast,
        rugged_scale_m=1 / default["rough_drag"],
        urban_slowing=0,
    )
    targets, cost = [place.cell for place in region.places], step_days(region, speeds)
    ways = np.zeros((len(region.cells), len(targets)), WAY).view(np.recarray)
    ways.step = next_steps(region, targets, cost).T
    ways.km = (days_to(region, targets, cost) * fast).T
    ways.near = np.argsort(ways.km, axis=1, kind="stable")
    return ways


def _count_held(rows: np.recarray, region: Region, ground: np.recarray) -> None:
    """Count the land and the people of the cells that each actor holds at the start."""
    held = ground.control0 >= 0
    np.add.at(rows.area_m2, ground.control0[held], ground.area_m2[held])
    np.add.at(rows.people, ground.control0[held], region.cells.population[held])


def _assemble(
    scenario: Scenario, seeds: Seeds, region: Region, actors: dict[str, int], places: dict[str, int],
    rows: np.recarray, bodies: list[Body], units: np.recarray, links: np.recarray, measures: np.recarray,
) -> State:  # fmt: skip
    control, ways = controller_of_cells(region, actors), _ways(region)
    ground = _ground(region, control, ways)
    place_rows = _places(region, control, ground)
    _count_seats(rows, place_rows)
    _count_held(rows, region, ground)
    pairs = pair_rows(seeds, rows)
    set_bits(seeds, rows, pairs)
    rows.capital = _capitals(place_rows, len(rows))
    counts = clock_counts(
        cells=len(ground), actors=len(rows), units=len(units), links=len(links), measures=len(measures)
    )
    return State(
        world=_world(scenario, region, counts, actors=len(rows), units=len(units), places=len(place_rows)),
        params=np.zeros(1, PARAMS).view(np.recarray),
        actors=rows,
        units=units,
        cells=_cells(region, control, bodies, rows.bloc),
        places=place_rows,
        pairs=pairs,
        links=links,
        clocks=_clocks(counts),
        presence=np.zeros((len(ground), len(rows)), np.int32),
        daily=np.zeros((int(np.ceil(scenario.days)) + 2, len(SERIES), len(rows) + 1)),
        changes=np.zeros(CHANGES, CHANGE).view(np.recarray),
        measures=measures,
        endings=_endings(seeds, actors, places),
        ground=ground,
        ways=ways,
    )


def _capitals(places: np.recarray, actors: int) -> np.ndarray:
    """Return for each actor the place of kind capital that it holds at the start, -1 for none."""
    capitals = np.full(actors, -1)
    for k in np.flatnonzero((places.kind == CAPITAL) & (places.holder0 >= 0)):
        capitals[places.holder0[k]] = k
    return capitals


def _count_seats(rows: np.recarray, places: np.recarray) -> None:
    for k in range(len(rows)):
        rows.seats[k] = rows.seats_held[k] = int(((places.holder == k) & (places.seat == 1)).sum())


def _clocks(counts: np.ndarray) -> np.recarray:
    clocks = np.zeros(int(counts.sum()), CLOCK).view(np.recarray)
    clocks.process = np.repeat(np.array(list(Process)), counts)
    clocks.time, clocks.hazard, clocks.slot = np.inf, UNDRAWN, -1
    clocks.next_pending = clocks.next_used = UNCHAINED
    return clocks


def _world(
    scenario: Scenario, region: Region, counts: np.ndarray, *, actors: int, units: int, places: int
) -> np.recarray:
    world = np.zeros(1, WORLD).view(np.recarray)
    w = world[0]
    w.days, w.max_events, w.flyable, w.day, w.ending = scenario.days, MOST_EVENTS, 1, -1, -1
    w.n_cells, w.n_actors, w.n_units, w.n_places = len(region.cells), actors, units, places
    w.touched_cell = w.touched_unit = w.touched_actor = w.pending = w.used = w.first_stirred = -1
    w.first_clock[:] = np.concatenate([[0], np.cumsum(counts)[:-1]])
    w.people = int(region.cells.population.sum())
    steps = region.step_km[np.isfinite(region.step_km)]
    w.cell_km = float(steps.mean()) if len(steps) else 1.0
    return world
