"""The map as rows: cells, the ground under them, the places on them, and the ways between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulation.model.parameters import PARAMETERS
from simulation.model.state import CELL, GROUND, M2_PER_KM2, NEAR_PLACES, PLACE, WAY, PlaceKind
from simulation.region import Region, travel
from simulation.region.travel import Speeds, step_days
from simulation.world.laydown import Body, controller_of_cells
from simulation.world.way_cache import cached_ways


@dataclass(frozen=True, kw_only=True)
class Land:
    """The map at the start: GROUND (cells,), PLACE (places,) and WAY (cells, places)."""

    ground: np.recarray
    places: np.recarray
    ways: np.recarray


def land_of(region: Region, actors: Mapping[str, int], ways: np.recarray | None = None) -> Land:
    """Return the map with its holders; `actors` gives the index of each by name.

    `ways` are those of the region where they are known already: to find them takes longest.
    """
    control = controller_of_cells(region, actors)
    ways = way_rows(region) if ways is None else ways
    ground = ground_rows(region, control, ways)
    return Land(ground=ground, places=place_rows(region, ground, actors), ways=ways)


def note_enclaves(land: Land, bloc: np.ndarray) -> None:
    """Note with each cell of GROUND whether a place in it has a holder of another bloc; `bloc` (actors,)."""
    ground, places = land.ground, land.places
    first = ground.control0[places.cell]
    own = (places.holder0 < 0) | (first < 0) | (bloc[places.holder0] == bloc[first])
    ground.enclave[places.cell[~own]] = 1


def cell_rows(region: Region, ground: np.recarray, bodies: Sequence[Body], bloc: np.ndarray) -> np.recarray:
    """Return one CELL record per cell, dug in where a body stands on ground that its bloc holds."""
    cells = np.zeros(len(region.cells), CELL).view(np.recarray)
    cells.control, cells.residents = ground.control0, region.cells.population
    cells.first_unit = cells.refuge = cells.next_touched = -1
    cells.quiet_since = -np.inf
    for body in bodies:
        held = ground.control0[body.cell]
        if held >= 0 and bloc[held] == bloc[body.actor]:
            cells.dug_in[body.cell] = max(cells.dug_in[body.cell], body.dug_in)
    return cells


def ground_rows(region: Region, control: np.ndarray, ways: np.recarray) -> np.recarray:
    """Return one GROUND record per cell; `ways` has one WAY per cell and place."""
    ground = np.zeros(len(region.cells), GROUND).view(np.recarray)
    for name in ("road", "villages", "ruggedness", "urban"):
        ground[name] = region.cells[name]
    ground.control0, ground.first_place = control, -1
    ground.area_m2 = np.round(region.area_km2 * M2_PER_KM2)
    ground.neighbours, ground.step_km, ground.near_places = region.neighbours, region.step_km, -1
    near = ways.near[:, :NEAR_PLACES].astype(np.int64)
    near = np.where(np.isfinite(np.take_along_axis(ways.km, near, axis=1)), near, -1)
    ground["near_places"][:, : near.shape[1]] = near
    return ground


def holders_of_places(region: Region, actors: Mapping[str, int]) -> np.ndarray:
    """Return the actor index that holds each place at the start, i8 (places,): its own, or else its cell's; or -1."""
    control = controller_of_cells(region, actors)
    return np.array(
        [actors[place.control] if place.control else control[place.cell] for place in region.places], np.int64
    )


def place_rows(region: Region, ground: np.recarray, actors: Mapping[str, int]) -> np.recarray:
    """Return one PLACE record per place, and chain them in `ground` by cell with the weightiest first."""
    rows = np.zeros(len(region.places), PLACE).view(np.recarray)
    kinds = {"base": PlaceKind.BASE, "capital": PlaceKind.CAPITAL}
    seats = set(region.governorate_seat.values())
    for k, place in enumerate(region.places):
        x = rows[k]
        x.cell, x.kind, x.weight = place.cell, kinds.get(place.kind, PlaceKind.TOWN), place.weight
        x.seat = place.name in seats
        x.crossing, x.seen_in, x.next_place = place.kind == "crossing", -1, -1
    rows.holder = rows.holder0 = holders_of_places(region, actors)
    for k in np.argsort(rows.weight, kind="stable"):
        rows.next_place[k] = ground.first_place[rows.cell[k]]
        ground.first_place[rows.cell[k]] = k
    return rows


def way_rows(region: Region) -> np.recarray:
    """Return the ways to every place at the default speeds of the model, WAY (cells, places).

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
    targets, cost = np.array([place.cell for place in region.places]), step_days(region, speeds)
    return cached_ways(
        [cost, region.neighbours, targets, np.array(fast)],
        [Path(__file__), Path(travel.__file__)],
        lambda: _found_ways(region, targets, cost, fast),
    ).view(np.recarray)


def _found_ways(region: Region, targets: np.ndarray, cost: np.ndarray, speed: float) -> np.recarray:
    """Return WAY (cells, places); `cost` as in `travel.days_to`, `speed` in km/day turns its days into `km`."""
    days = travel.days_to(region, targets, cost)
    ways = np.zeros((len(region.cells), len(targets)), WAY).view(np.recarray)
    ways.step = travel.next_steps(region, days, cost).T
    ways.km = (days * speed).T
    ways.near = np.argsort(ways.km, axis=1, kind="stable")
    return ways
