"""What was understood of a scenario: sides, wars, attackers, truces, troops, and claims that the map contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from simulation.documents import HOSTILE, SUPPORT, Claim, Predicate, Seeds
from simulation.documents.bloc import blocs_from
from simulation.documents.moment import end
from simulation.documents.relation import BEARING, relations_from
from simulation.model.parameters import PARAMETERS
from simulation.results.folder import Results
from simulation.scenario.measures import Ceasefire
from simulation.understanding.histories import Played, played_in
from simulation.understanding.reach import (
    Astray,
    Hobbled,
    Idle,
    astray_units,
    hobbled_attackers,
    idle_actors,
    unreachable_places,
)
from simulation.world.actors import defender_of
from simulation.world.world import World

HOLDS = (Predicate.TOOK, Predicate.CONTROLS)


@dataclass(frozen=True, kw_only=True)
class InForce:
    """A truce in force at the start between two actors, for so many days; `binds` enemies or not; by which claims."""

    a: str
    b: str
    since: str
    days: float
    binds: bool
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A claim that an actor holds a place at the start, which the map gives to the bloc of another, or to nobody."""

    claim: str
    actor: str
    place: str
    holder: str


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """Two actors are of one bloc only because somebody who is hostile to one of them says so in some claims."""

    a: str
    b: str
    speaker: str
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What was understood. Actors and places are named by id; `shorts` are the actors' short names.

    `rules` and `numbers` are how many inputs of the rules and of the actors are uncertain, and of how many.
    `played` is what was seen in histories, None before any was played.
    """

    scenario: str
    shorts: dict[str, str]
    blocs: tuple[tuple[str, ...], ...]
    wars: tuple[tuple[str, str], ...]
    attackers: tuple[str, ...]
    defender: str | None
    truces: tuple[InForce, ...]
    idle: tuple[Idle, ...]
    hobbled: tuple[Hobbled, ...]
    astray: tuple[Astray, ...]
    contradicted: tuple[Contradiction, ...]
    hanging: tuple[Hanging, ...]
    unreachable: tuple[str, ...]
    rules: tuple[int, int]
    numbers: tuple[int, int]
    played: Played | None = field(default=None)


def picture_of(world: World, results: Results | None = None) -> Picture:
    """Return what was understood of a world, with what was seen in its histories if there are results."""
    seeds, ids = world.seeds, world.actors
    uncertain = [name for name, each in world.scenario.inputs.items() if each.dist is not None]
    rules = sum(name in PARAMETERS for name in uncertain)
    return Picture(
        scenario=world.scenario.name,
        shorts={actor.id: actor.short for actor in seeds.actors},
        blocs=tuple(
            tuple(name for name in ids if seeds.blocs[name] == first)
            for first in dict.fromkeys(seeds.blocs.values())
        ),
        wars=tuple((each.a, each.b) for each in seeds.relations if each.pair in seeds.wars),
        attackers=tuple(name for name in ids if name in seeds.attackers),
        defender=defender_of(seeds),
        truces=tuple(_truces(world)),
        idle=tuple(idle_actors(world)),
        hobbled=tuple(hobbled_attackers(world)),
        astray=tuple(astray_units(world)),
        contradicted=tuple(_contradicted(world)),
        hanging=tuple(hanging_blocs(seeds)),
        unreachable=unreachable_places(world),
        rules=(rules, len(PARAMETERS)),
        numbers=(len(uncertain) - rules, len(world.scenario.inputs) - len(PARAMETERS)),
        played=None if results is None else played_in(results),
    )


def _truces(world: World) -> Iterator[InForce]:
    for truce in world.seeds.truces:
        if (day := truce.day(world.scenario.start)) <= 0:
            yield InForce(
                a=truce.a,
                b=truce.b,
                since=truce.since,
                days=-day,
                binds=_at_war(world, truce.a, truce.b),
                claims=truce.claims,
            )
    for measure in world.scenario.measures:
        if isinstance(measure, Ceasefire) and measure.from_day <= 0:
            a, b = measure.between
            yield InForce(a=a, b=b, since="the scenario", days=0.0, binds=_at_war(world, a, b))


def _at_war(world: World, a: str, b: str) -> bool:
    """Return whether a truce of two stops any fire: between them, or between their blocs."""
    blocs = world.seeds.blocs
    sides = {blocs[a], blocs[b]}
    return any({blocs[name] for name in war} == sides for war in world.seeds.wars)


def _contradicted(world: World) -> Iterator[Contradiction]:
    """Yield the claims on places before the start that the map does not bear out."""
    seeds, start = world.seeds, world.scenario.start.isoformat()
    for claim in seeds.claims.values():
        if claim.predicate not in HOLDS or claim.place is None or claim.id in seeds.disbelieved:
            continue
        if _is_later(claim, start):
            continue
        holder = int(world.template.places.holder0[world.places.index(claim.place)])
        name = world.actors[holder] if holder >= 0 else ""
        if not name or seeds.blocs[name] != seeds.blocs[claim.subject]:
            yield Contradiction(claim=claim.id, actor=claim.subject, place=claim.place, holder=name)


def _is_later(claim: Claim, start: str) -> bool:
    """Return whether a claim speaks of a time after the start, or of one that was over before it."""
    when = claim.day or claim.since
    if when is not None and end(when).isoformat() > start:
        return True
    return claim.until is not None and end(claim.until).isoformat() <= start


def hanging_blocs(seeds: Seeds) -> Iterator[Hanging]:
    """Yield the pairs of one bloc that would not be of one without what an enemy of either says of them."""
    believed = [claim for claim in seeds.claims.values() if claim.id not in seeds.disbelieved]
    said = sorted(_by_enemies(seeds, believed), key=lambda each: each[:3])
    for (speaker, a, b), group in groupby(said, key=lambda each: each[:3]):
        claims = [each[3] for each in group]
        kept = [claim for claim in believed if claim.id not in claims]
        blocs = blocs_from(relations_from(kept, seeds.actor_ids), seeds.actor_ids)
        if seeds.blocs[a] == seeds.blocs[b] and blocs[a] != blocs[b]:
            yield Hanging(a=a, b=b, speaker=speaker, claims=tuple(claims))


def _by_enemies(seeds: Seeds, claims: list[Claim]) -> Iterator[tuple[str, str, str, str]]:
    for claim in claims:
        if claim.verified or claim.said_by not in seeds.actor_ids:
            continue
        if BEARING.get(claim.predicate, (0, 0.0))[0] != SUPPORT:
            continue
        for other in claim.objects:
            if any(_is_hostile(seeds, claim.said_by, name) for name in (claim.subject, other)):
                a, b = sorted((claim.subject, other), key=seeds.actor_ids.index)
                yield claim.said_by, a, b, claim.id


def _is_hostile(seeds: Seeds, a: str, b: str) -> bool:
    relation = seeds.relation(a, b)
    return relation is not None and relation.sign == HOSTILE
