"""Chains of wars, truces in force, and the parts that actors play: who attacks, lies quiet, helps whom."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.documents import Predicate, Relation
from simulation.documents.conflict import FIRE
from simulation.sources.alliances import why
from simulation.sources.context import Material
from simulation.sources.entry import Entry, EntryGroup
from simulation.world.actors import defender_of


def wars_group(material: Material) -> EntryGroup:
    """Return who is at war, under truce, attacking, attacked, quiet, and helping."""
    entries = (
        *_wars(material),
        *_truces(material),
        *_roles(material),
        *_supports(material),
    )
    intro = (
        "A hostile pair is at war when a claim says that one shoots at the other. A truce stops the shooting "
        "and not the hostility."
    )
    return EntryGroup(id="wars", heading="Wars, truces and parts played", intro=intro, entries=entries)


def _wars(material: Material) -> Iterator[Entry]:
    now, then = material.seeds.wars, material.plain.wars
    for relation in material.seeds.relations:
        if relation.pair in now:
            yield _war_entry(material, relation, at_war=True, was=relation.pair in then)
    for relation in material.plain.relations:
        if relation.pair in then - now:
            yield _war_entry(material, relation, at_war=False, was=True)


def _war_entry(material: Material, relation: Relation, *, at_war: bool, was: bool) -> Entry:
    claims = tuple(name for name in relation.claims if material.seeds.claims[name].predicate in FIRE)
    told = (
        ""
        if at_war == was
        else f"as documented {'at war' if was else 'not at war'}; {why(material, relation)}"
    )
    return Entry(
        key=f"war-{relation.a}-{relation.b}",
        title=f"War of {material.shorts[relation.a]} and {material.shorts[relation.b]}",
        value="at war" if at_war else "not at war",
        basis="claims",
        because="a hostile pair of whom a claim says that one shoots at the other",
        claims=claims,
        change=told,
        names=(f"{relation.a}-{relation.b}", f"{relation.b}-{relation.a}"),
    )


def _truces(material: Material) -> Iterator[Entry]:
    now = {(truce.a, truce.b): truce for truce in material.seeds.truces}
    then = {(truce.a, truce.b): truce for truce in material.plain.truces}
    for pair, truce in (then | now).items():
        day = truce.day(material.scenario.start)
        said = f"in force since {truce.since} (day {day:.3g} of the run)"
        told = (then.get(pair), now.get(pair))
        lost = material.lost(tuple(dict.fromkeys(name for each in told if each for name in each.claims)))
        yield Entry(
            key=f"truce-{truce.a}-{truce.b}",
            title=f"Truce of {material.shorts[truce.a]} and {material.shorts[truce.b]}",
            value=said if pair in now else "none in force",
            basis="claims",
            because="a claim reports it; the latest and most exact time counts",
            claims=truce.claims,
            change=lost if told[0] != told[1] else "",
            names=(f"{truce.a}-{truce.b}", f"{truce.b}-{truce.a}"),
        )


def _roles(material: Material) -> Iterator[Entry]:
    for actor in material.seeds.actor_ids:
        yield from _role(material, actor, "attacker", Predicate.LAUNCHED, "began an attack")
        yield from _role(material, actor, "leader", Predicate.LEADS, "leads the campaign")
        yield from _role(material, actor, "quiet", Predicate.DORMANT, "has a quiet front of its own")
        yield from _role(
            material, actor, "defending", Predicate.DEFENDS, "holds what it has, and attacks nobody"
        )
        yield from _role(material, actor, "preoccupied", Predicate.PREOCCUPIED, "is bound elsewhere")
    defender = defender_of(material.seeds)
    if defender is not None:
        yield _defender(material, defender)


def _role(material: Material, actor: str, role: str, word: Predicate, what: str) -> Iterator[Entry]:
    claims = tuple(c.id for c in material.seeds.claims.values() if c.subject == actor and c.predicate is word)
    if not claims:
        return
    believed = any(name not in material.seeds.disbelieved for name in claims)
    yield Entry(
        key=f"{role}-{actor}",
        title=f"{material.names[actor]} {what}",
        value="so it is taken" if believed else "not believed",
        basis="claims",
        because=f"a claim with the word '{word.value}'",
        claims=claims,
        change=material.lost(claims),
    )


def _defender(material: Material, actor: str) -> Entry:
    foes = [w for w in material.seeds.wars if actor in w and w & material.seeds.attackers]
    wars = [f"war-{r.a}-{r.b}" for r in material.seeds.relations if r.pair in foes]
    then = defender_of(material.plain)
    return Entry(
        key=f"defender-{actor}",
        title=f"{material.names[actor]} is the one attacked",
        value="so it is taken",
        basis="claims",
        because="of those at war with an attacker, the one with most fighters by the best estimates",
        change="" if then == actor else f"as documented: {material.names[then] if then else 'nobody'}",
        see=(("its wars with the attackers", tuple(wars)), ("fighters", (f"{actor}_fighters",))),
    )


def _supports(material: Material) -> Iterator[Entry]:
    now = {(each.patron, each.client): each for each in material.seeds.supports}
    then = {(each.patron, each.client): each for each in material.plain.supports}
    for (patron, client), support in (then | now).items():
        here, before = now.get((patron, client)), then.get((patron, client))
        claims = tuple(dict.fromkeys(name for each in (before, here) if each for name in each.claims))
        yield Entry(
            key=f"support-{patron}-{client}",
            title=f"{material.names[patron]} helps {material.names[client]}",
            value=f"strength {support.strength:.2f} of 1" if here else "does not help",
            basis="claims",
            because="a claim with the word 'supports' between two whose relation is support",
            claims=claims,
            change=material.lost(claims) if here != before else "",
            names=(f"{patron}-{client}", f"{client}-{patron}"),
        )
