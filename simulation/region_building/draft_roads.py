"""Drafted roads: least-cost paths over the land between neighbouring towns, the large ones first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from simulation.region import grid
from simulation.region_building.roads import Road

LEVELS = ((80_000, 2, True), (15_000, 2, False), (1, 1, False))
"""Least people of a town, the class of road between such towns, and whether they are joined closely (as Gabriel's
graph joins them) or sparely (as the graph of relative neighbours does). Assumption."""
NEIGHBOURS = 40
"""Only pairs of which one is among so many nearest to the other are looked at."""
MOST_NODES = 1_500
"""Places that are joined; of more, those with most people."""
SLOPE_COST = 20.0
"""What a rise of one in one adds to the cost of a kilometre, in kilometres. Assumption, 5 to 40."""
RUGGED_COST = 0.01
"""What a metre of ruggedness adds, likewise. Assumption, 0.003 to 0.03."""
ON_A_ROAD = 0.5
"""Cost of a kilometre where there is a road already. Assumption, 0.3 to 0.7."""
FURTHEST_DETOUR = 4.0
"""A path that costs more than this many times the straight way is not built."""
STRAIGHT = 1e-9
"""Degrees; between waypoints of a straight leg the step is the same but for rounding."""


@dataclass(frozen=True, kw_only=True)
class Terrain:
    """The cells that roads run over: ids i8 (n) in rising order, elevation and ruggedness in m, f8 (n)."""

    sub_id: np.ndarray
    elevation: np.ndarray
    ruggedness: np.ndarray


def draft_roads(terrain: Terrain, people: Mapping[int, int], names: Mapping[int, str]) -> list[Road]:
    """Return roads between the cells that hold towns; `people` and `names` are those of the town in each such cell.

    Where a path runs along a road that is there already, it is that road.
    """
    ordered = sorted(people, key=lambda cell: (-people[cell], cell))[:MOST_NODES]
    used: set[int] = set()
    roads: list[Road] = []
    for least, rank, closely in LEVELS:
        nodes = np.array([cell for cell in ordered if people[cell] >= least], dtype=np.int64)
        graph = _graph(terrain, used)
        for start, end, path in _paths(graph, terrain, nodes, _pairs(terrain, nodes, closely=closely)):
            title = f"{names[start]} - {names[end]}"
            roads += [_road(terrain, title, rank, run) for run in _new_runs(path, used)]
            used.update(path)
    return roads


def _graph(terrain: Terrain, used: set[int]) -> csr_array:
    """Return the cost between touching cells, (n, n)."""
    south, west = (np.asarray(corner) // grid.CELL_SIDE for corner in grid.south_west(terrain.sub_id))
    neighbours = grid.neighbours_of(south - south.min(), west - west.min())
    start, direction = np.nonzero(neighbours >= 0)
    end = neighbours[start, direction]
    lat, lon = grid.centre(terrain.sub_id)
    km = grid.distance_km(lat[start], lon[start], lat[end], lon[end])
    rise = np.abs(terrain.elevation[start] - terrain.elevation[end]) / 1000 / km
    ease = np.ones(len(lat))
    ease[list(used)] = ON_A_ROAD
    rough = (1 + RUGGED_COST * terrain.ruggedness) * ease
    cost = km * (rough[start] + rough[end]) / 2 * (1 + SLOPE_COST * rise)
    return csr_array((cost, (start, end)), shape=(len(lat), len(lat)))


def _pairs(terrain: Terrain, nodes: np.ndarray, *, closely: bool) -> dict[int, list[int]]:
    """Return for each node the later nodes that it is joined to, by great-circle distance.

    Two are joined where no third is nearer to both (Toussaint 1980), or closely, where no third lies within the
    circle on the line between them (Gabriel and Sokal 1969).
    """
    lat, lon = (axis[nodes] for axis in grid.centre(terrain.sub_id))
    km = grid.distance_km(lat[:, None], lon[:, None], lat, lon)
    found: dict[int, list[int]] = {}
    near = np.argsort(km, axis=1, kind="stable")[:, : NEIGHBOURS + 1].tolist()
    pairs = {
        (min(one, two), max(one, two)) for one, others in enumerate(near) for two in others if one != two
    }
    for i, j in sorted(pairs):
        third = np.hypot(km[i], km[j]) < km[i, j] if closely else np.maximum(km[i], km[j]) < km[i, j]
        third[[i, j]] = False
        if not third.any():
            found.setdefault(i, []).append(j)
    return found


def _paths(
    graph: csr_array, terrain: Terrain, nodes: np.ndarray, pairs: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, int, list[int]]]:
    """Yield (from, to, cells on the way) for each pair that can be joined."""
    lat, lon = grid.centre(terrain.sub_id)
    for i, others in pairs.items():
        start = int(nodes[i])
        ends = nodes[others]
        straight = grid.distance_km(lat[start], lon[start], lat[ends], lon[ends])
        rough = 1 + RUGGED_COST * float(terrain.ruggedness.max())
        limit = FURTHEST_DETOUR * float(straight.max()) * min(rough, FURTHEST_DETOUR)
        cost, before = dijkstra(graph, indices=start, return_predecessors=True, limit=limit)
        for end in map(int, ends):
            if np.isfinite(cost[end]):
                yield start, end, _walk(before, start, end)


def _walk(before: np.ndarray, start: int, end: int) -> list[int]:
    path = [end]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return path[::-1]


def _new_runs(path: Sequence[int], used: set[int]) -> Iterator[list[int]]:
    """Yield the stretches of a path along which no road runs yet, from where each leaves one to where it joins one."""
    run: list[int] = []
    for here, there in pairwise(path):
        if here in used and there in used:
            if len(run) > 1:
                yield run
            run = []
            continue
        run = [*run, there] if run else [here, there]
        if there in used:
            yield run
            run = []
    if len(run) > 1:
        yield run


def _road(terrain: Terrain, name: str, rank: int, run: Sequence[int]) -> Road:
    """Return a road through the centres of cells, without those on a straight leg."""
    lat, lon = (axis[list(run)] for axis in grid.centre(terrain.sub_id))
    corners = np.column_stack([lon, lat])
    turns = np.abs(np.diff(corners, 2, axis=0)).max(axis=1) > STRAIGHT if len(run) > 2 else np.zeros(0, bool)
    kept = np.array([True, *turns, True])
    return Road(name=name, rank=rank, waypoints=np.round(corners[kept], 3))
