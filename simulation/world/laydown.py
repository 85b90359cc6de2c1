"""Where units stand at the start: forces of the seeds become bodies of fighters on cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.documents import Force
from simulation.errors import InputError
from simulation.model.state import Mobility
from simulation.region import Region

GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, kw_only=True)
class Body:
    """One unit at the start: `share` of its actor's fighters on the map, in a cell, dug in (0..1)."""

    actor: int
    force: int
    mobility: Mobility
    cell: int
    share: float
    dug_in: float
    willing: float


def lay_down(
    forces: Sequence[Force], region: Region, actors: Mapping[str, int], bloc: Sequence[int]
) -> list[Body]:
    """Return the units of all forces, in the order of the laydown.

    `bloc` gives each actor's bloc. `willing` spreads the units of an actor evenly over 0..1 (golden ratio),
    so that any share of them that obeys is drawn from all its forces.
    """
    control = controller_of_cells(region, actors)
    bodies: list[Body] = []
    counts = dict.fromkeys(actors.values(), 0)
    for number, force in enumerate(forces):
        actor = actors[force.actor]
        for cell in _cells(force, region, control, actors, bloc):
            counts[actor] += 1
            bodies.append(
                Body(
                    actor=actor,
                    force=number,
                    mobility=Mobility[force.mobility.upper()],
                    cell=cell,
                    share=force.share / force.units,
                    dug_in=force.entrenchment,
                    willing=counts[actor] * GOLDEN % 1,
                )
            )
    return bodies


def controller_of_cells(region: Region, actors: Mapping[str, int]) -> np.ndarray:
    """Return the actor index that holds each cell at the start, i4 (cells,), -1 for nobody."""
    index = np.array([*(actors[name] for name in region.controllers), -1], np.int32)
    return np.asarray(index[region.cells.control])


def _cells(
    force: Force, region: Region, control: np.ndarray, actors: Mapping[str, int], bloc: Sequence[int]
) -> list[int]:
    where = force.where
    if where.front is None or where.against is None:
        return [region.place(where.names[k % len(where.names)]).cell for k in range(force.units)]
    own, enemy = bloc[actors[force.actor]], bloc[actors[where.against]]
    front = _front_cells(region, control, np.array(bloc), own, enemy)
    if not len(front):
        message = f"force '{force.id}' has no front: no cell of its side touches one of {where.against}'s"
        raise InputError(message, file="laydown.yaml")
    return _along(region, where.front, force.units, front)


def _front_cells(region: Region, control: np.ndarray, bloc: np.ndarray, own: int, enemy: int) -> np.ndarray:
    """Return the cells of one bloc that touch a cell of the other."""
    side = np.where(control >= 0, bloc[control], -1)
    near = np.where(region.neighbours >= 0, side[region.neighbours], -1)
    return np.flatnonzero((side == own) & (near == enemy).any(axis=1))


def _along(region: Region, names: Sequence[str], count: int, candidates: np.ndarray) -> list[int]:
    """Return the candidates nearest to `count` points evenly along a line of places, each once if it can."""
    points = np.array([(region.place(name).lat, region.place(name).lon) for name in names])
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    at = (np.arange(count) + 0.5) / count * walked[-1]
    cells, taken = region.cells, dict.fromkeys(candidates.tolist(), 0)
    found = []
    for lat, lon in zip(
        np.interp(at, walked, points[:, 0]), np.interp(at, walked, points[:, 1]), strict=True
    ):
        away = np.hypot(cells.lat[candidates] - lat, cells.lon[candidates] - lon)
        order = np.lexsort((away, [taken[c] for c in candidates.tolist()]))
        best = int(candidates[order[0]])
        taken[best] += 1
        found.append(best)
    return found
