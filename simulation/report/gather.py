"""What a page takes from a world: actors and endings as they are shown, the map's cells and places."""

from __future__ import annotations

import numpy as np

from simulation.report.material import ActorStyle, EndingText, Grid, MapPlace
from simulation.scenario.build import World

MAP_PLACES = 40
SMALLEST_MAP = 4


def actor_styles(world: World) -> tuple[ActorStyle, ...]:
    """Return the actors as they are drawn, in the world's order."""
    return tuple(ActorStyle(id=a.id, name=a.name, short=a.short, colour=a.colour) for a in world.seeds.actors)


def ending_texts(world: World) -> tuple[EndingText, ...]:
    """Return the endings with a label made from their id, in the world's order."""
    return tuple(
        EndingText(id=e.id, label=e.id.replace("_", " ").capitalize(), meaning=e.meaning)
        for e in world.seeds.endings
    )


def map_grid(world: World) -> Grid | None:
    """Return the map's cells; a world of very few cells has no map."""
    cells = world.region.cells
    if len(cells) < SMALLEST_MAP:
        return None
    lats = np.unique(cells.lat)
    return Grid(
        sub_ids=np.asarray(cells.sub_id), lats=np.asarray(cells.lat), lons=np.asarray(cells.lon),
        step=float(np.diff(lats).min()),
    )  # fmt: skip


def map_places(world: World) -> tuple[MapPlace, ...]:
    """Return the towns that carry most weight; where there are none, the places that do."""
    towns = [p for p in world.region.places if p.kind in ("capital", "city", "town")] or list(
        world.region.places
    )
    chosen = sorted(towns, key=lambda p: (-p.weight, -p.population))[:MAP_PLACES]
    return tuple(MapPlace(name=p.name, lat=p.lat, lon=p.lon, weight=p.weight) for p in chosen)


def licences(world: World) -> tuple[str, ...]:
    """Return the licences of the data behind the map, one a line."""
    return tuple(line for line in world.region.licences.splitlines() if line.strip())
