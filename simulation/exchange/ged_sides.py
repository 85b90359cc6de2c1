"""Which actor of a scenario a side of an event is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from simulation.errors import InputError, united
from simulation.exchange.ged_event import GedEvent
from simulation.io.pydantic_messages import suggestion
from simulation.model.daily_series import ActorGroup
from simulation.outcomes.participants import participants
from simulation.wording.phrases import counted, listed
from simulation.world.world import World

NOBODY = "-"
"""What a name is given that stands for no actor of the scenario."""
CIVILIANS = "civilians"
"""What GED calls the other side of one-sided violence."""
Named = Mapping[str, str]
"""The actor of each name, or NOBODY, names in small letters."""


def given_names(given: Sequence[str], world: World) -> dict[str, str]:
    """Return the actors that a user gives to names, each as `NAME=ACTOR` or `NAME=-`; InputError for any other."""
    known, found = fighting(world), dict[str, str]()
    for each in given:
        name, mark, actor = (part.strip() for part in each.rpartition("="))
        if not (name and mark and actor):
            raise InputError(f"--side '{each}': write NAME=ACTOR, or NAME={NOBODY} to leave its dead out")
        if actor != NOBODY and actor not in known:
            message = f"there is no actor with fighters '{actor}'{suggestion(actor, known)}; there are {listed(known)}"
            raise InputError(f"--side '{each}': {message}")
        if found.setdefault(name.casefold(), actor) != actor:
            raise InputError(f"--side '{each}': the name has another actor already")
    return found


def fighting(world: World) -> tuple[str, ...]:
    """Return the actors that have a series of their dead."""
    return tuple(world.actors[k] for k in participants(world)[ActorGroup.FIGHTERS])


def names_of(events: Iterable[GedEvent], given: Named, world: World) -> Named:
    """Return the actor of each name of a side: as given, or by id, name, short name and aliases in the seeds.

    InputError that lists every name of which nobody knows whose it is, or of two.
    """
    own, unknown = _own_names(world), dict[str, list[GedEvent]]()
    found = dict(given) | {CIVILIANS: given.get(CIVILIANS, NOBODY)}
    for event in events:
        for name in event.sides:
            key = name.casefold()
            actors = own.get(key, ())
            if key not in found and len(actors) == 1:
                found[key] = actors[0]
            if key not in found:
                unknown.setdefault(name, []).append(event)
    if unknown:
        raise united(_unknown(name, of, own, world) for name, of in unknown.items())
    return found


def _own_names(world: World) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    able = fighting(world)
    for actor in world.seeds.actors:
        for name in {each.casefold() for each in (actor.id, actor.name, actor.short, *actor.aliases)}:
            if actor.id in able:
                found[name] = (*found.get(name, ()), actor.id)
    return found


def _unknown(
    name: str, events: Sequence[GedEvent], own: Mapping[str, Sequence[str]], world: World
) -> InputError:
    dead = sum(event.best for event in events)
    several = own.get(name.casefold(), ())
    what = f"is a name of {listed(several)}" if several else "is no actor with fighters of the scenario"
    told = (
        f"'{name}' ({counted(len(events), 'event')}, {counted(dead, 'death')}) {what}; say whose it is with "
        f"--side '{name}=ACTOR', or '{name}={NOBODY}' to leave its dead out; actors: {listed(fighting(world))}"
    )
    return InputError(told, file=events[0].file, line=events[0].line)
