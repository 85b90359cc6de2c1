"""Chains of actors, of the relations between them, and of the blocs that follow."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.documents import ActorSeed, Relation, Seeds
from simulation.documents.relation import BEARING, HOSTILE, SUPPORT
from simulation.sources.context import Material
from simulation.sources.entry import Entry, EntryGroup

RULE = (
    "support less hostility, each 1 - product(1 - weight x trust) over its claims; under 0.15, or where the "
    "latest claim says that the two keep apart or are ambiguous, neither"
)
SIGNS = {SUPPORT: "support each other", HOSTILE: "hostile", 0: "neither friends nor foes"}
_KINDS = {SUPPORT: "support", HOSTILE: "hostile", 0: "neither"}


def actors_group(material: Material) -> EntryGroup:
    """Return every actor with its bloc and the claims that name it."""
    entries = tuple(_actor(material, index) for index in range(len(material.seeds.actors)))
    intro = "Who decides in this model. An actor is there because a document names it; its bloc is computed."
    return EntryGroup(id="actors", heading="Actors", intro=intro, entries=entries)


def relations_group(material: Material) -> EntryGroup:
    """Return every relation that a claim bears on, and the blocs that follow."""
    gone = [each for each in material.plain.relations if material.seeds.relation(each.a, each.b) is None]
    entries = (
        *(_relation(material, each) for each in material.seeds.relations),
        *(_vanished(material, each) for each in gone),
        *_blocs(material),
    )
    intro = (
        "Nobody typed an alliance by hand. A claim that bears on two actors has a sign and a weight by its "
        "word, and counts as far as it is trusted. A pair that is not listed is neither: no claim bears on it."
    )
    return EntryGroup(id="relations", heading="Relations and blocs", intro=intro, entries=entries)


def _actor(material: Material, index: int) -> Entry:
    actor, seeds = material.seeds.actors[index], material.seeds
    mates = [other for other, bloc in seeds.blocs.items() if bloc == seeds.blocs[actor.id]]
    claims = tuple(name for name, cited in material.cited.items() if actor.id in cited.about)
    relations = tuple(f"{each.a}-{each.b}" for each in seeds.relations if actor.id in each.pair)
    return Entry(
        key=actor.id,
        title=actor.name,
        value=f"{actor.kind.replace('_', ' ')}; bloc of {listed(material, mates)}",
        basis="claims",
        because="named by the claims below; its bloc follows from its relations",
        written=material.written.actor(index),
        claims=claims,
        change=_bloc_change(material, actor.id),
        facts=tuple(_facts(material, actor)),
        see=(
            ("relations", relations),
            ("numbers", tuple(name for name, _ in actor.inputs())),
            ("forces", tuple(force.id for force in seeds.forces if force.actor == actor.id)),
        ),
        names=(actor.name, actor.short, *actor.aliases),
    )


def _facts(material: Material, actor: ActorSeed) -> Iterator[tuple[str, str]]:
    """Yield what the file of actors says of one besides its numbers."""
    yield "also called", ", ".join(actor.aliases)
    yield "seat", actor.seat or "none on the map"
    if actor.bound_by is not None:
        yield "bound by", f"the war with {material.names[actor.bound_by]}; a truce there frees it day by day"
    if actor.listed:
        yield "listed", "as terrorist, so that few sign a truce with it (truce_listed)"


def _bloc_change(material: Material, actor: str) -> str:
    now, then = _bloc_of(material.seeds, actor), _bloc_of(material.plain, actor)
    return "" if now == then else f"as documented, its bloc is {listed(material, then)}"


def _bloc_of(seeds: Seeds, actor: str) -> list[str]:
    return [other for other, bloc in seeds.blocs.items() if bloc == seeds.blocs[actor]]


def _relation(material: Material, relation: Relation) -> Entry:
    claims = tuple(dict.fromkeys((*relation.claims, *_lost_of(material, relation.a, relation.b))))
    return Entry(
        key=f"{relation.a}-{relation.b}",
        title=f"{material.names[relation.a]} and {material.names[relation.b]}",
        value=relation_words(material.seeds, relation),
        basis="claims",
        because=RULE,
        claims=claims,
        change=_relation_change(material, relation),
        facts=tuple((name, working(material, name)) for name in relation.claims),
        names=(f"{relation.b}-{relation.a}",),
    )


def _vanished(material: Material, relation: Relation) -> Entry:
    """Return the chain of a pair on which no believed claim bears any more."""
    then = relation_words(material.plain, relation)
    return Entry(
        key=f"{relation.a}-{relation.b}",
        title=f"{material.names[relation.a]} and {material.names[relation.b]}",
        value="neither friends nor foes: no believed claim bears on them",
        basis="claims",
        because=RULE,
        claims=relation.claims,
        change=f"as documented: {then}; {why(material, relation)}",
        names=(f"{relation.b}-{relation.a}",),
    )


def relation_words(seeds: Seeds, relation: Relation) -> str:
    """Return a relation in words, with its strength and since when."""
    war = ", at war" if seeds.at_war(relation.a, relation.b) else ""
    since = f" since {relation.since}" if relation.since else ""
    strength = f", strength {relation.strength:.2f} of 1" if relation.sign else ""
    return f"{SIGNS[relation.sign]}{war}{since}{strength}"


def working(material: Material, claim: str) -> str:
    """Return how a claim counts in a relation: its sign, and weight times trust."""
    sign, weight = BEARING[material.seeds.claims[claim].predicate]
    if sign == 0:
        return "neither: sets the two apart if it is the latest"
    return f"{_KINDS[sign]}, weight {weight:g} x trust {material.cited[claim].trust:.2g}"


def _relation_change(material: Material, relation: Relation) -> str:
    then = material.plain.relation(relation.a, relation.b)
    if then == relation and _war(material.seeds, relation) == _war(material.plain, relation):
        return ""
    told = "nothing" if then is None else relation_words(material.plain, then)
    return f"as documented: {told}; {why(material, relation)}"


def why(material: Material, relation: Relation) -> str:
    """Return which claims on a pair the scenario edited."""
    both = (material.plain.relation(relation.a, relation.b), material.seeds.relation(relation.a, relation.b))
    return material.lost(tuple(dict.fromkeys(name for each in both if each for name in each.claims)))


def _war(seeds: Seeds, relation: Relation) -> bool:
    return seeds.at_war(relation.a, relation.b)


def _lost_of(material: Material, a: str, b: str) -> tuple[str, ...]:
    then = material.plain.relation(a, b)
    return tuple(name for name in (then.claims if then else ()) if name in material.seeds.disbelieved)


def _blocs(material: Material) -> Iterator[Entry]:
    for first in dict.fromkeys(material.seeds.blocs.values()):
        members = [actor for actor, bloc in material.seeds.blocs.items() if bloc == first]
        inside = [r for r in material.seeds.relations if r.pair <= set(members) and r.sign == SUPPORT]
        yield Entry(
            key=f"bloc-{first}",
            title=f"Bloc of {listed(material, members)}",
            value="stand together" if len(members) > 1 else "stands alone",
            basis="claims",
            because="blocs with the most support between them join while no hostile pair keeps them apart",
            change=_bloc_change(material, first),
            see=(("relations of support in it", tuple(f"{r.a}-{r.b}" for r in inside)),),
        )


def listed(material: Material, actors: list[str]) -> str:
    """Return the short names of actors in a row."""
    return ", ".join(material.shorts[actor] for actor in actors)
