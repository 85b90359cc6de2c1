"""Names instead of indices: actors, units, places and cells of a world, for people and for files."""

from __future__ import annotations

from bisect import bisect_left

from simulation.world.world import World

MONITOR = "monitor"


def actor_id(world: World, actor: int) -> str:
    """Return the id of an actor; -1 is the monitor, who belongs to no side."""
    return MONITOR if actor < 0 else world.actors[actor]


def short_name(world: World, actor: int) -> str:
    """Return the short name of an actor."""
    return world.seeds.actors[actor].short


def unit_name(world: World, unit: int) -> str:
    """Return a unit's name: force and number (`north-line/3`), or `ally:1` for the first sent by an ally."""
    if unit < len(world.bodies):
        force = world.bodies[unit].force
        first = bisect_left(world.bodies, force, key=lambda body: body.force)
        return f"{world.seeds.forces[force].id}/{unit - first + 1}"
    actors = world.template.units.actor
    number = int((actors[len(world.bodies) : unit + 1] == actors[unit]).sum())
    return f"{actor_id(world, int(actors[unit]))}:{number}"


def cell_id(world: World, cell: int) -> int:
    """Return the number of a cell within PRIO-GRID (`sub_id`)."""
    return int(world.region.cells.sub_id[cell])


def place_near(world: World, cell: int) -> tuple[int, bool]:
    """Return the first place in a cell, or else the nearest one, and whether the cell is that place's own."""
    ground = world.template.ground[cell]
    inside = bool(ground.first_place >= 0)
    return int(ground.first_place if inside else ground.near_places[0]), inside


def whereabouts(world: World, cell: int, at: str = "at ") -> str:
    """Return where a cell is: `at` the first place in it, or "near" the nearest one."""
    place, inside = place_near(world, cell)
    return f"{at if inside else 'near '}{world.places[place]}"
