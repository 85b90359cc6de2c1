"""Who has columns and series: every actor that is, or may come, on the map or into the air."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from simulation.model.change_kind import ChangeKind
from simulation.model.daily_series import ActorGroup
from simulation.model.state import Stance
from simulation.world.world import World


def participants(world: World) -> Mapping[ActorGroup, tuple[int, ...]]:
    """Return the columns of the picture of a day that belong to each group, in the order of the actors.

    Actors count by what can happen under the measures of the scenario, not by what happens in some history, so
    that all histories have the same columns.
    """
    template, actors = world.template, world.template.actors
    fighters = _fighters(world)
    holders = fighters | set(template.cells.control[template.cells.control >= 0].tolist())
    attackers = [k for k, row in enumerate(actors) if row.stance not in (Stance.NONE, Stance.DEFENSIVE)]
    parties = {k for k in holders if actors[k].stance != Stance.NONE}
    everybody = (len(actors),)
    return {
        ActorGroup.HOLDERS: _in_order(holders),
        ActorGroup.FIGHTERS: _in_order(fighters),
        ActorGroup.FLIERS: _in_order(_fliers(world, fighters)),
        ActorGroup.PARTIES: _in_order(parties),
        # Allies have no say on the map, but their fighters take ground for those whom they help.
        ActorGroup.TAKERS: _in_order(parties | fighters) if template.ground.villages.any() else (),
        ActorGroup.ATTACKERS: tuple(attackers),
        ActorGroup.DEFENDERS: _defenders(actors, attackers),
        ActorGroup.ACTORS: tuple(range(len(actors))),
        ActorGroup.EVERYBODY: everybody,
        ActorGroup.MONITOR: everybody,
    }


def with_blocs(world: World, names: Iterable[str]) -> tuple[str, ...]:
    """Return the named actors and all of their blocs, in the world's order."""
    blocs = {world.seeds.blocs[name] for name in names}
    return tuple(actor for actor in world.actors if world.seeds.blocs[actor] in blocs)


def _in_order(actors: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(actors))


def _fighters(world: World) -> set[int]:
    """Return the actors of all bodies that have fighters at the start, or that an ally or a measure may send."""
    units = world.template.units
    sent = np.arange(len(units)) >= len(world.bodies)
    return set(units.actor[(units.share > 0) | sent].tolist())


def _fliers(world: World, fighters: Iterable[int]) -> set[int]:
    """Return those who may fly strikes: who has no fighters only intercepts columns, which counts as no strike."""
    measures = world.template.measures
    given = set(measures.a[measures.kind == ChangeKind.SET_SORTIES].tolist())
    return {
        k for k in fighters if k in given or f"{world.actors[k]}_sorties_per_day" in world.scenario.inputs
    }


def _defenders(actors: np.recarray, attackers: Iterable[int]) -> tuple[int, ...]:
    rivals = {int(actors[k].rival) for k in attackers}
    blocs = {int(actors[k].bloc) for k in rivals if k >= 0}
    return tuple(k for k, row in enumerate(actors) if int(row.bloc) in blocs)
