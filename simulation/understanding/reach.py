"""Who stands where: units without an enemy in reach, units on the other side's ground, places that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.model.state import Stance
from simulation.world.world import World

REACHES = {Stance.OFFENSIVE: ("attack_reach",), Stance.DEFENSIVE: ("counter_reach", "threat_reach")}
"""Inputs that say how far off, in km by road, an actor looks for enemies; others look as far as a defender."""

NEXT_TO_NONE = 0.05
"""Share of what could attack below which next to nothing does (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Idle:
    """An actor with units on the map and no enemy in reach, and why: the nearest is `km` off where it has any."""

    actor: str
    why: str
    km: float | None = None
    attacks: bool = False


@dataclass(frozen=True, kw_only=True)
class Hobbled:
    """An attacker who can hardly attack, why, and which of its numbers or fields to look at."""

    actor: str
    why: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Astray:
    """So many units of an actor stand at the start on the ground of another with whom it is at war."""

    actor: str
    holder: str
    units: int
    of: int


def idle_actors(world: World) -> Iterator[Idle]:
    """Yield each actor with units that has no enemy in reach at the start."""
    for k, name in enumerate(world.actors):
        cells = _cells(world, k)
        if not cells:
            continue
        attacks = world.template.actors[k].stance == Stance.OFFENSIVE
        if world.template.actors[k].stance == Stance.DORMANT:
            yield Idle(actor=name, why="it lies quiet, as claims say")
        elif not (foes := _foes(world, k)):
            yield Idle(actor=name, why="it is at war with nobody", attacks=attacks)
        elif (km := _nearest(world, cells, foes)) > (most := _reach(world, k)):
            found = "no way leads to any" if np.isinf(km) else f"the nearest is {km:.0f} km away"
            why = f"no enemy is within {most:.0f} km by road, as far as it looks; {found}"
            yield Idle(actor=name, why=why, km=None if np.isinf(km) else km, attacks=attacks)


def hobbled_attackers(world: World) -> Iterator[Hobbled]:
    """Yield each attacker whose units cannot move, or of which next to none would go."""
    seeds = world.seeds
    for actor in (each for each in seeds.actors if each.id in seeds.attackers):
        forces = [force for force in seeds.forces if force.actor == actor.id]
        if forces and all(force.mobility == "static" for force in forces):
            yield Hobbled(actor=actor.id, why="all its forces are static", mend="mobility of its forces")
        elif actor.best("appetite") < NEXT_TO_NONE:
            why = f"it commits {actor.best('appetite'):g} of what can move"
            yield Hobbled(actor=actor.id, why=why, mend="appetite")
        elif actor.best("restraint") > 1 - NEXT_TO_NONE:
            why = f"its patron holds {actor.best('restraint'):g} of its attacks back"
            yield Hobbled(actor=actor.id, why=why, mend="restraint")


def astray_units(world: World) -> Iterator[Astray]:
    """Yield how many units of each actor stand on an enemy's ground at the start."""
    holders = world.template.ground.control0
    for k, name in enumerate(world.actors):
        cells, foes = _cells(world, k), _foes(world, k)
        on = [int(holders[cell]) for cell in cells]
        for foe in foes:
            if count := on.count(foe):
                yield Astray(actor=name, holder=world.actors[foe], units=count, of=len(cells))


def unreachable_places(world: World) -> tuple[str, ...]:
    """Return the places to which no way leads from any unit on the map."""
    cells = sorted({body.cell for body in world.bodies if body.share > 0})
    if not cells:
        return ()
    km = world.template.ways["km"][cells].min(axis=0)
    return tuple(name for name, away in zip(world.places, km, strict=True) if np.isinf(away))


def _cells(world: World, actor: int) -> list[int]:
    return [body.cell for body in world.bodies if body.actor == actor and body.share > 0]


def _foes(world: World, actor: int) -> list[int]:
    bits = int(world.template.actors[actor].foe_bits)
    return [other for other in range(len(world.actors)) if bits >> other & 1]


def _reach(world: World, actor: int) -> float:
    """Return the most that an actor looks for enemies in any history, km by road."""
    names = REACHES.get(Stance(world.template.actors[actor].stance), REACHES[Stance.DEFENSIVE])
    return max(world.scenario.inputs[name].support()[1] for name in names)


def _nearest(world: World, cells: list[int], foes: list[int]) -> float:
    """Return how far the nearest ground, place or unit of a foe is by road, km; 0 beside one, infinite for none."""
    template = world.template
    beside = template.ground.neighbours[cells]
    near = np.where(beside >= 0, template.ground.control0[beside], -1)
    if np.isin(near, foes).any() or np.isin(template.ground.control0[cells], foes).any():
        return 0.0
    stand = [cell for foe in foes for cell in _cells(world, foe)]
    if set(stand) & {*beside.ravel().tolist(), *cells}:
        return 0.0
    theirs = np.isin(template.places.holder0, foes) | np.isin(template.places.cell, stand)
    return float(template.ways["km"][cells][:, theirs].min()) if theirs.any() else float(np.inf)
