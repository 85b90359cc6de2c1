"""Verbs with a turn of phrase of their own: agreements, troops sent, ties, aims, what binds somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects, sufferers
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.owner import owner
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


_YIELD = words.word_set("cease halt stop end withdraw leave surrender retreat pull lift disarm")


def turn_events(verb: Token, who: Who) -> Iterator[Event]:
    """Verbs with a turn of phrase of their own."""
    lemma, does = verb.lemma_.lower(), subjects(verb, who)
    nouns = {each.lemma_.lower(): each for each in direct_objects(verb)}
    if lemma in ("violate", "breach", "break", "infringe") and (
        noun := _one_of(nouns, words.TRUCE_NOUNS | words.ACCORD_NOUNS | {"agreement", "promise"})
    ):
        yield Event(
            at=verb,
            predicate="breached",
            subjects=does,
            about=phrase(noun),
            why=f"verb '{lemma}' and an agreement",
        )
    if lemma in ("break", "sever", "cut", "suspend") and (
        noun := _one_of(nouns, frozenset({"relation", "tie", "link"}))
    ):
        partners = joined(
            who.doers(each) for each in objects_after(noun, ("with", "to")) + objects_after(verb, ("with",))
        )
        yield Event(
            at=verb, predicate="opposes", subjects=does, objects=partners, why=f"'{lemma} relations with'"
        )
    if (
        lemma in words.BINDS
        and passive(verb)
        and (things := objects_after(verb, ("in", "with", "by", "down")))
    ):
        yield Event(
            at=verb,
            predicate="preoccupied",
            subjects=sufferers(verb, who),
            about=phrase(things[0]),
            why=f"'{lemma}ed in'",
        )
    broken = subject_token(verb) if passive(verb) and lemma in ("violate", "breach", "break") else None
    if broken is not None and broken.lemma_.lower() in words.TRUCE_NOUNS | words.ACCORD_NOUNS:
        why = f"verb '{lemma}' and an agreement"
        yield Event(at=verb, predicate="breached", subjects=does, about=phrase(broken), why=why)
    if lemma in ("sign", "conclude", "reach", "agree", "strike", "make") and (
        noun := _one_of(nouns, words.ACCORD_NOUNS | words.TRUCE_NOUNS)
    ):
        predicate = "truce_with" if noun.lemma_.lower() in words.TRUCE_NOUNS else "agreed_with"
        partners = joined(
            who.doers(each) for each in objects_after(noun, ("with",)) + objects_after(verb, ("with",))
        )
        if partners:
            yield Event(
                at=verb,
                predicate=predicate,
                subjects=does,
                objects=partners,
                why=f"'{lemma} {noun.lemma_} with'",
            )
        elif len(does) == 2:
            yield Event(
                at=verb,
                predicate=predicate,
                subjects=does[:1],
                objects=does[1:],
                why=f"'{lemma}' an agreement",
            )
    if lemma in ("deploy", "station", "send") and _one_of(
        nouns, words.PEOPLE_NOUNS | words.WEAPON_NOUNS | {"force", "contingent", "unit"}
    ):
        where = objects_after(verb, ("to", "in", "at", "across", "into", "near", "along", "on", "over"))
        where += [
            each
            for noun in nouns.values()
            for each in objects_after(noun, ("in", "at", "across", "to", "over"))
        ]
        if where:
            yield Event(
                at=verb,
                predicate="holds_force_in",
                subjects=does,
                about=phrase(where[0]),
                why=f"'{lemma}' troops",
            )
    if lemma in ("have", "keep", "maintain", "establish") and (noun := _one_of(nouns, words.TROOP_NOUNS)):
        where = objects_after(noun, ("in", "at", "on", "near")) + objects_after(verb, ("in", "at", "on"))
        if where:
            yield Event(
                at=verb,
                predicate="holds_force_in",
                subjects=does,
                about=phrase(where[0]),
                why=f"'{lemma} {noun.lemma_} in'",
            )
    if lemma in words.TRACKS and any(
        each.lower_ in ("closely", "carefully", "concern") for each in verb.subtree
    ):
        thing = next((phrase(each) for each in direct_objects(verb)), "what happens")
        yield Event(at=verb, predicate="watches", subjects=does, about=thing, why=f"'{lemma} closely'")
    if (
        lemma == "lead"
        and passive(verb)
        and (subject := subject_token(verb)) is not None
        and subject.lemma_.lower() in words.ATTACK_NOUNS
    ):
        yield Event(
            at=verb, predicate="launched", subjects=does, about=phrase(subject), why="leads the attack"
        )
    if lemma in ("displace", "uproot") or (
        lemma == "drive" and any(each.lemma_ == "home" for each in verb.subtree)
    ):
        things = [
            phrase(each)
            for each in ([subject_token(verb)] if passive(verb) else direct_objects(verb))
            if each is not None
        ]
        if things:
            yield Event(
                at=verb,
                predicate="displaced",
                subjects=does or who.main_enemy or who.memory.attackers,
                about=things[0],
                sure=bool(does),
                why=f"verb '{lemma}'" + ("" if does else "; by whom is not said"),
            )
    if lemma in ("know", "call") and any(each.lower_ == "formerly" for each in verb.children):
        names = objects_after(verb, ("as",))
        if names:
            yield Event(
                at=verb,
                predicate="renamed_from",
                subjects=sufferers(verb, who),
                about=phrase(names[0]),
                why="'formerly known as'",
            )
    if (
        lemma in ("link", "tie", "affiliate")
        and (to := objects_after(verb, ("to", "with")))
        and passive(verb)
    ):
        backers = joined(who.doers(each) for each in to)
        if backers:
            yield Event(
                at=verb,
                predicate="supports",
                subjects=backers,
                objects=sufferers(verb, who) if passive(verb) else does,
                why=f"'{lemma}ed to'",
                sure=False,
            )
        yield Event(
            at=verb,
            predicate="linked_to",
            subjects=sufferers(verb, who),
            about=phrase(to[0]),
            why=f"'{lemma}ed to'",
        )
    if lemma == "distance" and (away := objects_after(verb, ("from",))):
        yield Event(
            at=verb,
            predicate="distanced_from",
            subjects=does,
            about=phrase(away[0]),
            why="'distance itself from'",
        )
    if lemma in ("flee", "escape") or (
        lemma == "leave" and any(each.lemma_ in ("home", "house", "farm") for each in verb.subtree)
    ):
        yield from _flight(verb, who)
    if lemma in (
        "regard",
        "view",
        "see",
        "brand",
        "label",
        "describe",
        "denounce",
        "call",
        "designate",
    ) and not passive(verb):
        blamed = [
            each
            for each in (*objects_after(verb, ("as",)), *verb.children)
            if each.dep_ in ("pobj", "oprd") or (each.dep_ == "ccomp" and each.pos_ == "NOUN")
        ]
        blamed += [below for each in blamed for below in each.children if below.dep_ == "amod"]
        hit = sufferers(verb, who) or joined(
            who.doers(below)
            for each in verb.children
            if each.dep_ == "ccomp"
            for below in each.children
            if below.dep_ == "nsubj"
        )
        if hit and any(each.lemma_.lower() in words.INSULTS - {"enemy"} for each in blamed):
            yield Event(
                at=verb,
                predicate="opposes",
                subjects=does,
                objects=hit,
                why=f"'{lemma}' with a word of blame",
            )
    if lemma in ("call", "urge", "demand", "warn", "tell") and not passive(verb):
        asked = joined(who.doers(each) for each in (*objects_after(verb, ("on",)), *direct_objects(verb)))
        told = [
            each.lemma_
            for each in verb.subtree
            if each.pos_ == "VERB" and each.dep_ in ("xcomp", "ccomp", "advcl", "acl")
        ]
        if asked and set(told) & _YIELD:
            why = f"'{lemma}' to yield"
            yield Event(at=verb, predicate="opposes", subjects=does, objects=asked, why=why, sure=False)
    if lemma in ("aim", "seek", "want", "demand"):
        aims = [
            each for each in verb.children if each.dep_ == "xcomp" and lemma != "demand"
        ] or objects_after(verb, ("at",))
        aims += [
            each
            for each in direct_objects(verb)
            if each.lemma_ in ("state", "independence", "autonomy", "secession", "power")
        ]
        if aims:
            yield Event(
                at=verb, predicate="aims", subjects=does, about=phrase(aims[0]), why=f"verb '{lemma}'"
            )


def _flight(verb: Token, who: Who) -> Iterator[Event]:
    """People who flee: driven out by whose attack is named as the cause, or by whoever attacks, which no word says."""
    subject = subject_token(verb)
    if subject is None or who.doers(subject):
        return
    causes = [
        each
        for below in verb.subtree
        if below.lower_ in ("due", "from", "by", "of", "to")
        for each in below.children
        if each.dep_ == "pobj"
    ]
    doers = joined(
        owner(each, who) for each in causes if each.lemma_.lower() in words.AIR_NOUNS | words.ATTACK_NOUNS
    )
    yield Event(
        at=verb,
        predicate="displaced",
        subjects=doers or who.main_enemy or who.memory.attackers,
        about=phrase(subject),
        sure=bool(doers),
        why=f"verb '{verb.lemma_}'" + ("" if doers else "; from whom is not said"),
    )


def _one_of(nouns: dict[str, Token], wanted: frozenset[str]) -> Token | None:
    return next((noun for lemma, noun in nouns.items() if lemma in wanted), None)
